"""Replicas side by side on one store: what they take in and say together, and how much of the work is the store's."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.local_slack.wire.server import LocalSlack
from bot.sealing import Seal
from storage import open_store
from tests.bench.load import Figures, load
from tests.bench.processes import server
from tests.bench.table import Goal, Table
from tests.postgres import Server
from tests.scale import filling, town

WORKSPACES, _DEFINITIONS, _RECORDS = 64, 300, 20
_CHANGES, _LOOK_UPS, _AT_ONCE, _ROUNDS = 512, 1_024, 16, 3
_COUNTS, _ALONE = (1, 2, 4), 64
#: Two replicas do so much of what one does.
_LEAST = 1.7


@dataclass(frozen=True, slots=True)
class Fleet:
    """Replicas by their ports and processes, and the processes of the database, which are none where it is a file."""

    slack: LocalSlack
    ports: Sequence[int]
    processes: Sequence[psutil.Process]
    database: psutil.Process | None

    async def load(self, requests: Sequence[bytes], done: Callable[[], bool] = lambda: True) -> "Did":
        """Send each replica its share over connections of its own, and wait until all that follows is ``done``."""
        count = len(self.ports)
        before, started = self._computed(), time.perf_counter()
        shares = (load(port, [*requests[turn::count]], _AT_ONCE // count) for turn, port in enumerate(self.ports))
        figures = await asyncio.gather(*shares)
        spent = time.perf_counter() - started
        await self.slack.until(done)
        whole, after = time.perf_counter() - started, self._computed()
        bots, store = ((late - early) * 1000 / len(requests) for early, late in zip(before, after, strict=True))
        return Did(len(requests) / spent, len(requests) / whole, figures, bots, store)

    def _computed(self) -> tuple[float, float]:
        """Return for how many seconds the replicas and the database have computed."""
        servers = [] if self.database is None else [self.database, *self.database.children()]
        return _seconds(self.processes), _seconds(servers)


@dataclass(frozen=True, slots=True)
class Did:
    """What a fleet did: requests a second, latencies by replica, and milliseconds of computing for each request.

    The ``rate`` is that of acknowledged requests, ``whole`` that of those with all that follows from them.
    """

    rate: float
    whole: float
    figures: Sequence[Figures]
    bots: float
    store: float

    @property
    def cores(self) -> float:
        """Return on how many cores the replicas computed."""
        return self.whole * self.bots / 1000

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
            used = f"of which they used {did[count].cores:.2f}, and one {did[1].cores:.2f}"
            told = f"{times:.2f} times one, {computed:.2f} by CPU; {used}"
            goal = _goal(times, computed) if count == _COUNTS[1] else ""
            figures = {
                "times": times,
                "by_computing": computed,
                "cores": did[count].cores,
                "cores_of_one": did[1].cores,
            }
            self.table.add(f"changes by {count} replicas {shared}", told, goal, **figures)

    async def _measure(self, url: str, count: int, database: psutil.Process | None) -> Did:
        store = open_store(url)
        await filling.make_first(store, _DEFINITIONS, _RECORDS)
        await filling.copy_first([store], WORKSPACES)
        await filling.install(store, self.seal, WORKSPACES)
        await store.close()
        who = f"{count} on PostgreSQL" if database else "1 on SQLite"
        asked = town.commands("define", ["bias"] * _LOOK_UPS, range(WORKSPACES))
        async with _fleet(self.slack, town.settings(self.slack, url, self.seal.keys[0]), count, database) as fleet:
            # Each replica asks Slack once who is where.
            await fleet.load(town.mentions(self.slack, 2 * WORKSPACES * count))
            changed = [await self._change(fleet) for _ in range(_ROUNDS)]
            looked = [await fleet.load(asked) for _ in range(_ROUNDS)]
            # Their answers wait for the pace at which one workspace is written to.
            alone = [await fleet.load(town.mentions(self.slack, _ALONE, 1)) for _ in range(_ROUNDS)]
        did = _median(changed)
        _add(self.table, f"{who}: acknowledged changes", did)
        _add(self.table, f"{who}: look-ups", _median(looked))
        _add(self.table, f"{who}: changes of one workspace", _median(alone))
        self.table.add(f"{who}: posts", f"{did.whole:6.0f}/s", "", rate=did.whole)
        return did

    async def _change(self, fleet: Fleet) -> Did:
        """Have mentions taken in and answered, until the last answer is posted."""
        requests, before = town.mentions(self.slack, _CHANGES), town.posts(self.slack)
        return await fleet.load(requests, lambda: town.posts(self.slack) >= before + _CHANGES)


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


def _goal(times: float, computed: float) -> Goal:
    """Judge two replicas by what they do where each has a core beside the database's, else by what they compute."""
    has_cores = len(psutil.Process().cpu_affinity()) > _COUNTS[1]
    least = f"≥ {_LEAST} times{'' if has_cores else ' by CPU'}"
    return Goal(least, (times if has_cores else computed) >= _LEAST)


def _add(table: Table, what: str, did: Did) -> None:
    share = did.store / (did.store + did.bots)
    told = f"{did.rate:6.0f}/s p50 {did.p50:5.1f} p99 {did.p99:6.1f} ms"
    goal = f"CPU {did.bots:.2f} ms, store {did.store:.2f} ms, {share:.0%}" if did.store else f"CPU {did.bots:.2f} ms"
    table.add(what, told, goal, rate=did.rate, p50=did.p50, p99=did.p99, computed=did.bots, store=did.store)


@asynccontextmanager
async def _fleet(slack: LocalSlack, settings: str, count: int, database: psutil.Process | None) -> AsyncIterator[Fleet]:
    others = sorted(psutil.Process().cpu_affinity())[1:] if database else []
    async with AsyncExitStack() as stack:
        started = [await stack.enter_async_context(server("bot", settings)) for _ in range(count)]
        processes = [psutil.Process(process.pid) for _, process, _ in started]
        for each in processes if others else ():
            each.cpu_affinity(others)
        yield Fleet(slack, [port for port, _, _ in started], processes, database)
