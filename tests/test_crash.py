"""Killed with -9 under load and started again: every acknowledged mention is answered once, over both transports."""

import asyncio
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Channel
from bot.manifest import manifest_for
from tests.bot.test_main import environment, line_with
from tests.ports import free_port

_ROUNDS = 3
#: What hangs ends; what works ends long before, however busy the machine is.
_PATIENCE_SECONDS = 600
#: Beyond those that go at once, four answers a second go to a workspace.
_QUESTIONS = 100
_ANSWERS_BEFORE_THE_KILL = 50


class Asker:
    """Asks in many channels at once, each question in a channel of its own."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self._channels: list[Channel] = []

    def ask(self, count: int = _QUESTIONS) -> None:
        user = self._slack.workspace.users["UANA"]
        for number in range(len(self._channels), len(self._channels) + count):
            channel = Channel(f"CLOAD{number}", f"load-{number}", "public", {"UANA", "U0BOT"})
            self._slack.workspace.channels[channel.id] = channel
            self._channels.append(channel)
            self._slack.people.say(user, channel, "@Common Ground define bias")

    @property
    def acknowledged(self) -> list[str]:
        return self._slack.wire.acknowledged

    def answers(self) -> Counter[str]:
        """Return how many answers each question's thread has."""
        return Counter(
            message.thread_ts
            for channel in self._channels
            for message in channel.messages.values()
            if message.bot_id and message.thread_ts
        )


async def kill_in_the_middle(slack: LocalSlack, asker: Asker, env: dict[str, str], folder: Path) -> None:
    process = await start(env, folder)
    enough = asker.answers().total() + _ANSWERS_BEFORE_THE_KILL
    heard = len(asker.acknowledged) + _ANSWERS_BEFORE_THE_KILL
    asker.ask()
    await slack.until(lambda: asker.answers().total() >= enough and len(asker.acknowledged) >= heard)
    process.kill()
    await process.wait()
    await slack.wire.idle()


def let_the_lease_end(database: Path) -> None:
    """Have what a dead process was sending looked for at once, as it is half a minute later."""
    with closing(sqlite3.connect(database)) as store, store:
        store.execute("UPDATE outbox SET not_before = created_at WHERE state = 'sending'")


async def start(env: dict[str, str], folder: Path) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=env, cwd=folder, stderr=subprocess.PIPE
    )
    await line_with(process, "ready")
    return process


async def test_every_acknowledged_mention_is_answered_exactly_once(tmp_path: Path, door: str) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    clock = Clock()
    async with serving(seeded(sample(), manifest_for(url if door == "http" else None, ""), clock.now)) as slack:
        asker = Asker(slack)
        secret = slack.workspace.app.signing_secret
        env = environment(slack, tmp_path, PORT=str(port), PYTHONUNBUFFERED="1")
        if door == "http":
            env |= {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": secret}
            slack.wire.request_url = f"{url}/slack/events"
        for _ in range(_ROUNDS):
            await kill_in_the_middle(slack, asker, env, tmp_path)
        acknowledged = set(slack.wire.acknowledged)
        let_the_lease_end(tmp_path / "bot.db")
        process = await start(env, tmp_path)
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await slack.until(lambda: acknowledged <= asker.answers().keys())
        process.terminate()
        await process.communicate()
        answers = asker.answers()
    assert len(acknowledged) >= _ROUNDS * _ANSWERS_BEFORE_THE_KILL
    assert {ts: count for ts, count in answers.items() if count != 1} == {}
