"""A store moved into the other engine is the same there, however often that was cut short."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

from storage import open_store
from storage.engine import copying
from storage.engine.interface import Database, Reader, StoreError
from storage.engine.statements import has, insert
from storage.finding import finding
from tests.postgres import Server
from tests.storage.stores import dumping
from tests.writing import write

T = TypeVar("T")
FULL = max((Path(__file__).parents[1] / "stores").glob("*.sql"))
ANA = {"team_id": "T1", "discipline": "product", "user_id": "UANA"}


class Busy:
    """A store to which somebody writes between any two questions, once ``is_time``."""

    def __init__(self, store: Database, is_time: Callable[[], bool]) -> None:
        self._store, self._is_time, self._written = store, is_time, 0

    async def search(self, question: Callable[[Reader], T]) -> T:
        if self._is_time():
            self._written += 1
            await write(self._store, insert, "stewards", {**ANA, "user_id": f"U{9999 - self._written}"})
        return await self._store.search(question)


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[Database]:
    """A store in a file, with rows in every table."""
    dumping.load(dumping.read(FULL), tmp_path / "full.db")
    store = open_store(f"sqlite:///{tmp_path / 'full.db'}")
    yield store
    await store.close()


@pytest.fixture
def served_url(postgres: Server, migrated_postgres: str) -> Iterator[str]:
    with postgres.database(migrated_postgres) as url:
        yield url


@pytest.fixture
async def served(served_url: str) -> AsyncIterator[Database]:
    store = open_store(served_url)
    yield store
    await store.close()


def found(reader: Reader) -> list[str]:
    place = reader.one("SELECT team_id FROM workspaces")
    assert place is not None
    kept = finding.search(reader, place["team_id"], [["model"], ["churn"]], ["workspace"])
    return [each.id for each in kept]


async def test_a_full_store_comes_back_the_same_from_the_other_engine(
    full: Database, served: Database, tmp_path: Path
) -> None:
    there = await copying.copy(full, served)
    assert there.rows > 500
    again = open_store(f"sqlite:///{tmp_path / 'again.db'}")
    assert await copying.copy(served, again) == there
    assert len(await full.search(found)) > 0
    assert await full.search(found) == await served.search(found) == await again.search(found)
    every = "SELECT * FROM {} ORDER BY 1, 2, 3"
    for table in ("decisions", "sense_versions", "revisions", "near_names"):
        rows = full.reader.all(every.format(table))
        assert rows == served.reader.all(every.format(table)) == again.reader.all(every.format(table))
    await again.close()


async def test_what_was_cut_short_goes_on(full: Database, served: Database, served_url: str) -> None:
    with psycopg.connect(served_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE findable ADD CONSTRAINT cut CHECK (kind = '')")
        with pytest.raises(psycopg.IntegrityError, match="cut"):
            await copying.copy(full, served)
        connection.execute("ALTER TABLE findable DROP CONSTRAINT cut")
        assert connection.execute("SELECT count(*) FROM decisions").fetchone() != (0,)
    assert served.reader.all("SELECT * FROM workspaces") == []
    await write(served, insert, "stewards", {**ANA, "team_id": "T0"})
    copied = await copying.copy(full, served)
    assert copied.rows > 500
    assert not has(served.reader, "stewards", team_id="T0")


async def test_a_store_that_is_in_use_is_not_written_over(full: Database, served: Database) -> None:
    await copying.copy(full, served)
    with pytest.raises(StoreError, match="has a workspace already; name one that is empty"):
        await copying.copy(full, served)


@pytest.mark.parametrize("filled", ["stewards", "near_names"])
async def test_a_store_that_is_written_to_meanwhile_is_not_said_to_be_copied(
    full: Database, served: Database, filled: str
) -> None:
    busy = Busy(full, lambda: bool(served.reader.one(f"SELECT 1 AS found FROM {filled} LIMIT 1")))
    with pytest.raises(StoreError, match="stewards was written to while it was copied; stop the bot"):
        await copying.copy(busy, served)
    assert served.reader.all("SELECT * FROM workspaces") == []
