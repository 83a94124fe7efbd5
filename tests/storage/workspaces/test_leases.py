"""Leases: one replica at a time follows a workspace's time, and another one once it is silent."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage import open_store
from storage.engine.interface import Database
from storage.workspaces import leases, workspaces
from tests.conftest import on_postgres
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


async def connect(store: Database, *teams: str) -> None:
    for team_id in teams:
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)


@pytest.fixture
async def installed_in_two(store: Database) -> Database:
    await connect(store, "T1", "T2")
    return store


async def test_who_holds_a_lease_keeps_it_and_who_is_silent_loses_it(store: Database) -> None:
    await connect(store, "T1")
    later = NOW + leases.LEASE / 2
    assert await write(store, leases.take, "one", NOW) == ["T1"]
    assert await write(store, leases.take, "two", later) == []
    assert await write(store, leases.take, "one", later) == ["T1"]
    assert await write(store, leases.take, "two", later + leases.LEASE - timedelta(seconds=1)) == []
    assert await write(store, leases.take, "two", later + leases.LEASE) == ["T1"]
    assert await write(store, leases.take, "one", later + leases.LEASE) == []


async def test_each_replica_has_its_share_which_grows_again_where_one_goes(store: Database) -> None:
    await connect(store, "T1", "T2", "T3", "T4", "T5")
    assert await write(store, leases.take, "one", NOW) == ["T1", "T2", "T3", "T4", "T5"]
    assert await write(store, leases.take, "two", NOW) == []
    assert await write(store, leases.take, "one", NOW) == ["T1", "T2", "T3"]
    assert await write(store, leases.take, "two", NOW) == ["T4", "T5"]
    assert await write(store, leases.take, "three", NOW) == []
    assert await write(store, leases.take, "one", NOW) == ["T1", "T2"]
    assert await write(store, leases.take, "three", NOW) == ["T3"]
    await connect(store, "T0")
    assert await write(store, leases.take, "two", NOW) == ["T4", "T5"]
    assert await write(store, leases.take, "three", NOW) == ["T0", "T3"]
    await write(store, leases.give_back, "one")
    assert await write(store, leases.take, "three", NOW) == ["T0", "T1", "T3"]
    later = NOW + leases.LEASE
    assert await write(store, leases.take, "two", later) == ["T0", "T1", "T2", "T3", "T4", "T5"]


async def test_a_replica_lives_until_its_lease_has_ended_and_one_that_was_stopped_does_not(store: Database) -> None:
    await write(store, leases.take, "one", NOW)
    assert leases.is_any_alive(store.reader, NOW + leases.LEASE - timedelta(seconds=1))
    assert not leases.is_any_alive(store.reader, NOW + leases.LEASE)
    assert not leases.is_any_alive(store.reader, NOW - timedelta(days=2))
    await write(store, leases.give_back, "one")
    assert not leases.is_any_alive(store.reader, NOW)


async def test_what_is_given_back_is_free_at_once(installed_in_two: Database) -> None:
    await write(installed_in_two, leases.take, "one", NOW)
    await write(installed_in_two, leases.give_back, "one")
    assert await write(installed_in_two, leases.take, "two", NOW) == ["T1", "T2"]


async def test_a_lease_that_a_clock_took_which_was_days_ahead_is_free(installed_in_two: Database) -> None:
    await write(installed_in_two, leases.take, "one", NOW + timedelta(days=2))
    assert await write(installed_in_two, leases.take, "two", NOW) == ["T1", "T2"]


@on_postgres
async def test_replicas_that_take_at_once_share_all_and_none_twice(store: Database, store_url: str) -> None:
    await connect(store, *(f"T{number:02}" for number in range(20)))
    others = [open_store(store_url) for _ in range(3)]
    for _ in range(4):
        taken = await asyncio.gather(*(write(each, leases.take, f"r{id(each)}", NOW) for each in others))
    for each in others:
        await each.close()
    assert sorted(team_id for each in taken for team_id in each) == [f"T{number:02}" for number in range(20)]
    assert sorted(len(each) for each in taken) == [6, 7, 7]
