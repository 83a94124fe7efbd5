"""For how long the longest texts keep the event loop, and with it everybody else, at each door; beside a floor."""

import math
import signal
from asyncio.subprocess import Process
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.local_slack.start import serving
from bot.local_slack.wire.delivery import Kind
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Json, OpenView, Workspace
from bot.manifest import manifest_for
from bot.transport.http import EVENTS_PATH
from tests.bench.long_payloads import DOORS, OPENERS, Sent
from tests.bench.processes import bot_settings, server
from tests.bench.table import Table

Made = Callable[[Workspace, Sequence[OpenView]], Iterable[Sent]]
_GOAL, _ROUNDS = 5.0, 12
_TRANSPORTS = {"HTTP": True, "Socket Mode": False}


async def bench_long_texts(table: Table, folder: Path) -> None:
    for transport, is_http in _TRANSPORTS.items():
        async with serving(seeded(sample(), manifest_for(None, ""), lambda: datetime.now(UTC))) as slack:
            settings = bot_settings(slack, folder / f"long-{is_http}.db", http=is_http)
            ours, opened = await _held(slack, "bot", settings, [])
            floor, _ = await _held(slack, "floor", settings, opened)
        for door, held in ours.items():
            what = f"longest hold of the loop by a long {door}, {transport}"
            table.add(
                what, f"{held:6.1f} ms, floor {floor[door]:5.1f}", f"< {_GOAL:.0f} ms", held=held, floor=floor[door]
            )


async def _held(
    slack: LocalSlack, name: str, settings: str, opened: list[OpenView]
) -> tuple[dict[str, float], list[OpenView]]:
    """Return for how long (ms) something kept the loop at each door, and the forms that were sent.

    The machine has other things to do too: of each text the best of several times counts, until it is good enough.
    """
    async with server(name, settings) as (port, process, _):
        await _longest_hold(process)
        slack.wire.request_url = f"http://127.0.0.1:{port}{EVENTS_PATH}" if port and "xapp" not in settings else None
        opened = opened or [await _open(slack, line) for line in OPENERS]
        return {door: await _longest(slack, process, made, opened) for door, made in DOORS.items()}, opened


async def _open(slack: LocalSlack, line: str) -> OpenView:
    workspace = slack.workspace
    await slack.interactions.run_command(workspace.users["UANA"], workspace.channels["CGENERAL"], line)
    if (opened := workspace.open_view("UANA")) is None:
        raise RuntimeError(line)
    return opened


async def _longest(slack: LocalSlack, process: Process, made: Made, opened: Sequence[OpenView]) -> float:
    best: dict[int, float] = {}
    for _ in range(_ROUNDS):
        for number, (kind, payload) in enumerate(made(slack.workspace, opened)):
            if best.get(number, math.inf) > _GOAL:
                best[number] = min(best.get(number, math.inf), await _once(slack, process, kind, payload))
    return max(best.values())


async def _once(slack: LocalSlack, process: Process, kind: Kind, payload: Json) -> float:
    await _longest_hold(process)
    answer = await slack.wire.request(kind, payload)
    if answer.problem:
        raise RuntimeError(answer.problem)
    return await _longest_hold(process)


async def _longest_hold(process: Process) -> float:
    process.send_signal(signal.SIGUSR1)
    line = await process.stdout.readline() if process.stdout is not None else b"0"
    return float(line)
