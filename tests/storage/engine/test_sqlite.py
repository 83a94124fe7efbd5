"""The embedded engine: what is written stays, what fails leaves nothing, what cannot be opened says why."""

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils.db import Table

from storage import open_store
from storage.engine.interface import Database, StoreError, StoreUnavailableError, Transaction, in_list, to_text
from storage.glossary.changes import add_senses
from storage.glossary.glossary import NewSense
from storage.migrations import MIGRATIONS, step_names
from storage.workspaces import workspaces
from tests.conftest import on_sqlite
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def insert(database: sqlite_utils.Database, name: str, row: dict[str, object]) -> None:
    table = database[name]
    assert isinstance(table, Table)
    table.insert(row)


def connect(transaction: Transaction, team_id: str = "T1") -> bool:
    return workspaces.connect_workspace(transaction, team_id, "Harbour", "U0BOT", NOW)


async def test_what_is_written_can_be_read_at_once(store: Database) -> None:
    assert await store.write(connect) is True
    assert workspaces.known_workspace(store.reader, "T1").name == "Harbour"


async def test_a_change_that_fails_leaves_nothing_and_takes_no_other_with_it(store: Database) -> None:
    def fail(transaction: Transaction) -> None:
        connect(transaction, "T2")
        raise RuntimeError("a bug")

    results = await asyncio.gather(
        store.write(connect), store.write(fail), write(store, connect, "T3"), return_exceptions=True
    )
    assert [str(result) for result in results] == ["True", "a bug", "True"]
    assert [place.team_id for place in workspaces.all_workspaces(store.reader)] == ["T1", "T3"]


async def test_a_statement_that_is_wrong_is_a_bug_and_not_an_outage(store: Database) -> None:
    with pytest.raises(Exception, match=r"no such table|does not exist"):
        await store.write(lambda transaction: transaction.run("DELETE FROM nowhere"))
    with pytest.raises(Exception, match=r"no such table|does not exist"):
        store.reader.one("SELECT 1 FROM nowhere")


async def test_a_name_may_stand_twice_in_a_statement_and_what_is_in_quotes_is_no_name(store: Database) -> None:
    said = "SELECT :one AS one, ':two at 10:30' AS quoted, :two AS two, :one || 'it''s :one' AS again"
    assert store.reader.one(said, two=2, one="first", unused="") == {
        "one": "first",
        "quoted": ":two at 10:30",
        "two": 2,
        "again": "firstit's :one",
    }


async def test_a_store_held_by_somebody_else_is_an_outage_and_changes_nothing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    other = sqlite_utils.Database(tmp_path / "store.db").conn
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailableError, match="locked"):
        await store.write(connect)
    other.execute("COMMIT")
    other.close()
    assert await store.write(connect) is True
    await store.close()


async def test_a_damaged_file_is_an_outage_and_not_a_bug(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    senses = [NewSense(word=f"word {n}", discipline="product", gloss=f"meaning {n}") for n in range(2000)]
    await write(store, add_senses, "T1", senses, NOW)
    await store.close()
    with (tmp_path / "store.db").open("r+b") as file:
        # Where the meanings lie: the schema, which is read first, stands before them.
        file.seek((tmp_path / "store.db").stat().st_size * 3 // 10)
        file.write(b"\xff" * 300_000)
    damaged = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    with pytest.raises(StoreUnavailableError, match="malformed"):
        await damaged.search(lambda reader: reader.all("SELECT * FROM senses WHERE gloss = :gloss", gloss="x"))
    with pytest.raises(StoreUnavailableError, match="malformed"):
        await damaged.write(lambda transaction: transaction.run("UPDATE senses SET gloss = 'x'"))
    with pytest.raises(StoreUnavailableError, match="malformed"):
        await damaged.write(lambda transaction: add_senses(transaction, "T1", senses, NOW))
    await damaged.close()


async def test_a_write_whose_waiter_has_gone_is_still_committed(store: Database) -> None:
    waiting = asyncio.create_task(store.write(connect))
    await asyncio.sleep(0)
    waiting.cancel()
    await write(store, connect, "T2")
    assert [place.team_id for place in workspaces.all_workspaces(store.reader)] == ["T1", "T2"]


async def test_more_writes_than_one_group_holds_are_all_committed(store: Database) -> None:
    await asyncio.gather(*(write(store, connect, f"T{n}") for n in range(600)))
    assert len(workspaces.all_workspaces(store.reader)) == 600


async def test_writes_in_hand_are_finished_on_closing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    waiting = [asyncio.create_task(write(store, connect, f"T{n}")) for n in range(20)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*waiting)
    again = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    assert len(workspaces.all_workspaces(again.reader)) == 20
    await again.close()


async def test_an_outage_fails_a_whole_group_at_once_and_not_one_by_one(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    other = sqlite_utils.Database(tmp_path / "store.db").conn
    other.execute("BEGIN IMMEDIATE")
    async with asyncio.timeout(20):
        writes = (write(store, connect, f"T{n}") for n in range(100))
        results = await asyncio.gather(*writes, return_exceptions=True)
    assert {type(result) for result in results} == {StoreUnavailableError}
    other.execute("COMMIT")
    other.close()
    await store.close()


async def test_a_change_that_ends_with_stop_iteration_does_not_hang(store: Database) -> None:
    def stop(_transaction: Transaction) -> None:
        raise StopIteration

    with pytest.raises(RuntimeError, match="StopIteration"):
        await store.write(stop)


async def test_a_closed_store_answers_no_question_instead_of_ending_the_process(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    assert await store.read(lambda reader: reader.one("SELECT 1 AS found")) == {"found": 1}
    closing = asyncio.create_task(store.close())
    await asyncio.sleep(0)
    for ask in (store.read, store.search):
        with pytest.raises(StoreUnavailableError, match="closed"):
            await ask(lambda reader: reader.one("SELECT 1 AS found"))
    await closing


async def test_a_closed_store_takes_no_write(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    await store.close()
    with pytest.raises(StoreUnavailableError, match="closed"):
        await store.write(connect)


async def test_what_a_reader_remembers_is_built_anew_when_the_revision_moves(store: Database) -> None:
    made: list[int] = []

    def build() -> int:
        made.append(1)
        return len(made)

    assert [store.reader.remember(("T1", "words"), revision, build) for revision in (1, 1, 2)] == [1, 1, 2]


async def test_what_is_asked_again_is_remembered_while_much_else_is_asked_once(store: Database) -> None:
    made: list[int] = []

    def build() -> int:
        made.append(1)
        return len(made)

    assert {store.reader.remember(("T1", "names"), 1, build) for _ in range(3)} == {1}
    for number in range(6000):
        store.reader.remember(("word", number), 1, build)
        store.reader.remember(("T1", "names"), 1, list)
    assert store.reader.remember(("T1", "names"), 1, build) == 1
    assert store.reader.remember(("word", 0), 1, build) == 6002


def test_an_empty_list_of_visibilities_matches_nothing() -> None:
    assert in_list("visibility", []) == ("1 = 0", {})


def test_times_are_written_in_utc_and_sort_as_text() -> None:
    assert to_text(datetime.fromisoformat("2026-01-05T10:00:00+01:00")) == "2026-01-05T09:00:00.000000+00:00"


async def test_an_older_database_is_migrated_with_its_rows_kept(tmp_path: Path) -> None:
    older = sqlite_utils.Database(tmp_path / "store.db")
    MIGRATIONS.apply(older, stop_before="0002_deliveries")
    insert(
        older,
        "workspaces",
        {
            "team_id": "T1",
            "name": "Old Harbour",
            "bot_user_id": "U0BOT",
            "disciplines": "[]",
            "data_channel": "",
            "places": "[]",
            "glossary_revision": 0,
            "connected_at": to_text(NOW),
        },
    )
    older.close()
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    assert workspaces.known_workspace(store.reader, "T1").name == "Old Harbour"
    assert store.reader.all("SELECT * FROM outbox") == []
    await store.close()


async def test_each_migration_runs_once(tmp_path: Path) -> None:
    for _ in range(2):
        store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
        names = [row["name"] for row in store.reader.all("SELECT name FROM _sqlite_migrations ORDER BY id")]
        await store.close()
        assert names == sorted(step_names())


def test_a_database_from_a_newer_version_is_refused(tmp_path: Path) -> None:
    newer = sqlite_utils.Database(tmp_path / "store.db")
    MIGRATIONS.apply(newer)
    insert(
        newer,
        "_sqlite_migrations",
        {"migration_set": "common_ground", "name": "9999_future", "applied_at": "2030-01-01"},
    )
    newer.close()
    with pytest.raises(StoreError, match=r"store.db was made by a newer Common Ground \(step 9999_future\)"):
        open_store(f"sqlite:///{tmp_path / 'store.db'}")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("a shopping list, long enough to be looked at as a header of a database " * 20)
    with pytest.raises(StoreError, match=r"store.db is not a database; name another file in DATABASE_URL"):
        open_store(f"sqlite:///{tmp_path / 'store.db'}")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the folder of the database .*nowhere/store.db does not exist"):
        open_store(f"sqlite:///{tmp_path / 'nowhere' / 'store.db'}")


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder; name a file in it"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_database_locked_by_another_process_is_refused(tmp_path: Path) -> None:
    other = sqlite_utils.Database(tmp_path / "store.db").conn
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="is locked by another process"):
        open_store(f"sqlite:///{tmp_path / 'store.db'}")
    other.close()


@pytest.mark.parametrize("url", ["mysql://db/ground", "sqlite:///", "store.db"])
def test_a_url_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="name a file by sqlite:///FILE, or a PostgreSQL database"):
        open_store(url)


#: What pathlib would import late is imported at once: Python itself may lie where only root can read.
_OPEN = """
import os, sys, urllib.parse
from storage import open_store
from storage.engine.interface import StoreError
from tests.writing import write
os.setuid(65534)
try:
    open_store(sys.argv[1])
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    sqlite_utils.Database(tmp_path / "store.db").close()
    everybodys = Path(tempfile.gettempdir())
    for folder in (each for each in (tmp_path, *tmp_path.parents) if everybodys in each.parents):
        folder.chmod(0o755)
    (tmp_path / "store.db").chmod(0o444)
    url = f"sqlite:///{tmp_path / 'store.db'}"
    told = subprocess.run([sys.executable, "-c", _OPEN, url], capture_output=True, text=True, check=True).stdout
    name = tmp_path / "store.db"
    assert told == f"the database {name} cannot be written by this user; change the rights of the file and its folder\n"


@on_sqlite
async def test_a_probe_finds_a_disk_that_is_full(store: Database, tmp_path: Path) -> None:
    await store.write(connect)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((tmp_path / "store.db-wal").stat().st_size, before[1]))
    try:
        with pytest.raises(StoreUnavailableError):
            await store.probe()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    await store.probe()


@on_sqlite
async def test_nothing_is_written_into_a_file_that_is_gone_or_another_one(store: Database, tmp_path: Path) -> None:
    path, moved = tmp_path / "store.db", tmp_path / "moved.db"
    await store.probe()
    path.rename(moved)
    with pytest.raises(StoreUnavailableError, match="is no longer the file that was opened; what is written is lost"):
        await store.probe()
    with pytest.raises(StoreUnavailableError, match="is no longer the file"):
        await store.write(connect)
    path.touch()
    with pytest.raises(StoreUnavailableError, match="is no longer the file"):
        await store.write(connect)
    moved.rename(path)
    assert await store.read(workspaces.all_workspaces) == []
    await store.write(connect)
