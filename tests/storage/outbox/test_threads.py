"""Threads of the bot's own: where each stands once it is there, and what Slack minds about it until it does not."""

import pytest

from storage.engine.interface import Database
from storage.outbox import deliveries, threads
from storage.outbox.threads import Ending, Thread
from tests.writing import write

THREAD = Thread(id="1", team_id="T1", channel="C1", opener="first", about="R")


@pytest.fixture(autouse=True)
async def opened(store: Database) -> None:
    await write(store, threads.add, THREAD)


async def end(store: Database, delivery_id: str, ts: str = "", problem: str = "") -> Thread:
    ending = Ending(delivery_id=delivery_id, thread=THREAD.id, ts=ts, problem=problem)
    await write(store, threads.note_endings, [ending])
    found = threads.thread(store.reader, THREAD.id)
    assert found is not None
    return found


async def test_a_thread_stands_where_its_first_message_is(store: Database) -> None:
    assert threads.thread(store.reader, "none") is None
    assert threads.at(store.reader, "T1", "C1", "") is None
    assert await end(store, "second", "2.0") == THREAD
    assert (await end(store, "first", "1.0")).ts == "1.0"
    assert threads.at(store.reader, "T1", "C1", "1.0") == THREAD.model_copy(update={"ts": "1.0"})
    assert threads.at(store.reader, "T2", "C1", "1.0") is None


async def test_a_problem_is_told_once_and_is_none_once_a_message_arrives(store: Database) -> None:
    await end(store, "second", problem="is_archived")
    broken = await end(store, "third", problem="not_in_channel")
    assert broken.problem == "is_archived"
    assert threads.broken(store.reader, "T1") == [broken]
    assert threads.broken(store.reader, "T2") == []
    await write(store, threads.note_told, [broken])
    assert threads.broken(store.reader, "T1") == []
    assert (await end(store, "fourth", "4.0")).problem == ""
    assert threads.broken(store.reader, "T1") == []
    again = await end(store, "fifth", problem="is_archived")
    assert threads.broken(store.reader, "T1") == [again]


async def test_a_thread_that_was_not_open_when_the_app_went_is_told_of_and_one_that_was_is_not(store: Database) -> None:
    await end(store, "first", "1.0")
    unopened = THREAD.model_copy(update={"id": "t2", "opener": "other"})
    elsewhere = unopened.model_copy(update={"id": "t3", "team_id": "T2"})
    for each in (unopened, elsewhere):
        await write(store, threads.add, each)
    await write(store, deliveries.end_open, "T1", deliveries.UNINSTALLED)
    assert threads.broken(store.reader, "T1") == [unopened.model_copy(update={"problem": deliveries.UNINSTALLED})]
    assert threads.broken(store.reader, "T2") == []
