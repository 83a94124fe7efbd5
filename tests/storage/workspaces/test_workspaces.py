"""Settings, stewards and finished periods, as the store holds them."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from storage import open_store
from storage.engine.interface import Database, Transaction
from storage.workspaces import workspaces
from storage.workspaces.workspaces import Steward
from tests.conftest import on_postgres
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


async def connect(store: Database, name: str = "Harbour") -> bool:
    return await write(store, workspaces.connect_workspace, "T1", name, "U0BOT", NOW)


async def test_connecting_again_keeps_the_settings_and_learns_the_new_name(store: Database) -> None:
    assert await connect(store) is True
    stewards = [Steward(discipline="product", user_id="U1")]
    await write(store, workspaces.choose_settings, "T1", ("product",), "CDATA", stewards)
    assert await connect(store, "New Harbour") is False
    place = workspaces.known_workspace(store.reader, "T1")
    assert (place.name, place.disciplines, place.data_channel) == ("New Harbour", ("product",), "CDATA")
    assert workspaces.stewards_of(store.reader, "T1") == stewards


async def test_a_workspace_that_never_connected_is_not_known(store: Database) -> None:
    with pytest.raises(LookupError, match="T9 has not connected"):
        workspaces.known_workspace(store.reader, "T9")


async def test_a_period_is_claimed_once_for_each_job(store: Database) -> None:
    async def claim(job: str, period: str) -> bool:
        return await write(store, workspaces.claim_period, "T1", job, period, NOW)

    assert [await claim("tidy", "mon"), await claim("tidy", "mon")] == [True, False]
    assert [await claim("tidy", "tue"), await claim("other", "mon")] == [True, True]
    assert workspaces.is_finished(store.reader, "T1", "tidy", "mon") is True
    assert workspaces.is_finished(store.reader, "T2", "tidy", "mon") is False


async def test_places_are_noted_once(store: Database) -> None:
    await connect(store)
    for channel_id in ("CSECRET", "CSECRET", "COTHER"):
        await write(store, workspaces.note_place, "T1", channel_id)
    assert workspaces.known_workspace(store.reader, "T1").places == ("CSECRET", "COTHER")


@on_postgres
async def test_what_a_replica_decides_by_what_it_read_of_a_workspace_holds_until_it_is_written(
    store: Database, store_url: str
) -> None:
    await connect(store)
    other, is_held, is_done = open_store(store_url), threading.Event(), threading.Event()

    def first(transaction: Transaction) -> None:
        workspaces.hold(transaction, "T1")
        is_held.set()
        while not is_done.is_set() and not transaction.one("SELECT 1 AS found FROM pg_locks WHERE NOT granted"):
            continue
        assert not is_done.is_set()
        workspaces.note_place(transaction, "T1", "C1")

    def second(transaction: Transaction) -> None:
        workspaces.note_place(transaction, "T1", "C2")
        is_done.set()

    begun = asyncio.create_task(store.write(first))
    await asyncio.to_thread(is_held.wait)
    await other.write(workspaces.held("T1", second))
    await begun
    await other.close()
    assert workspaces.known_workspace(store.reader, "T1").places == ("C1", "C2")


@on_postgres
async def test_of_replicas_that_begin_at_once_one_brings_a_workspace(store: Database, store_url: str) -> None:
    others = [open_store(store_url) for _ in range(3)]
    is_new = await asyncio.gather(*(connect(each) for each in (store, *others)))
    for each in others:
        await each.close()
    assert sorted(is_new) == [False, False, False, True]
