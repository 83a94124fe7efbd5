"""Leases: one replica at a time follows a workspace's time, and another one once it is silent."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.interface import Database
from storage.workspaces import leases, workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
async def installed_in_two(store: Database) -> Database:
    for team_id in ("T1", "T2"):
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)
    return store


async def test_who_holds_a_lease_keeps_it_and_who_is_silent_loses_it(installed_in_two: Database) -> None:
    store, later = installed_in_two, NOW + leases.LEASE / 2
    assert await write(store, leases.take, "one", NOW) == ["T1", "T2"]
    assert await write(store, leases.take, "two", NOW) == []
    await write(store, workspaces.connect_workspace, "T3", "Quay", "U0BOT", NOW)
    assert await write(store, leases.take, "two", later) == ["T3"]
    assert await write(store, leases.take, "one", later) == ["T1", "T2"]
    assert await write(store, leases.take, "two", later + leases.LEASE - timedelta(seconds=1)) == ["T3"]
    assert await write(store, leases.take, "two", later + leases.LEASE) == ["T1", "T2", "T3"]


async def test_what_is_given_back_is_free_at_once(installed_in_two: Database) -> None:
    await write(installed_in_two, leases.take, "one", NOW)
    await write(installed_in_two, leases.give_back, "one")
    assert await write(installed_in_two, leases.take, "two", NOW) == ["T1", "T2"]


async def test_a_lease_that_a_clock_took_which_was_days_ahead_is_free(installed_in_two: Database) -> None:
    await write(installed_in_two, leases.take, "one", NOW + timedelta(days=2))
    assert await write(installed_in_two, leases.take, "two", NOW) == ["T1", "T2"]
