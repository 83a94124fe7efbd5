"""Replicas side by side on one store: what they take in and say together, and how much of the work is the store's."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.local_slack.wire.server import LocalSlack
from bot.sealing import Seal
from storage import open_store
from tests.bench.load import Figures, load
from tests.bench.processes import server
from tests.bench.table import Table
from tests.postgres import Server
from tests.scale import filling, town

WORKSPACES, _DEFINITIONS, _RECORDS = 64, 300, 20
_CHANGES, _LOOK_UPS, _AT_ONCE, _ROUNDS = 1_024, 2_048, 16, 3
_COUNTS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Fleet:
    """Replicas by their ports and processes, and the processes of the database, which are none where it is a file."""

    ports: Sequence[int]
    processes: Sequence[psutil.Process]
    database: psutil.Process | None

    async def load(self, requests: Sequence[bytes]) -> "Did":
        """Send each replica its share over connections of its own."""
        count = len(self.ports)
        before, started = self._computed(), time.perf_counter()
        shares = (load(port, [*requests[turn::count]], _AT_ONCE // count) for turn, port in enumerate(self.ports))
        figures = await asyncio.gather(*shares)
        spent, after = time.perf_counter() - started, self._computed()
        bots, store = ((late - early) * 1000 / len(requests) for early, late in zip(before, after, strict=True))
        return Did(len(requests) / spent, figures, bots, store)

    def _computed(self) -> tuple[float, float]:
        """Return for how many seconds the replicas and the database have computed."""
        servers = [] if self.database is None else [self.database, *self.database.children()]
        return _seconds(self.processes), _seconds(servers)


@dataclass(frozen=True, slots=True)
class Did:
    """What a fleet did: requests a second, latencies by replica, and milliseconds of computing for each request."""

    rate: float
    figures: Sequence[Figures]
    bots: float
    store: float

    @property
    def p50(self) -> float:
        return statistics.median(each.p50 for each in self.figures)

    @property
    def p99(self) -> float:
        return max(each.p99 for each in self.figures)


def _seconds(processes: Sequence[psutil.Process]) -> float:
    spent = [each.cpu_times() for each in processes]
    return sum(each.user + each.system for each in spent)


@dataclass(frozen=True, slots=True)
class Replicas:
    """Some replicas after another on a store of their own, in one Slack."""

    table: Table
    slack: LocalSlack
    seal: Seal
    database: Server

    async def bench(self, folder: Path) -> None:
        """Measure one on SQLite, then one, two and four on PostgreSQL."""
        shared, did = _pinned(self.database), dict[int, Did]()
        await self._measure(f"sqlite:///{folder}/replicas.db", 1, None)
        for count in _COUNTS:
            with self.database.database() as url:
                did[count] = await self._measure(url, count, psutil.Process(self.database.pid))
        for count in _COUNTS[1:]:
            times, computed = did[count].rate / did[1].rate, count * did[1].bots / did[count].bots
            told = f"{times:.2f} times one, {computed:.2f} by CPU"
            goal = "≥ 1.7 times" if count == _COUNTS[1] else ""
            self.table.add(f"changes by {count} replicas {shared}", told, goal, times=times, by_computing=computed)

    async def _measure(self, url: str, count: int, database: psutil.Process | None) -> Did:
        store = open_store(url)
        await filling.make_first(store, _DEFINITIONS, _RECORDS)
        await filling.copy_first(store, WORKSPACES)
        await filling.install(store, self.seal, WORKSPACES)
        await store.close()
        who = f"{count} on PostgreSQL" if database else "1 on SQLite"
        asked = town.commands("define", ["bias"] * _LOOK_UPS, range(WORKSPACES))
        async with _fleet(town.settings(self.slack, url, self.seal.keys[0]), count, database) as fleet:
            # Each replica asks Slack once who is where.
            await fleet.load(town.mentions(self.slack, 2 * WORKSPACES * count))
            changed = [await self._change(fleet) for _ in range(_ROUNDS)]
            looked = [await fleet.load(asked) for _ in range(_ROUNDS)]
        said = statistics.median(said for _, said in changed)
        did = _median([each for each, _ in changed])
        _add(self.table, f"{who}: acknowledged changes", did)
        _add(self.table, f"{who}: look-ups", _median(looked))
        self.table.add(f"{who}: posts", f"{said:6.0f}/s", "", rate=said)
        return did

    async def _change(self, fleet: Fleet) -> tuple[Did, float]:
        """Have mentions taken in and answered; return also how many answers a second were posted from the first on."""
        requests, before = town.mentions(self.slack, _CHANGES), town.posts(self.slack)
        started = time.perf_counter()
        did = await fleet.load(requests)
        await self.slack.until(lambda: town.posts(self.slack) >= before + _CHANGES)
        return did, _CHANGES / (time.perf_counter() - started)


def _median(did: Sequence[Did]) -> Did:
    return sorted(did, key=lambda each: each.rate)[len(did) // 2]


def _pinned(database: Server) -> str:
    """Keep the database on the first core where there are more; return what the replicas have."""
    cores = sorted(psutil.Process().cpu_affinity())
    if len(cores) == 1:
        return "beside all else on one core"
    for each in (psutil.Process(database.pid), *psutil.Process(database.pid).children()):
        each.cpu_affinity(cores[:1])
    return f"on {len(cores) - 1} of {len(cores)} cores"


def _add(table: Table, what: str, did: Did) -> None:
    share = did.store / (did.store + did.bots)
    told = f"{did.rate:6.0f}/s p50 {did.p50:5.1f} p99 {did.p99:6.1f} ms"
    goal = f"CPU {did.bots:.2f} ms, store {did.store:.2f} ms, {share:.0%}" if did.store else f"CPU {did.bots:.2f} ms"
    table.add(what, told, goal, rate=did.rate, p50=did.p50, p99=did.p99, computed=did.bots, store=did.store)


@asynccontextmanager
async def _fleet(settings: str, count: int, database: psutil.Process | None) -> AsyncIterator[Fleet]:
    others = sorted(psutil.Process().cpu_affinity())[1:] if database else []
    async with AsyncExitStack() as stack:
        started = [await stack.enter_async_context(server("bot", settings)) for _ in range(count)]
        processes = [psutil.Process(process.pid) for _, process, _ in started]
        for each in processes if others else ():
            each.cpu_affinity(others)
        yield Fleet([port for port, _, _ in started], processes, database)
