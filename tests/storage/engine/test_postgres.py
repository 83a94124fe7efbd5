"""PostgreSQL: several processes on one store, none of which loses to another for good or hides how a write ended."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

import psycopg
import pytest
from psycopg.rows import dict_row

from storage import open_store
from storage.engine.interface import WORKSPACE, Database, Reader, StoreError, StoreUnavailableError, Transaction
from storage.engine.postgres_schema import Schema, statements
from storage.engine.postgres_steps import LOCK, bring_up_to_date
from storage.engine.statements import has, insert
from storage.glossary.search import senses_about
from storage.migrations import AT_ONCE, step_names
from storage.workspaces import workspaces
from tests.conftest import on_postgres
from tests.postgres import Server, server
from tests.storage.engine.cutting import Cutting, cutting
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ANA = {"team_id": "T1", "discipline": "product", "user_id": "UANA"}
_SHAPE = """
    SELECT table_name AS place, column_name AS name, data_type || ' ' || coalesce(column_default, '') AS told
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT event_object_table, trigger_name || ' ' || event_manipulation, action_statement
    FROM information_schema.triggers
    UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    ORDER BY 1, 2, 3
"""

_OLD_SENSE = """
    INSERT INTO senses (id, team_id, visibility, word, look_up_key, discipline, gloss, definition, example, origin,
        version, updated_at)
    VALUES ('of ' || %(team_id)s, %(team_id)s, 'workspace', 'quay', 'quay', 'product', 'where a ship lies', '', '',
        'members', 1, '2026-01-05T09:00:00.000000+00:00')
"""

_BY_WORDS = "FROM pg_class WHERE relam = (SELECT oid FROM pg_am WHERE amname = 'gin') AND relkind = 'i'"


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(statement.encode()).fetchall()


def connect(transaction: Transaction, team_id: str = "T1") -> bool:
    return workspaces.connect_workspace(transaction, team_id, "Harbour", "U0BOT", NOW)


@pytest.fixture
def empty_url(postgres: Server) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture
async def other(store_url: str) -> AsyncIterator[Database]:
    """The same store, in another process."""
    database = open_store(store_url)
    yield database
    await database.close()


async def test_each_step_is_noted_once_by_however_many_begin_at_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(open_store, [empty_url] * 4))
    for each in stores:
        await each.close()
    noted = rows(empty_url, "SELECT name FROM schema_steps ORDER BY name")
    assert noted == [(name,) for name in [LOCK, *sorted(step_names())]]


async def test_a_store_of_an_older_version_becomes_like_a_new_one_and_keeps_its_rows(
    empty_url: str, postgres: Server, migrated_postgres: str
) -> None:
    older = frozenset(name for name in step_names() if name < "0049")
    with psycopg.connect(empty_url, autocommit=True, row_factory=dict_row) as connection:
        bring_up_to_date(connection, "older", older)
        connection.execute("INSERT INTO stewards (team_id, discipline, user_id) VALUES ('T1', 'product', 'UANA')")
    store = open_store(empty_url)
    assert has(store.reader, "stewards", user_id="UANA")
    await write(store, connect, "T2")
    await store.close()
    assert rows(empty_url, _SHAPE) == rows(postgres.url(migrated_postgres), _SHAPE)


async def test_what_an_older_version_wrote_is_found_by_its_words(empty_url: str) -> None:
    older = frozenset(name for name in step_names() if name < "0095")
    with psycopg.connect(empty_url, autocommit=True, row_factory=dict_row) as connection:
        bring_up_to_date(connection, "older", older)
        for team_id in ("T1", "T2"):
            connection.execute(_OLD_SENSE, {"team_id": team_id})
    store = open_store(empty_url)
    found = await store.search(lambda reader: senses_about(reader, "T1", ["ships"], [WORKSPACE], 5))
    assert [each.id for each in found] == ["of T1"]
    await store.close()


async def test_no_word_waits_in_a_list_that_each_search_reads(empty_url: str) -> None:
    older = frozenset(name for name in step_names() if name < AT_ONCE)
    with psycopg.connect(empty_url, autocommit=True, row_factory=dict_row) as connection:
        bring_up_to_date(connection, "older", older)
        connection.execute(_OLD_SENSE, {"team_id": "T1"})
    store = open_store(empty_url)
    await write(store, lambda transaction: transaction.run(_OLD_SENSE.replace("%(team_id)s", "'T2'")))
    await store.close()
    waiting = rows(empty_url, f"SELECT relname, gin_clean_pending_list(oid) {_BY_WORDS}")
    assert {count for _, count in waiting} == {0}
    assert "senses_fts_words" in {name for name, _ in waiting}


def test_a_schema_that_is_changed_otherwise_than_by_adding_to_it_is_not_guessed() -> None:
    before = Schema(tables={"people": {"tz": "TEXT", "name": "TEXT"}}, keys={"people": ["name"]})
    after = Schema(tables={"people": {"name": "TEXT"}}, keys={"people": ["name"]})
    with pytest.raises(StoreError, match="the table people is changed otherwise than by new columns"):
        list(statements(before, after))


def test_a_database_from_a_newer_version_is_refused(empty_url: str) -> None:
    asyncio.run(open_store(empty_url).close())
    with psycopg.connect(empty_url, autocommit=True) as connection:
        connection.execute("INSERT INTO schema_steps (name) VALUES ('9999_future')")
    with pytest.raises(
        StoreError, match=r"was made by a newer Common Ground \(step 9999_future\); install that version"
    ):
        open_store(empty_url)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://ana:secret@127.0.0.1:1/ground", "the database ground at 127.0.0.1 cannot be opened: "),
        ("postgresql://ana:secret@[::1/ground", "DATABASE_URL is not written properly; write it as postgresql://USER:"),
    ],
)
def test_a_server_that_is_not_there_is_named_in_one_line_without_the_password(url: str, told: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert str(refused.value).startswith(told)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_database_with_other_letters_is_refused(postgres: Server) -> None:
    postgres.run("CREATE DATABASE latin TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'")
    with pytest.raises(StoreError, match="keeps letters as LATIN1; make one with the encoding UTF8"):
        open_store(postgres.url("latin"))


async def test_a_store_whose_server_is_away_says_so_in_time_and_goes_on_once_it_is_back() -> None:
    with server() as own:
        own.create("store")
        store = open_store(own.url("store"))
        assert await store.write(connect) is True
        own.stop()
        async with asyncio.timeout(15):
            asked = (store.read(_named), store.search(_named), store.write(connect), store.probe())
            ended = await asyncio.gather(*asked, *(store.read(_named) for _ in range(40)), return_exceptions=True)
        assert {type(each) for each in ended} == {StoreUnavailableError}
        own.begin()
        assert await _answered(store) == ["Harbour"]
        assert await store.write(connect) is False
        await store.close()


@on_postgres
async def test_a_change_that_two_processes_deadlock_over_is_run_again(store: Database, other: Database) -> None:
    # Of two workspaces: the changes of one wait for each other, since how often it changed is counted in one row.
    await store.write(lambda each: insert(each, "stewards", ANA, {**ANA, "team_id": "T2", "user_id": "UBEN"}))
    begun = {"UANA": threading.Event(), "UBEN": threading.Event()}

    def rename(transaction: Transaction, first: str, second: str) -> None:
        renaming = "UPDATE stewards SET discipline = discipline || '!' WHERE user_id = :id"
        transaction.run(renaming, id=first)
        begun[first].set()
        begun[second].wait(10)
        transaction.run(renaming, id=second)

    await asyncio.gather(write(store, rename, "UANA", "UBEN"), write(other, rename, "UBEN", "UANA"))
    assert {row["discipline"] for row in store.reader.all("SELECT discipline FROM stewards")} == {"product!!"}


@on_postgres
async def test_a_row_that_another_process_has_just_written_is_seen_by_the_second_run(
    store: Database, other: Database
) -> None:
    looked, written = threading.Event(), threading.Event()

    def once(transaction: Transaction) -> str:
        if has(transaction, "stewards", **ANA):
            return "there"
        looked.set()
        written.wait(10)
        insert(transaction, "stewards", ANA)
        return "new"

    waiting = asyncio.create_task(store.write(once))
    await asyncio.to_thread(looked.wait, 10)
    await write(other, insert, "stewards", ANA)
    written.set()
    assert await waiting == "there"


@on_postgres
async def test_a_row_that_somebody_holds_for_long_is_an_outage_and_no_wait_without_an_end(
    store: Database, store_url: str
) -> None:
    await write(store, insert, "stewards", ANA)
    with psycopg.connect(store_url) as held:
        held.execute("UPDATE stewards SET discipline = 'held'")
        quickly = partial(_rename_without_patience, discipline="mine")
        with pytest.raises(StoreUnavailableError, match="a change lost to others 5 times"):
            await store.write(quickly)
    assert await store.write(quickly) == 1


@on_postgres
async def test_a_process_that_stands_still_in_the_middle_of_a_write_keeps_others_waiting_for_seconds_at_most(
    store: Database, other: Database
) -> None:
    await write(store, insert, "stewards", ANA)
    began, written = threading.Event(), threading.Event()

    def stand_still(transaction: Transaction) -> int:
        assert transaction.one("SHOW idle_in_transaction_session_timeout") == {
            "idle_in_transaction_session_timeout": "5s"
        }
        transaction.run("SET LOCAL idle_in_transaction_session_timeout = '10ms'")
        transaction.run("UPDATE stewards SET discipline = 'mine'")
        began.set()
        written.wait(10)
        return transaction.run("UPDATE stewards SET discipline = 'still mine'")

    standing = asyncio.create_task(store.write(stand_still))
    await asyncio.to_thread(began.wait, 10)
    assert await other.write(lambda transaction: transaction.run("UPDATE stewards SET discipline = 'others'")) == 1
    written.set()
    with pytest.raises(StoreUnavailableError, match="idle-in-transaction"):
        await standing
    assert [row["discipline"] for row in store.reader.all("SELECT discipline FROM stewards")] == ["others"]


@pytest.mark.parametrize("is_sent", [True, False])
async def test_a_write_whose_commit_was_not_answered_has_happened_or_has_not(
    empty_url: str, cut: Cutting, *, is_sent: bool
) -> None:
    store = open_store(cut.url)
    await store.write(connect)
    cut.at_commit(is_sent=is_sent)
    if is_sent:
        await write(store, insert, "stewards", ANA)
    else:
        with pytest.raises(StoreUnavailableError, match="broke before a change was written"):
            await write(store, insert, "stewards", ANA)
    await store.close()
    assert len(rows(empty_url, "SELECT 1 FROM stewards")) == int(is_sent)


@pytest.fixture
def cut(empty_url: str) -> Iterator[Cutting]:
    with cutting(empty_url) as between:
        yield between


@on_postgres
async def test_numbers_and_truths_come_back_as_they_do_from_sqlite(store: Database) -> None:
    told = {"team_id": "T1", "user_id": "UANA", "name": "Ana", "tz": "UTC", "is_away": False, "read_at": ""}
    await write(store, insert, "people", {**told, "is_gone": True})
    found = store.reader.one("SELECT is_gone, is_away, sum(is_gone) AS gone FROM people GROUP BY is_gone, is_away")
    assert found == {"is_gone": 1, "is_away": 0, "gone": 1}
    assert {type(each) for each in found.values()} == {int}


@on_postgres
@pytest.mark.parametrize("many", [3, 300])
async def test_a_change_of_many_rows_counts_each_of_them(store: Database, many: int) -> None:
    told = [{"team_id": "T1", "subject": f"U{number}", "name": "hours", "value": "9-17"} for number in range(many)]
    await write(store, insert, "preferences", *told)
    await store.write(lambda transaction: transaction.run("UPDATE preferences SET value = '10-18'"))
    assert store.reader.all("SELECT counted, changes FROM revisions") == [
        {"counted": "preferences", "changes": 2 * many}
    ]


def _named(reader: Reader) -> list[str]:
    return [row["name"] for row in reader.all("SELECT name FROM workspaces")]


async def _answered(store: Database) -> list[str]:
    async with asyncio.timeout(30):
        while True:
            ended = await asyncio.gather(store.read(_named), return_exceptions=True)
            if not isinstance(ended[0], BaseException):
                return ended[0]


def _rename_without_patience(transaction: Transaction, discipline: str) -> int:
    transaction.run("SET LOCAL lock_timeout = '10ms'")
    return transaction.run("UPDATE stewards SET discipline = :discipline", discipline=discipline)
