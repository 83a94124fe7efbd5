"""Records by their ids: those that may be seen, wherever the engine begins to look."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from storage.decisions import decisions
from storage.decisions.decisions import DECISIONS, Decision, NewDecision
from storage.engine.interface import WORKSPACE, Database, Reader, to_text
from storage.finding import finding
from storage.workspaces import workspaces
from tests.conftest import on_sqlite
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Planned:
    """A reader that finds nothing, and remembers where SQLite would begin to look."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.plan: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        self.plan += [row["detail"] for row in self._reader.all(f"EXPLAIN QUERY PLAN {sql}", **values)]
        return []


async def log(store: Database, team_id: str, visibility: str) -> Decision:
    await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)
    new = NewDecision(title=visibility, decider="UANA", visibility=visibility)
    return await write(store, decisions.write_down, team_id, new, "UBEN", to_text(NOW))


async def test_those_that_may_be_seen_are_found_by_their_ids(store: Database) -> None:
    kept = [await log(store, team, seen) for team, seen in (("T1", WORKSPACE), ("T1", "CSECRET"), ("T2", WORKSPACE))]
    ids = [*(each.id for each in kept), "gone"]

    def found(visible: Sequence[str] | None) -> dict[str, Decision]:
        return DECISIONS.by_id(store.reader, "T1", visible, ids)

    assert found([WORKSPACE]) == {kept[0].id: kept[0]}
    assert found([WORKSPACE, "CSECRET"]) == found(None) == {each.id: each for each in kept[:2]}
    assert found([]) == {}


@on_sqlite
@pytest.mark.parametrize("count", [1, 3, 6, 100])
async def test_some_records_are_not_looked_for_among_all_of_the_workspace(store: Database, count: int) -> None:
    planned = Planned(store.reader)
    DECISIONS.by_id(planned, "T1", [WORKSPACE, "C1"], [str(number) for number in range(count)])
    assert planned.plan == ["SEARCH decisions USING INDEX sqlite_autoindex_decisions_1 (id=?)"]


@on_sqlite
async def test_the_latest_records_are_read_in_their_order_and_no_further(store: Database) -> None:
    planned = Planned(store.reader)
    finding.latest(planned, "T1", ["decision", "feedback"], [WORKSPACE, "C1"])
    assert planned.plan == ["SEARCH findable USING INDEX findable_latest (team_id=?)"]


async def test_of_no_ids_the_store_is_asked_nothing(store: Database) -> None:
    planned = Planned(store.reader)
    assert (DECISIONS.by_id(planned, "T1", None, []), planned.plan) == ({}, [])


async def test_records_are_counted_as_they_are_found(store: Database) -> None:
    for team, seen in (("T1", WORKSPACE), ("T1", "CSECRET"), ("T2", WORKSPACE), ("T1", WORKSPACE)):
        await log(store, team, seen)

    def count(visible: Sequence[str] | None, such: str = "", **values: object) -> int:
        counted = DECISIONS.count(store.reader, "T1", visible, such, **values)
        assert counted == len(DECISIONS.find(store.reader, "T1", visible, such, **values))
        return counted

    assert [count(visible) for visible in (None, [WORKSPACE], ["CSECRET"], [])] == [3, 2, 1, 0]
    assert count(None, "AND title = :title", title="CSECRET") == 1
    assert count(None, "LIMIT :most", most=2) == 2
