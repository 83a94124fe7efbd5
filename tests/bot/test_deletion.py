"""What was uninstalled long ago is deleted, and only that."""

import asyncio
import threading
from datetime import timedelta

from bot.deletion import delete_due, finish
from storage import open_store
from storage.engine.interface import Database, Transaction
from storage.workspaces import deletion, holds
from storage.workspaces.workspaces import all_workspaces, connect_workspace, uninstall
from tests.conftest import START, on_postgres
from tests.writing import write

KEEP = timedelta(days=30)


async def test_a_workspace_goes_once_its_time_is_over_unless_it_is_held_or_came_back(store: Database) -> None:
    for team_id in ("TGONE", "THELD", "TBACK", "TACTIVE"):
        await write(store, connect_workspace, team_id, "Harbour", "U0BOT", START)
    for team_id in ("TGONE", "THELD", "TBACK"):
        await write(store, uninstall, team_id, START)
    await write(store, holds.put_on_hold, "THELD", "UCHLOE", START)
    await write(store, connect_workspace, "TBACK", "Harbour", "U0BOT", START)
    await delete_due(store, KEEP, START + KEEP - timedelta(seconds=1))
    assert len(all_workspaces(store.reader)) == 4
    await delete_due(store, KEEP, START + KEEP)
    await delete_due(store, KEEP, START + KEEP)
    assert [each.team_id for each in all_workspaces(store.reader)] == ["TACTIVE", "TBACK", "THELD"]


async def test_without_a_period_it_goes_at_once(store: Database) -> None:
    await write(store, connect_workspace, "TGONE", "Harbour", "U0BOT", START)
    await delete_due(store, timedelta(), START)
    assert len(all_workspaces(store.reader)) == 1
    await write(store, uninstall, "TGONE", START)
    await delete_due(store, timedelta(), START)
    assert all_workspaces(store.reader) == []


@on_postgres
async def test_a_workspace_that_comes_back_at_that_moment_stays(store: Database, store_url: str) -> None:
    await write(store, connect_workspace, "TBACK", "Harbour", "U0BOT", START)
    await write(store, uninstall, "TBACK", START)
    other, is_back = open_store(store_url), threading.Event()

    def come_back(transaction: Transaction) -> None:
        connect_workspace(transaction, "TBACK", "Harbour", "U0BOT", START)
        is_back.set()
        while not deleting.done() and not transaction.one("SELECT 1 AS found FROM pg_locks WHERE NOT granted"):
            continue

    coming = asyncio.create_task(other.write(come_back))
    deleting = asyncio.create_task(_delete_once(is_back, store))
    await asyncio.gather(coming, deleting)
    await other.close()
    assert [each.team_id for each in all_workspaces(store.reader)] == ["TBACK"]


async def _delete_once(is_back: threading.Event, store: Database) -> None:
    await asyncio.to_thread(is_back.wait)
    await delete_due(store, KEEP, START + KEEP)


async def test_what_is_not_being_deleted_is_left_alone(store: Database) -> None:
    await write(store, connect_workspace, "T1", "Harbour", "U0BOT", START)
    await finish(store, "T1")
    assert deletion.counts(store.reader, "T1") == {"workspaces": 1}
