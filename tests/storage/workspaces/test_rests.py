"""Where nobody is to be reminded of anything, until when, and what ends it before."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.interface import Database, to_text
from storage.workspaces import preferences, rests, workspaces
from storage.workspaces.rests import Rest
from storage.workspaces.workspaces import Steward
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SOON, UNTIL = NOW + timedelta(hours=1), NOW + timedelta(hours=8)


@pytest.fixture
async def resting(store: Database) -> Database:
    """A store with two workspaces, of which the first rests."""
    for team_id in ("T1", "T2"):
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)
        await write(store, preferences.choose, team_id, "UANA", preferences.HOURS, "9-17")
    seen = rests.changes(store.reader, "T1")
    await write(store, rests.note_rest, Rest(team_id="T1", soon=to_text(SOON), until=to_text(UNTIL), seen=seen))
    return store


async def awake(store: Database, at: datetime, stirred: Sequence[str] = ()) -> set[str]:
    return await store.search(lambda reader: rests.where_awake(reader, at, stirred))


async def test_a_workspace_rests_until_its_time_is_over(resting: Database) -> None:
    assert await awake(resting, NOW) == {"T2"}
    assert await awake(resting, UNTIL - timedelta(seconds=1)) == {"T2"}
    assert await awake(resting, UNTIL) == {"T1", "T2"}


async def test_a_change_ends_the_rest_in_that_workspace_a_while_later(resting: Database) -> None:
    await write(resting, workspaces.choose_settings, "T2", ("product",), "", [Steward(discipline="", user_id="UBEN")])
    assert await awake(resting, SOON) == {"T2"}
    await write(resting, workspaces.choose_settings, "T1", ("product",), "", [Steward(discipline="", user_id="UBEN")])
    assert await awake(resting, SOON - timedelta(seconds=1)) == {"T2"}
    assert await awake(resting, SOON) == {"T1", "T2"}


async def test_so_does_what_stirs_it_without_a_change(resting: Database) -> None:
    assert await awake(resting, SOON - timedelta(seconds=1), ["T1"]) == {"T2"}
    assert await awake(resting, SOON, ["T1"]) == {"T1", "T2"}


async def test_a_new_rest_takes_the_place_of_the_last(resting: Database) -> None:
    later = to_text(UNTIL + timedelta(hours=1))
    seen = rests.changes(resting.reader, "T1")
    await write(resting, rests.note_rest, Rest(team_id="T1", soon=later, until=later, seen=seen))
    assert await awake(resting, UNTIL) == {"T2"}


async def test_where_the_app_was_taken_out_nobody_is_awake(resting: Database) -> None:
    await write(resting, workspaces.uninstall, "T2", NOW)
    assert await awake(resting, NOW) == set()
