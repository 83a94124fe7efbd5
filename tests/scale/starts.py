"""How soon a bot is ready that very many workspaces have let in."""

from bot.local_slack.wire.server import LocalSlack
from bot.sealing import Seal
from storage import open_store
from tests.bench.processes import server
from tests.bench.table import Table
from tests.scale import filling, town

INSTALLED = 10_000


async def bench_start(table: Table, slack: LocalSlack, seal: Seal, url: str) -> None:
    """Start one with a single workspace, and then with many: what the machine takes to start any is in both."""
    settings = town.settings(slack, url, seal.keys[0])
    store = open_store(url)
    await filling.make_first(store, 200, 0)
    await filling.install(store, seal, 1)
    await store.close()
    async with server("bot", settings) as (_, _, alone):
        pass
    store = open_store(url)
    await filling.copy_first(store, INSTALLED, ["workspaces"])
    await filling.install(store, seal, INSTALLED)
    await store.close()
    async with server("bot", settings) as (_, _, spent):
        engine = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
        told = f"{spent:6.2f} s, {spent - alone:+.2f} s to one"
        table.add(f"{engine}: start, {INSTALLED:,} workspaces", told, "< 5 s", seconds=spent, one=alone)
