"""What many tasks have to write, written together: each is told once it is on disk, or why it is not."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.outbox.write_batching import WriteBatching
from storage.engine.interface import Database, Transaction
from storage.workspaces.workspaces import all_workspaces, connect_workspace
from tests.conftest import START


class Connecting:
    """Connects workspaces by their ids, and remembers which came together."""

    def __init__(self) -> None:
        self.together: list[list[str]] = []

    def __call__(self, transaction: Transaction, team_ids: Sequence[str]) -> None:
        self.together.append(list(team_ids))
        for team_id in team_ids:
            connect_workspace(transaction, team_id, "Harbour", "U0BOT", START)
            if team_id == "TBROKEN":
                raise RuntimeError("a bug")


def known(store: Database) -> list[str]:
    return [each.team_id for each in all_workspaces(store.reader)]


async def test_what_comes_up_at_the_same_time_is_written_at_once(store: Database) -> None:
    gathering = WriteBatching(store, change := Connecting())
    await asyncio.gather(*(gathering.put(f"T{number}") for number in range(3)))
    assert (change.together, known(store)) == ([["T0", "T1", "T2"]], ["T0", "T1", "T2"])


async def test_what_comes_up_while_a_write_is_on_its_way_waits_for_the_next(store: Database) -> None:
    gathering = WriteBatching(store, change := Connecting())
    first = asyncio.create_task(gathering.put("T1"))
    for _begun in ("waiting for a write", "writing"):
        await asyncio.sleep(0)
    await asyncio.gather(gathering.put("T2"), gathering.put("T3"), first)
    assert (change.together, known(store)) == ([["T1"], ["T2", "T3"]], ["T1", "T2", "T3"])


async def test_a_write_that_fails_is_told_to_each_of_it_and_the_next_one_is_not_touched(store: Database) -> None:
    gathering = WriteBatching(store, Connecting())
    told = await asyncio.gather(gathering.put("T1"), gathering.put("TBROKEN"), return_exceptions=True)
    assert ([str(each) for each in told], known(store)) == (["a bug", "a bug"], [])
    await gathering.put("T2")
    assert known(store) == ["T2"]


async def test_who_does_not_wait_any_longer_takes_no_other_with_them(store: Database) -> None:
    gathering = WriteBatching(store, Connecting())
    leaving, staying = (asyncio.create_task(gathering.put(each)) for each in ("T1", "T2"))
    await asyncio.sleep(0)
    leaving.cancel()
    await staying
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert known(store) == ["T1", "T2"]
