"""Killed with -9 under load and started again: every acknowledged mention is answered exactly once, in both doors."""

import asyncio
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bot.clock import Clock
from bot.local_slack.seed import sample, seeded
from bot.local_slack.server import LocalSlack, serving
from bot.local_slack.state import Channel
from bot.manifest import manifest_for
from tests.bot.test_main import environment, free_port, line_with

_CHANNELS = 40
_ROUNDS = 3
_AT_ONCE = 8


class Asker:
    """Asks in many channels at once, without end, and notes what was acknowledged."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self._channels = [
            Channel(f"CLOAD{number}", f"load-{number}", "public", {"UANA", "U0BOT"}) for number in range(_CHANNELS)
        ]
        slack.workspace.channels.update({channel.id: channel for channel in self._channels})

    async def ask(self, start: int) -> None:
        user = self._slack.workspace.users["UANA"]
        for number in range(start, 10**9, _AT_ONCE):
            self._slack.people.say(user, self._channels[number % _CHANNELS], "@Common Ground define bias")
            await self._slack.wire.idle()

    def answers(self) -> Counter[str]:
        """Return how many answers each question's thread has."""
        return Counter(
            message.thread_ts
            for channel in self._channels
            for message in channel.messages.values()
            if message.bot_id and message.thread_ts
        )


async def kill_in_the_middle(slack: LocalSlack, asker: Asker, env: dict[str, str], folder: Path, answered: int) -> None:
    process = await start(env, folder)
    load = [asyncio.create_task(asker.ask(number)) for number in range(_AT_ONCE)]
    await slack.until(lambda: asker.answers().total() >= answered)
    process.kill()
    await process.wait()
    for task in load:
        task.cancel()
    await asyncio.gather(*load, return_exceptions=True)
    await slack.wire.idle()


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
        for number in range(1, _ROUNDS + 1):
            await kill_in_the_middle(slack, asker, env, tmp_path, answered=number * 60)
        acknowledged = set(slack.wire.acknowledged)
        process = await start(env, tmp_path)
        await slack.until(lambda: acknowledged <= asker.answers().keys())
        process.terminate()
        await process.communicate()
        answers = asker.answers()
    assert len(acknowledged) > _ROUNDS * 20
    assert {ts: count for ts, count in answers.items() if count != 1} == {}
