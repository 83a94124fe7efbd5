"""`make bench-scale`: prints a line a figure, and the same as JSON with `--json FILE`."""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path

import psycopg

from bot.logs import set_up_logging
from bot.sealing import Seal, new_key
from storage import files_of_store
from tests.bench.table import Table
from tests.postgres import server
from tests.scale.replicas import WORKSPACES, Replicas
from tests.scale.spaces import Size, Spaces
from tests.scale.starts import bench_start
from tests.scale.town import town


async def bench(table: Table, size: Size) -> None:
    seal = Seal([new_key()])
    with tempfile.TemporaryDirectory(prefix="common-ground-bench-") as name, server("1GB") as database:
        async with town(WORKSPACES) as slack:
            await Replicas(table, slack, seal, database).bench(Path(name))
        async with town(size.workspaces) as slack:
            urls = (f"sqlite:///{name}/one.db", f"sqlite:///{name}/many.db")
            await bench_start(table, slack, seal, f"sqlite:///{name}/start.db")
            await Spaces(table, "SQLite", slack, size, seal, urls, _file_bytes).bench()
            with database.database() as url:
                await bench_start(table, slack, seal, url)
            with database.database() as one, database.database() as many:
                await Spaces(table, "PostgreSQL", slack, size, seal, (one, many), _database_bytes).bench()


def _file_bytes(url: str) -> int:
    return files_of_store(url)["store"].stat().st_size


def _database_bytes(url: str) -> int:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return 0 if found is None else int(found[0])


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-scale", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures into this file too")
    parser.add_argument("--workspaces", type=int, default=1_000, help="so many in one store")
    told = parser.parse_args()
    set_up_logging("CRITICAL", "console")
    table = Table()
    asyncio.run(bench(table, Size(told.workspaces)))
    if told.json is not None:
        told.json.write_text(json.dumps(table.rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
