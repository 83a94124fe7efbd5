"""For how long the longest texts keep the event loop, and with it everybody else, at each door that takes words."""

import json
import signal
import time
from asyncio.subprocess import Process
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from bot.local_slack.start import serving
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from tests.bench.load import load, signed_request
from tests.bench.processes import bot_settings, server
from tests.bench.servers import SECRET
from tests.bench.table import Table

_LONG, _ROUNDS = 40_000, 3
_PIECES = (
    "a", "a ", "wordy ", "word word2 12 ", " ", "(", "e\u0301", "<@U", "<http://a", "&amp;", "a ? ", "1 ", "1-", " vs",
    "because a, since ", "0170 123456 ", "a@a.", "component:", "in the ", "\n",
)  # fmt: skip
_COMMANDS = {
    "/define": "", "/glossary": "history ", "/decision": "find ", "/data-request": "", "/owner": "",
}  # fmt: skip
_MENTIONS = ("what does ", "we decided: ", "why did we ", "who owns ", "card of ", "feedback on ", "I need data ")
_SHORTCUTS = (
    "glossary_explain", "owner_ask_message", "decision_log_message", "data_request_from_message",
    "feedback_from_message", "glossary_add_message",
)  # fmt: skip
_FORM = "application/x-www-form-urlencoded"
_OF_ANA = {"team_id": "T0LOCAL", "api_app_id": "A0LOCAL", "response_url": "http://127.0.0.1/respond/none"}


async def bench_long_texts(table: Table, folder: Path) -> None:
    async with serving(seeded(sample(), manifest_for(None, ""), lambda: datetime.now(UTC))) as slack:
        settings = bot_settings(slack, folder / "long.db", http=True)
        async with server("bot", settings) as (port, process, _):
            for kind, bodies in (("command", _commands), ("mention", _mentions), ("shortcut", _shortcuts)):
                rounds = [[await _held(port, process, each) for each in bodies()] for _ in range(_ROUNDS)]
                # The machine has other things to do too: of each text its best round counts.
                held = max(min(each) for each in zip(*rounds, strict=True))
                told = f"{held:6.1f} ms"
                table.add(f"longest hold of the loop by a {kind} of {_LONG:,} characters", told, "< 5 ms", held=held)


async def _held(port: int, process: Process, request: tuple[str, str]) -> float:
    await _longest_hold(process)
    await load(port, [signed_request(*request, SECRET)], 1)
    return await _longest_hold(process)


async def _longest_hold(process: Process) -> float:
    process.send_signal(signal.SIGUSR1)
    line = await process.stdout.readline() if process.stdout is not None else b"0"
    return float(line)


def _texts(begin: str = "") -> Iterator[tuple[str, str]]:
    """Return each text of that length, with what ends it, and a name that nothing else has."""
    for number, piece in enumerate(_PIECES):
        yield (begin + piece * _LONG)[: _LONG - 1] + "x", f"{time.time_ns()}.{number}"


def _commands() -> Iterator[tuple[str, str]]:
    for command, begin in _COMMANDS.items():
        for text, name in _texts(begin):
            who = {"user_id": "UANA", "channel_id": "CGENERAL", "channel_name": "general", "trigger_id": name}
            yield urlencode({**_OF_ANA, **who, "command": command, "text": text}), _FORM


def _mentions() -> Iterator[tuple[str, str]]:
    for begin in _MENTIONS:
        for text, name in _texts(f"<@U0BOT> {begin}"):
            event = {"type": "app_mention", "user": "UANA", "channel": "CGENERAL", "ts": name[-10:], "text": text}
            told = {"type": "event_callback", "event_id": f"Ev{name}", "event": event, **_OF_ANA}
            yield json.dumps(told), "application/json"


def _shortcuts() -> Iterator[tuple[str, str]]:
    for callback_id in _SHORTCUTS:
        for text, name in _texts():
            message = {"type": "message", "user": "UBEN", "text": text, "ts": "1767603600.000001"}
            where = {"user": {"id": "UANA"}, "channel": {"id": "CGENERAL", "name": "general"}, "trigger_id": name}
            told = {"type": "message_action", "callback_id": callback_id, **_OF_ANA, **where, "message": message}
            yield urlencode({"payload": json.dumps(told)}), _FORM
