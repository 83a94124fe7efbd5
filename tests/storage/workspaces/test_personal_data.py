"""A person is taken out of a full store, byte for byte, and all that is theirs can be told before."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage import open_store
from storage.decisions import decisions, votes
from storage.engine.interface import Database
from storage.engine.sqlite_connection import sqlite3
from storage.records import former
from storage.workspaces import people, personal_data
from storage.workspaces.personal_data import Taken, Touched
from tests.storage.stores import dumping
from tests.storage.workspaces.test_personal_tables import STORES
from tests.writing import write

TEAM = "T0LOCAL"
PEOPLE = {"UANA": "Ana Ruiz", "UBEN": "Ben Okafor", "UCHLOE": "Chloe Martin", "UDEV": "Dev Patel", "UELI": "Eli Berg"}
REMOVED = "Removed."


@pytest.fixture
def full(tmp_path: Path) -> Path:
    dumping.load(dumping.read(STORES[-1]), tmp_path / "full.db")
    return tmp_path / "full.db"


@pytest.fixture
async def store(full: Path) -> AsyncIterator[Database]:
    opened = open_store(f"sqlite:///{full}")
    yield opened
    await opened.close()


async def forget(store: Database, user_id: str) -> Taken:
    return await write(store, personal_data.forget, TEAM, user_id, REMOVED)


def bytes_of(path: Path) -> bytes:
    """Return what is in a store and its log once what was overwritten is cleaned up."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


@pytest.mark.parametrize("user_id", PEOPLE)
async def test_nothing_of_somebody_who_was_forgotten_is_left_in_the_file(
    store: Database, full: Path, user_id: str
) -> None:
    before = await asyncio.to_thread(bytes_of, full)
    assert (user_id.encode() in before, PEOPLE[user_id].encode() in before) == (True, True)
    assert len((await forget(store, user_id)).touched) > 10
    after = await asyncio.to_thread(bytes_of, full)
    assert [each for each in (user_id, PEOPLE[user_id]) if each.encode() in after] == []
    others = [each for each in PEOPLE if each != user_id]
    assert [each for each in others if each.encode() not in after] == []


async def test_the_records_stay_with_all_their_words(store: Database) -> None:
    before = {each.number: each for each in decisions.all_decisions(store.reader, TEAM)}
    await forget(store, "UANA")
    after = {each.number: each for each in decisions.all_decisions(store.reader, TEAM)}
    assert {number: each.title for number, each in after.items()} == {
        number: each.title for number, each in before.items()
    }
    mine = [each for each in before.values() if each.decider == "UANA"]
    assert len(mine) == 4
    assert {after[each.number].decider for each in mine} == {former.placeholder(1)}
    for each in mine:
        assert decisions.history(store.reader, TEAM, each.id)[0].version == each.version


async def test_two_who_were_forgotten_stay_two_and_count_as_gone(store: Database) -> None:
    asked = max(decisions.all_decisions(store.reader, TEAM), key=lambda each: len(each.asked))
    assert len(asked.asked) > 1
    for user_id in PEOPLE:
        await forget(store, user_id)
    again = await store.read(decisions.by_id, TEAM, asked.id)
    assert again is not None
    assert len(set(again.asked)) == len(set(asked.asked))
    assert {each.user_id for each in votes.opinions(store.reader, again)} <= {*again.asked}
    gone = people.gone_people(store.reader, TEAM)
    assert {former.placeholder(number) for number in range(1, 6)} <= gone
    assert set(people.known_names(store.reader, TEAM, sorted(gone)).values()) >= {former.NAME}


async def test_who_is_not_known_touches_nothing(store: Database) -> None:
    before = people.known_people(store.reader, TEAM)
    taken = await forget(store, "UNOBODY")
    assert (taken.name, taken.touched, taken.said) == ("", [], [])
    assert people.known_people(store.reader, TEAM) == before


async def test_what_was_chosen_is_forgotten_at_once(store: Database) -> None:
    by_name = {each.what: each for each in (await forget(store, "UELI")).touched}
    assert by_name["summaries told"] == Touched("summaries told", 7, 0)
    assert by_name["decisions"] == Touched("decisions", 0, 4)
    rows = store.reader.all("SELECT * FROM summary_schedules WHERE subject = 'UELI'")
    assert rows == []


def told(store: Database, user_id: str, visible: list[str] | None) -> dict[str, list[dict[str, Any]]]:
    return personal_data.told(store.reader, TEAM, user_id, visible)


async def test_all_that_somebody_did_is_told_with_what_became_different_by_it(store: Database) -> None:
    found = told(store, "UANA", None)
    assert found["name and time zone"][0]["name"] == "Ana Ruiz"
    assert {each["user_id"] for each in found["votes"]} == {"UANA"}
    steps = [each for each in found["history of decisions"] if each["by"] == "UANA"]
    assert len(steps) > 3
    assert next(each["changed"]["decider"] for each in steps if each["version"] == 1) in PEOPLE
    assert all("body" not in each for each in found["history of decisions"])
    assert found["components"][0]["model_side"] == ["UANA"]
    assert json.dumps(found) == json.dumps(told(store, "UANA", None))


async def test_who_asks_does_not_read_what_others_wrote_where_they_are_not(store: Database) -> None:
    from_chloe, everywhere = "To know when the falcon lands", ["workspace", "CSECRETLAUNCH"]
    assert from_chloe in json.dumps(told(store, "UANA", None))
    assert from_chloe in json.dumps(told(store, "UANA", everywhere))
    seen = json.dumps(told(store, "UANA", ["workspace"]))
    assert from_chloe not in seen
    assert "To tell pilots when a berth is free" in seen
    assert "announced in summaries" in told(store, "UANA", None)
    assert "announced in summaries" not in told(store, "UANA", everywhere)


async def test_who_asks_keeps_their_own_words_from_where_they_are_no_more(store: Database) -> None:
    secret = "CSECRETLAUNCH"
    in_secret = [each for each in decisions.all_decisions(store.reader, TEAM, [secret]) if each.created_by == "UANA"]
    assert in_secret
    found = told(store, "UANA", ["workspace"])
    assert secret not in json.dumps(found["decisions"])
    begun = [each for each in found["history of decisions"] if each["decision_id"] == in_secret[0].id]
    assert [each["changed"]["title"] for each in begun if each["version"] == 1] == [in_secret[0].title]
