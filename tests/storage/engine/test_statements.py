"""Statements that follow from names: what is new is written, what is there stays or is replaced, and no other row."""

import pytest

from storage.engine.interface import Database, Transaction
from storage.engine.statements import alter, delete, has, having, insert, insert_missing, insert_new, put
from tests.writing import write

HELD = {"team_id": "T1", "discipline": "product"}


def rows(store: Database) -> list[tuple[str, str, str]]:
    found = store.reader.all("SELECT * FROM stewards ORDER BY team_id, discipline, user_id")
    return [(row["team_id"], row["discipline"], row["user_id"]) for row in found]


async def test_rows_are_written_changed_and_dropped_by_their_values(store: Database) -> None:
    await write(store, insert, "stewards", {**HELD, "user_id": "UANA"}, {**HELD, "user_id": "UBEN"})
    other = {**HELD, "team_id": "T2", "user_id": "UANA"}
    await write(store, insert, "stewards", other)
    changed = await store.write(lambda transaction: alter(transaction, "stewards", HELD, discipline="domain"))
    assert changed == 2
    assert rows(store) == [("T1", "domain", "UANA"), ("T1", "domain", "UBEN"), ("T2", "product", "UANA")]
    assert has(store.reader, "stewards", user_id="UBEN") is True
    dropped = await store.write(lambda transaction: delete(transaction, "stewards", team_id="T1", user_id="UBEN"))
    assert dropped == 1
    assert has(store.reader, "stewards", user_id="UBEN") is False
    assert rows(store) == [("T1", "domain", "UANA"), ("T2", "product", "UANA")]


async def test_what_is_there_stays_or_is_replaced_as_was_asked(store: Database) -> None:
    row = {"team_id": "T1", "subject": "UANA", "name": "hours", "value": "9-17"}
    later = {**row, "value": "10-18"}

    def write_again(transaction: Transaction) -> list[bool]:
        new = [insert_new(transaction, "preferences", **each) for each in (row, later)]
        insert_missing(transaction, "preferences", later, {**later, "subject": "UBEN"})
        insert_missing(transaction, "preferences")
        return new

    assert await store.write(write_again) == [True, False]
    kept = "SELECT subject, value FROM preferences ORDER BY subject"
    assert [tuple(each.values()) for each in store.reader.all(kept)] == [("UANA", "9-17"), ("UBEN", "10-18")]
    await write(store, put, "preferences", "team_id subject name", later, {**row, "subject": "UCAT"})
    assert [tuple(each.values()) for each in store.reader.all(kept)] == [
        ("UANA", "10-18"),
        ("UBEN", "10-18"),
        ("UCAT", "9-17"),
    ]
    with pytest.raises(Exception, match=r"(?i)unique"):
        await write(store, insert, "preferences", row)


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 999, 1000, 1001, 2345])
async def test_any_number_of_rows_is_written_each_once(store: Database, count: int) -> None:
    people = [{**HELD, "user_id": f"U{number:04}"} for number in range(count)]
    assert await write(store, insert_missing, "stewards", *people[: count // 3]) == count // 3
    assert await write(store, insert_missing, "stewards", *people) == count - count // 3
    assert [user_id for _, _, user_id in rows(store)] == [each["user_id"] for each in people]


async def test_rows_are_found_by_words_in_some_of_their_columns(store: Database) -> None:
    await write(store, insert, "stewards", {**HELD, "user_id": "UANA"}, {**HELD, "user_id": "UBEN"})
    such, values = having(("discipline", "user_id"), ("ANA", "operations"))
    found = store.reader.all(f"SELECT user_id FROM stewards WHERE {such}", **values)
    assert [each["user_id"] for each in found] == ["UANA"]
