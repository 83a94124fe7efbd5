"""How much of a processor a durable report takes: in its one write, and at ``/hooks`` by HTTP, signed."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import ClientSession

from bot.clock import Clock
from bot.transport.quota import Quota
from bot.transport.webhooks import WebhooksTransport
from bot.trial.run import Trial, trial
from handlers.framework.report_kinds import Taken
from handlers.framework.reports import Reports
from handlers.reports.service import Made, follow
from storage.records.offers import Offer
from tests.bench.table import Table
from tests.conftest import START
from tests.handlers.data_requests.playing import put
from tests.handlers.requirements.playing import LATENCY, a_model, say
from tests.reporting import KEY, hook, report, signed, url_of

#: So many at one time, as pipelines that end at the same hour do; their writes go to the disk together.
_CALLS, _AT_ONCE = 2_000, 50
_PASSED = {"checks": [{"name": f"check {number}", "passed": True} for number in range(10)]}
_FAILED = {"checks": [{"name": "check 0", "passed": False}]}
_MET = {"link": "https://a.example", "date": "2026-01-05", "values": {"latency": "200 ms"}}
Call = Callable[[int], Awaitable[object]]


async def bench_webhooks(table: Table, folder: Path) -> None:
    async with trial(Clock(frozen_at=START), folder / "webhooks.db", hooks=KEY) as running:
        await put(running, state="agreed")
        await say(running, await a_model(running), "latency", Offer(parts=LATENCY))
        contract, evaluation = await hook(running, "DR-1"), await hook(running, "berth model")
        for made, body, what in ((evaluation, _MET, "an evaluation"), (contract, _PASSED, "ten checks of a contract")):
            await report(running, made, body)
            await _at_the_write(table, running, made, (what, body))
        await _over_http(table, running, contract)
        await _until_said(table, running, contract)


async def _at_the_write(table: Table, running: Trial, made: Made, what: tuple[str, object]) -> None:
    door = Reports(running.bot.boundary, running.bot.routes.reports, follow)

    async def take(place: int) -> None:
        if not isinstance(await door.take(made.webhook, f"{what[0]} {place}", what[1]), Taken):
            raise TypeError("a report was not taken")

    await _measured(table, f"a durable report, in its write: {what[0]}", "≥ 1,000/s", take)


async def _over_http(table: Table, running: Trial, made: Made) -> None:
    door = running.bot.condition.reports
    if not isinstance(door, WebhooksTransport):
        raise TypeError("nothing can report")
    door.quota = Quota(1_000_000)
    raw, url = json.dumps(_PASSED), url_of(running, made)
    signatures = [signed(made.secret, raw) for _ in range(_CALLS)]
    async with ClientSession() as session:

        async def post(place: int) -> None:
            async with session.post(url, data=raw, headers=signatures[place]) as got:
                if got.status != 200:
                    raise TypeError(await got.text())

        await _measured(table, "the same by HTTP, signed, with the client in the same process", "", post)


async def _until_said(table: Table, running: Trial, made: Made) -> None:
    """Measure how long it takes until a breach stands in Slack."""
    since = time.perf_counter()
    await report(running, made, _FAILED)
    took = (time.perf_counter() - since) * 1000
    table.add("from a breach that is reported until Slack has it", f"{took:.0f} ms", "≤ 5 s", milliseconds=took)


async def _measured(table: Table, what: str, goal: str, call: Call) -> None:
    """Call many at once; of a machine that others use, too, only the time of the processor says something."""
    begun = time.process_time()
    for first in range(0, _CALLS, _AT_ONCE):
        await asyncio.gather(*(call(place) for place in range(first, first + _AT_ONCE)))
    spent = (time.process_time() - begun) / _CALLS * 1000
    table.add(what, f"{spent:.2f} ms of processor, {1000 / spent:,.0f}/s of one", goal, milliseconds=spent)
