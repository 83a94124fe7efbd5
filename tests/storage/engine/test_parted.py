"""In PostgreSQL what is done in one workspace finds and writes its rows alone, also by a statement that forgets it."""

import asyncio
from collections.abc import Callable

import psycopg
import pytest

from storage.engine.interface import EVERY, Database, Reader, Transaction
from tests.conftest import on_postgres

pytestmark = on_postgres

_UNPARTED = """
    SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'team_id'
    LEFT JOIN pg_policies ON tablename = relname AND policyname = 'one_workspace' AND cmd = 'ALL'
    WHERE relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity AND policyname IS NOT NULL)
"""


@pytest.fixture
async def both(store: Database) -> Database:
    """A store with two workspaces, each with a steward of the same id."""
    await store.write(appoint("T1"))
    await store.write(appoint("T2"))
    return store


def appoint(team_id: str, discipline: str = "research") -> Callable[[Transaction], int]:
    def change(transaction: Transaction) -> int:
        said = "INSERT INTO stewards (team_id, discipline, user_id) VALUES (:team_id, :discipline, 'UANA')"
        return transaction.run(said, team_id=team_id, discipline=discipline)

    return change


def appointed(reader: Reader) -> list[str]:
    """Ask for stewards, and forget of which workspace."""
    rows = reader.all("SELECT team_id, discipline FROM stewards ORDER BY team_id, discipline")
    return [f"{row['team_id']} {row['discipline']}" for row in rows]


async def test_a_question_that_forgets_its_workspace_gets_the_rows_of_no_other(both: Database) -> None:
    quay = both.of("T2")
    assert await quay.read(appointed) == await quay.search(appointed) == appointed(quay.reader) == ["T2 research"]
    assert await both.of("T3").read(appointed) == []
    assert await both.read(appointed) == await quay.of(EVERY).read(appointed) == ["T1 research", "T2 research"]


async def test_a_change_that_forgets_its_workspace_touches_the_rows_of_no_other(both: Database) -> None:
    touched = await both.of("T2").write(lambda transaction: transaction.run("UPDATE stewards SET discipline = 'legal'"))
    assert (touched, await both.read(appointed)) == (1, ["T1 research", "T2 legal"])
    assert await both.of("T2").write(lambda transaction: transaction.run("DELETE FROM stewards")) == 1
    assert await both.read(appointed) == ["T1 research"]


async def test_a_row_of_another_workspace_is_not_written(both: Database) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await both.of("T2").write(appoint("T1", "legal"))
    moved = "UPDATE stewards SET team_id = 'T1', discipline = 'legal'"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await both.of("T2").write(lambda transaction: transaction.run(moved))
    assert await both.read(appointed) == ["T1 research", "T2 research"]


async def test_each_change_of_a_group_finds_its_own_workspace_also_after_one_that_failed(both: Database) -> None:
    asked = [both.of(team_id).write(appointed) for team_id in ("T1", "T2", EVERY, "T2", "T1")]
    wrong = both.of("T1").write(appoint("T2", "legal"))
    told = await asyncio.gather(*asked, wrong, both.of("T1").write(appointed), return_exceptions=True)
    every, failed = ["T1 research", "T2 research"], told.pop(5)
    assert told == [["T1 research"], ["T2 research"], every, ["T2 research"], ["T1 research"], ["T1 research"]]
    assert isinstance(failed, psycopg.errors.InsufficientPrivilege)


async def test_every_table_that_has_a_workspace_is_parted(store: Database) -> None:
    assert [row["relname"] for row in await store.read(lambda reader: reader.all(_UNPARTED))] == []
