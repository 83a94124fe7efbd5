"""How soon a bot is ready that very many workspaces have let in."""

import statistics

import psutil

from bot.local_slack.wire.server import LocalSlack
from bot.sealing import Seal
from storage import open_store
from tests.bench.processes import server
from tests.bench.table import Goal, Table
from tests.scale import filling, town

INSTALLED, _STARTS, _SECONDS = 10_000, 3, 5


async def bench_start(table: Table, slack: LocalSlack, seal: Seal, url: str) -> None:
    """Start one with a single workspace, and then with many: what the machine takes to start any is in both."""
    settings = town.settings(slack, url, seal.keys[0])
    store = open_store(url)
    await filling.make_first(store, 200, 0)
    await filling.install(store, seal, 1)
    await store.close()
    alone, alone_computed = await _started(settings)
    store = open_store(url)
    await filling.copy_first([store], INSTALLED, ["workspaces"])
    await filling.install(store, seal, INSTALLED)
    await store.close()
    spent, computed = await _started(settings)
    engine = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    told = f"{spent:6.2f} s, CPU {computed:.2f} s; one {alone:.2f} s, CPU {alone_computed:.2f} s"
    figures = {"seconds": spent, "one": alone, "computed": computed, "one_computed": alone_computed}
    table.add(f"{engine}: start, {INSTALLED:,} workspaces", told, Goal(f"< {_SECONDS} s", spent < _SECONDS), **figures)


async def _started(settings: str) -> tuple[float, float]:
    """Return how long it usually is until a bot is ready, and how long it computes until then."""
    found = []
    for _ in range(_STARTS):
        async with server("bot", settings) as (_, process, spent):
            times = psutil.Process(process.pid).cpu_times()
            found.append((spent, times.user + times.system))
    return statistics.median(spent for spent, _ in found), statistics.median(computed for _, computed in found)
