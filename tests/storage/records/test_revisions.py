"""What is remembered of the store is right: after every kind of change, and after one that did not happen."""

import pytest

from storage.engine.interface import Database, Reader, Transaction
from storage.records.revisions import remembered
from tests.writing import write


def put(transaction: Transaction, subject: str, value: str, team_id: str = "T1") -> None:
    transaction.run(
        """
        INSERT INTO preferences (team_id, subject, name, value) VALUES (:team_id, :subject, 'n', :value)
        ON CONFLICT (team_id, subject, name) DO UPDATE SET value = excluded.value
        """,
        team_id=team_id,
        subject=subject,
        value=value,
    )


def values(reader: Reader, built: list[str], given: str = "") -> list[str]:
    def build() -> list[str]:
        built.append(given)
        rows = reader.all("SELECT value FROM preferences WHERE team_id = 'T1' ORDER BY subject")
        return [row["value"] for row in rows]

    return remembered(reader, ("T1", "values"), ["preferences"], build, given)


async def test_what_has_not_changed_is_built_once(store: Database) -> None:
    built: list[str] = []
    await write(store, put, "a", "1")
    assert [values(store.reader, built) for _ in range(3)] == [["1"]] * 3
    await write(store, put, "a", "9", team_id="T2")
    assert (values(store.reader, built), built) == (["1"], [""])
    assert (values(store.reader, built, "today"), built) == (["1"], ["", "today"])


async def test_it_is_built_anew_after_an_insertion_a_change_and_a_deletion(store: Database) -> None:
    built: list[str] = []
    found = []
    for subject, value in (("a", "1"), ("b", "2"), ("a", "3")):
        await write(store, put, subject, value)
        found.append(values(store.reader, built))
    await store.write(lambda transaction: transaction.run("DELETE FROM preferences WHERE subject = 'b'"))
    assert [*found, values(store.reader, built)] == [["1"], ["1", "2"], ["3", "2"], ["3"]]


async def test_what_a_change_read_before_it_failed_is_not_remembered(store: Database) -> None:
    built: list[str] = []

    def fail(transaction: Transaction) -> None:
        put(transaction, "a", "never")
        assert values(transaction, built) == ["never"]
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        await store.write(fail)
    await write(store, put, "a", "kept")
    assert await store.write(lambda transaction: values(transaction, built)) == ["kept"]
