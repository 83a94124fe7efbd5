"""Very many workspaces in one store: what one of them notices of the others, and what time asks of all."""

import json
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import psutil

from bot.app import running
from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from bot.outbox.rate_limits import RateLimits
from bot.sealing import Seal
from bot.settings import Settings
from storage import open_store
from tests.bench.__main__ import asked
from tests.bench.finding import COMMON
from tests.bench.load import Figures, load
from tests.bench.processes import server
from tests.bench.servers import typed
from tests.bench.table import Goal, Table, words
from tests.scale import filling, town

_ROUNDS, _AT_ONCE = 5, 8
#: So many of many workspaces are asked by turns, as often as the only one.
_ASKED = 50
#: In the first, people are told something in each workspace; in the others only where something has become due.
_TELLING = "of a day"
#: A Monday morning, when every job is due; then ticks of the next minute, and those at which reminders are looked at.
_MORNING = datetime(2026, 11, 30, 9, tzinfo=UTC)
TICKS = {
    _TELLING: 0,
    "20 s later": 20,
    "40 s later": 40,
    "ten minutes later": 600,
    "twenty minutes later": 1200,
    "an hour later": 3600,
}
_TIMES, _SECONDS, _MEBIBYTES = 1.3, 2, 250
#: So many of the workspaces have a Home opened, one in so many: of far fewer all is remembered.
_HOMES = 4
Requests = Callable[[Sequence[int]], list[bytes]]


@dataclass(frozen=True, slots=True)
class Size:
    """How much a store holds: workspaces, and of each its definitions and records."""

    workspaces: int = 1_000
    definitions: int = 1_000
    records: int = 200

    def __str__(self) -> str:
        return f"{self.workspaces:,} workspaces"


@dataclass(frozen=True, slots=True)
class _Side:
    """A running bot, and the workspaces that it is asked in."""

    port: int
    process: psutil.Process
    teams: Sequence[int]

    async def load(self, requests: Requests) -> Figures:
        told, before = requests(self.teams), self._computed()
        figures = await load(self.port, told, _AT_ONCE)
        return replace(figures, computed=(self._computed() - before) / len(told) * 1e6)

    def _computed(self) -> float:
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)


@dataclass(frozen=True, slots=True)
class Spaces:
    """Two stores, one with a single workspace and one with many like it, and the Slack of them all."""

    table: Table
    engine: str
    slack: LocalSlack
    size: Size
    seal: Seal
    urls: tuple[str, str]
    bytes_kept: Callable[[str], int]

    async def bench(self) -> None:
        await self._fill()
        for url in self.urls:
            await self._settle(url)
        async with AsyncExitStack() as stack:
            sides, asked_by_turns = [], range(0, self.size.workspaces, max(1, self.size.workspaces // _ASKED))
            for url, teams in zip(self.urls, ([0], asked_by_turns), strict=True):
                told = town.settings(self.slack, url, self.seal.keys[0])
                port, process, _ = await stack.enter_async_context(server("bot", told))
                sides.append(_Side(port, psutil.Process(process.pid), teams))
            for kind, requests in self._kinds().items():
                await self._compare(kind, requests, *sides)
            await self._remember(sides[1])
        await self._tick()

    async def _fill(self) -> None:
        for url, count in zip(self.urls, (1, self.size.workspaces), strict=True):
            store, started = open_store(url), time.perf_counter()
            await filling.make_first(store, self.size.definitions, self.size.records)
            # A file has one writer.
            stores = [store, *([open_store(url)] if store.is_shared else [])]
            await filling.copy_first(stores, count)
            await filling.install(store, self.seal, count)
            for each in stores:
                await each.close()
        spent = time.perf_counter() - started
        kept = self.bytes_kept(self.urls[1]) / self.size.workspaces
        told = f"{spent:6.0f} s, {kept / 2**20:.2f} MiB a workspace"
        self._add(f"filled with {self.size}", told, "", seconds=spent, bytes=kept)

    async def _settle(self, url: str) -> None:
        """Have the first look at each workspace over, which comes once a day: what is measured next is the day."""
        async with running(self._settings(url), Clock(), rate_limits=RateLimits(burst=10**9)) as bot:
            await bot.tick()
            await bot.idle()

    def _settings(self, url: str) -> Settings:
        return Settings.model_construct(**typed(json.loads(town.settings(self.slack, url, self.seal.keys[0]))))

    def _kinds(self) -> Mapping[str, Requests]:
        named, dice = words(self.size.definitions), random.Random(7)  # noqa: S311 - the same words each time

        def defining(kind: str) -> Requests:
            return lambda teams: town.commands("define", asked(kind, named, 200), teams)

        def finding(teams: Sequence[int]) -> list[bytes]:
            return town.commands("find", [f"find {' '.join(dice.sample(COMMON, k=2))}" for _ in range(200)], teams)

        told = {kind: defining(kind) for kind in ("hit", "new typo", "new miss")}
        return {**told, "find": finding, "Home": lambda teams: town.homes(teams, 100)}

    async def _compare(self, kind: str, requests: Requests, one: _Side, many: _Side) -> None:
        """Ask both by turns, after each has warmed up."""
        await one.load(requests)
        await many.load(requests)
        pairs = [(await one.load(requests), await many.load(requests)) for _ in range(_ROUNDS)]
        # What else the machine does meanwhile slows both of a pair.
        times = statistics.median(after.p50 / before.p50 for before, after in pairs)
        computed = statistics.median(after.computed / before.computed for before, after in pairs)
        p50 = statistics.median(after.p50 for _, after in pairs)
        told = f"p50 {p50:6.1f} ms, {times:.2f} times one; CPU {computed:.2f} times"
        goal = Goal(f"≤ {_TIMES} times", times <= _TIMES)
        self._add(f"{kind} in {self.size}", told, goal, p50=p50, times=times, by_computing=computed)

    async def _remember(self, many: _Side) -> None:
        """Ask for two words in each workspace, and have Homes opened: what is kept of each in memory has a bound."""
        teams = range(self.size.workspaces)
        homes = teams[::_HOMES]
        for word in ("bias", "unheard"):
            await load(many.port, town.commands("define", [word] * len(teams), teams), _AT_ONCE)
        await load(many.port, town.homes(homes, len(homes)), _AT_ONCE)
        # Pages of the file that SQLite maps are the machine's, which takes them back as it likes.
        told = many.process.memory_info()
        memory = (told.rss - told.shared) / 2**20
        goal = Goal(f"< {_MEBIBYTES} MiB", memory < _MEBIBYTES)
        what = f"memory, asked in each of {self.size}, a Home in {len(homes)}"
        self._add(what, f"{memory:6.1f} MiB", goal, mebibytes=memory)

    async def _tick(self) -> None:
        clock = Clock(frozen_at=_MORNING)
        async with running(self._settings(self.urls[1]), clock, rate_limits=RateLimits(burst=10**9)) as bot:
            for name, after in TICKS.items():
                clock.move(_MORNING + timedelta(seconds=after) - clock.now())
                started, computed = time.perf_counter(), time.process_time()
                await bot.tick()
                spent, computed = time.perf_counter() - started, time.process_time() - computed
                await bot.idle()
                goal = "" if name == _TELLING else Goal(f"< {_SECONDS} s", spent < _SECONDS)
                self._add(
                    f"tick over {self.size}, {name}",
                    f"{spent:6.2f} s, CPU {computed:.2f} s",
                    goal,
                    seconds=spent,
                    computed=computed,
                )

    def _add(self, what: str, told: str, goal: str | Goal, **figures: float) -> None:
        self.table.add(f"{self.engine}: {what}", told, goal, **figures)
