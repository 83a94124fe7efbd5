"""Teams that own duties, as the store holds them: one of a name in a workspace, and each of their steps."""

from datetime import UTC, datetime

import pytest

from storage.engine.interface import Database, StoreUnavailableError, to_text
from storage.records.versioned import HistoryEntry
from storage.responsibilities import teams
from storage.responsibilities.teams import TEAMS, Team
from tests.writing import write

AT = to_text(datetime(2026, 1, 5, 9, tzinfo=UTC))
ADDED = HistoryEntry(at=AT, by="UANA", what="added")


def a_team(name: str = "data platform", **more: object) -> Team:
    told = {
        "id": name,
        "team_id": "T1",
        "name": name,
        "look_up_key": name.replace(" ", ""),
        "members": ("UANA", "UBEN"),
        "accountable": "UANA",
        "created_by": "UANA",
        "created_at": AT,
        "changed_at": AT,
        **more,
    }
    return Team.model_validate(told)


async def test_a_team_is_found_by_its_name_however_that_is_written(store: Database) -> None:
    made = a_team()
    await write(store, TEAMS.add, made, ADDED)
    assert teams.named(store.reader, "T1", "Data-Platform") == made
    assert teams.named(store.reader, "T2", "data platform") is None
    assert teams.team(store.reader, "T1", made.id) == made


async def test_two_teams_of_a_workspace_do_not_have_one_name(store: Database) -> None:
    await write(store, TEAMS.add, a_team(), ADDED)
    assert not await store.write(lambda transaction: TEAMS.insert(transaction, a_team(id="another")))
    await write(store, TEAMS.add, a_team(id="elsewhere", team_id="T2"), ADDED)
    assert list(teams.teams(store.reader, "T1")) == ["data platform"]


async def test_what_changed_of_a_team_stands_in_its_history(store: Database) -> None:
    made = a_team()
    await write(store, TEAMS.add, made, ADDED)
    later = HistoryEntry(at=AT, by="UBEN", what="changed")
    changed = await store.write(lambda transaction: TEAMS.change(transaction, made, {"accountable": "UBEN"}, later))
    assert list(teams.teams(store.reader, "T1").values()) == [changed]
    assert [each.by for each in teams.history(store.reader, "T1", made.id)] == ["UBEN", "UANA"]


async def test_of_a_team_that_is_deleted_the_history_stays(store: Database) -> None:
    made, last = a_team(), HistoryEntry(at=AT, by="UBEN", what="deleted")
    await write(store, TEAMS.add, made, ADDED)
    await write(store, TEAMS.add, a_team("harbour"), ADDED)
    await write(store, teams.take_away, made, last)
    assert list(teams.teams(store.reader, "T1")) == ["harbour"]
    assert [each.what for each in teams.history(store.reader, "T1", made.id)] == ["deleted", "added"]
    await write(store, TEAMS.add, a_team(id="again"), ADDED)


async def test_a_team_that_was_changed_meanwhile_is_not_deleted_as_it_was(store: Database) -> None:
    made, last = a_team(), HistoryEntry(at=AT, by="UBEN", what="deleted")
    await write(store, TEAMS.add, made.model_copy(update={"version": 2}), ADDED)
    with pytest.raises(StoreUnavailableError, match="a team was changed since it was read"):
        await write(store, teams.take_away, made, last)
    assert list(teams.teams(store.reader, "T1")) == [made.id]


async def test_the_workspaces_with_teams_are_known(store: Database) -> None:
    assert teams.where_any(store.reader) == set()
    await write(store, TEAMS.add, a_team(), ADDED)
    await write(store, TEAMS.add, a_team("harbour"), ADDED)
    assert teams.where_any(store.reader) == {"T1"}


def test_the_people_of_a_team_are_those_who_are_there_the_accountable_one_first() -> None:
    team = a_team(members=("UBEN", "UELI", "UANA"))
    assert teams.people_of(team, frozenset({"UELI"})) == ("UANA", "UBEN")
