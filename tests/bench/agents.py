"""How much of a processor an agent's look-up takes: at the tool, and at ``/mcp`` by HTTP with a token."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import ClientSession

from bot.clock import Clock
from bot.transport.agents import AgentsTransport
from bot.transport.quota import Quota
from bot.trial.run import Trial, trial
from handlers.framework.agents import Agents, Caller
from tests.agents import ACCEPTS, called, token_of, url_of
from tests.bench.table import Table

_CALLS, _WARM = 2_000, 200
_WORDS = ("drift", "bias", "model", "label", "feature")
Call = Callable[[int], Awaitable[object]]


async def bench_agents(table: Table, folder: Path) -> None:
    async with trial(Clock(), folder / "agents.db", mcp=True) as running:
        agents = Agents(running.bot.boundary, running.bot.routes.tools)
        ana = Caller(running.bot.identity.team_id, "UANA")

        async def ask(place: int) -> object:
            return await agents.call(ana, "define", {"word": _WORDS[place % len(_WORDS)]})

        await _measured(table, "an agent's define, at the tool", "≥ 1,000/s, p99 ≤ 10 ms", ask)
        await _over_http(table, running)


async def _over_http(table: Table, running: Trial) -> None:
    door, token = running.bot.condition.agents, await token_of(running, "ana")
    if not isinstance(door, AgentsTransport):
        raise TypeError("agents may not ask")
    door.quota = Quota(1_000_000)
    bodies = [called("define", {"word": each}) for each in _WORDS]
    headers = {**ACCEPTS, "Authorization": f"Bearer {token}"}
    async with ClientSession() as session:

        async def ask(place: int) -> object:
            async with session.post(url_of(running), data=bodies[place % len(bodies)], headers=headers) as got:
                return await got.read()

        await _measured(table, "the same by HTTP, with the client in the same process", "", ask)


async def _measured(table: Table, what: str, goal: str, ask: Call) -> None:
    """Ask one after another; of a machine that others use, too, only the time of the processor says something."""
    for place in range(_WARM):
        await ask(place)
    begun, took = time.process_time(), []
    for place in range(_CALLS):
        since = time.perf_counter()
        await ask(place)
        took.append((time.perf_counter() - since) * 1000)
        if place % len(_WORDS) == 0:
            await asyncio.sleep(0)
    spent = (time.process_time() - begun) / _CALLS * 1000
    p99 = statistics.quantiles(took, n=100)[98]
    p50 = statistics.median(took)
    told = f"{spent:.2f} ms of processor, {1000 / spent:,.0f}/s of one; p50 {p50:.2f}, p99 {p99:.2f} ms"
    table.add(what, told, goal, milliseconds=spent, p99=p99)
