"""Numbers count up in each workspace, and say nothing of how many there are in a private channel."""

import re

from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Database
from storage.records import numbers
from tests.writing import write


async def next_number(store: Database, team_id: str = "T1", visibility: str = WORKSPACE) -> str:
    return await write(store, numbers.next_number, "D", "decision_numbers", team_id, visibility)


async def test_each_workspace_counts_for_itself(store: Database) -> None:
    assert [await next_number(store) for _ in range(3)] == ["D-1", "D-2", "D-3"]
    assert await next_number(store, "T2") == "D-1"


async def test_a_private_channel_has_letters_of_its_own_and_counts_nothing(store: Database) -> None:
    secret = {await next_number(store, visibility="CSECRET") for _ in range(20)}
    assert len(secret) == 20
    assert all(re.fullmatch(r"D-[B-Z]{5}", each) for each in secret)
    assert await next_number(store) == "D-1"


async def test_a_number_that_an_import_brought_is_given_to_no_other(store: Database) -> None:
    for brought in (7, 3):
        await write(store, decisions.note_number, "T1", brought)
    assert await next_number(store) == "D-8"
    assert await next_number(store, "T2") == "D-1"
