"""What was deleted or overwritten is gone from the files too, once they are scrubbed."""

import asyncio
import random
from pathlib import Path

import pytest

from storage import open_store
from storage.engine import sqlite_scrubbing
from storage.engine.interface import Database, StoreUnavailableError, Transaction
from storage.engine.sqlite_connection import connect
from storage.glossary.changes import add_senses
from storage.glossary.glossary import NewSense
from storage.glossary.search import senses_about
from storage.workspaces import workspaces
from tests.handlers.data_requests.playing import TEAM
from tests.storage.engine.test_sqlite import NOW
from tests.writing import write

MARKER = "hunter2000"


def bytes_beside(path: Path) -> bytes:
    """Return all that stands in the file of a store and in those beside it."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


def words(number: int) -> NewSense:
    told = MARKER if number % 7 == 0 else "a ship"
    return NewSense(word=f"word {number}", discipline="product", gloss=f"{told} {number}", definition=f"{told} " * 100)


def _forget(transaction: Transaction) -> None:
    transaction.run("UPDATE senses SET gloss = '', definition = '' WHERE gloss LIKE 'hunter%'")
    transaction.run("DELETE FROM sense_versions")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every store is a large one."""
    monkeypatch.setattr(sqlite_scrubbing, "AT_ANY_HOUR", 0)


async def filled(path: Path) -> Database:
    store = open_store(f"sqlite:///{path}")
    await write(store, add_senses, TEAM, [words(number) for number in range(300)], NOW)
    assert MARKER.encode() in bytes_beside(path)
    await store.write(_forget)
    assert MARKER.encode() in bytes_beside(path)
    return store


async def shows_that_nothing_is_left(store: Database, path: Path) -> None:
    assert MARKER.encode() not in bytes_beside(path)
    found = await store.search(lambda reader: senses_about(reader, TEAM, ["ship", "299"], ["workspace"], 1))
    assert [each.word for each in found] == ["word 299"]


async def test_what_was_deleted_is_in_no_file_and_what_stays_is_still_found(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = await filled(path)
    assert await store.scrub(is_quiet=False)
    await shows_that_nothing_is_left(store, path)
    await store.close()


@pytest.mark.usefixtures("large")
async def test_what_was_deleted_from_a_large_store_is_out_of_rows_and_indexes_at_once(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = await filled(path)
    assert not await store.scrub(is_quiet=False)
    await shows_that_nothing_is_left(store, path)
    assert await store.scrub(is_quiet=True)
    await shows_that_nothing_is_left(store, path)
    await store.close()


_ADD = "INSERT INTO sense_versions VALUES (:team, :id, 1, '', '', '', :note, :body)"


def _churn(transaction: Transaction) -> None:
    """Write and overwrite rows of many lengths, so that pages are balanced, and then empty all."""
    dice = random.Random(2)  # noqa: S311 - the same rows each time
    for number in range(4000):
        body = MARKER * dice.choice((1, 3, 10, 30, 90, 200))
        row = {"id": f"{dice.randrange(900):03}", "body": body, "note": f"{body[:300]}{number}"}
        transaction.run(f"{_ADD} ON CONFLICT DO UPDATE SET body = :body", team=TEAM, **row)
    transaction.run("UPDATE sense_versions SET body = '', note = ''")


@pytest.mark.usefixtures("large")
async def test_pieces_that_are_left_between_the_rows_of_a_large_store_go_in_a_quiet_hour(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = open_store(f"sqlite:///{path}")
    await store.write(_churn)
    assert not await store.scrub(is_quiet=False)
    assert MARKER.encode() in bytes_beside(path)
    assert await store.scrub(is_quiet=True)
    assert MARKER.encode() not in bytes_beside(path)
    await store.close()


@pytest.mark.usefixtures("large")
async def test_others_write_while_the_indexes_of_a_large_store_are_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_scrubbing, "_MERGED", 1)
    path = tmp_path / "store.db"
    store = await filled(path)
    scrubbing = asyncio.create_task(store.scrub(is_quiet=False))
    for team_id in ("T1", "T2", "T3"):
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)
    assert not scrubbing.done()
    assert not await scrubbing
    await shows_that_nothing_is_left(store, path)
    await store.close()


async def test_whoever_still_reads_what_was_deleted_makes_it_an_outage_to_be_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = open_store(f"sqlite:///{path}")
    await write(store, add_senses, TEAM, [words(0)], NOW)
    other = connect(str(path), read_only=True)
    other.execute("BEGIN")
    other.execute("SELECT 1 FROM senses").fetchall()
    await store.write(lambda transaction: transaction.run("DELETE FROM sense_versions"))
    with pytest.raises(StoreUnavailableError, match=r"still reads|locked"):
        await store.scrub(is_quiet=True)
    other.close()
    await store.scrub(is_quiet=True)
    await store.close()
