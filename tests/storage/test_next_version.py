"""While replicas are upgraded one after another, those of this version work on the store of the next one.

A step adds (``storage/engine/postgres_schema`` refuses any other), so the next version's store is this one's with more
columns and tables.
"""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import trial
from tests.conftest import START
from tests.postgres import Server
from tests.test_acceptance import SCRIPTS, one_by_one, played_by, read


@pytest.fixture
def url(postgres: Server, installed_postgres: str) -> Iterator[str]:
    """A database to each table of which the next version has added a column."""
    with postgres.database(installed_postgres) as found:
        with psycopg.connect(found) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (name,) in tables:
                connection.execute(
                    f"ALTER TABLE {name} ADD COLUMN of_the_next_version TEXT NOT NULL DEFAULT ''".encode()
                )
        yield found


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_people_see_the_same_on_the_store_of_the_next_version(url: str, path: Path) -> None:
    script = read(path)
    limits = RateLimits(burst=10_000)
    async with trial(Clock(frozen_at=START), url, rate_limits=limits, reads_channels=True) as started:
        assert one_by_one(await played_by(started, script)) == one_by_one(script)
