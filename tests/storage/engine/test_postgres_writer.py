"""A process that is stopped in the middle of a large write keeps nobody waiting for longer than some seconds."""

import asyncio
import threading
from collections import UserDict
from collections.abc import Mapping, Sequence
from functools import partial

import pytest

from storage import open_store
from storage.engine import postgres_writer
from storage.engine.interface import Database, StoreUnavailableError, Transaction
from storage.engine.statements import insert
from tests.conftest import on_postgres
from tests.writing import write

ANA = {"team_id": "T1", "discipline": "product", "user_id": "UANA"}


class Stopping(UserDict[str, object]):
    """A row of which the values come only once they may, as when a process is stopped before it gives them."""

    def __init__(self, row: Mapping[str, object]) -> None:
        super().__init__(row)
        self.is_stopped, self.may_go_on = threading.Event(), threading.Event()

    def __getitem__(self, name: str) -> object:
        self.is_stopped.set()
        self.may_go_on.wait(10)
        return super().__getitem__(name)


def _write_all(transaction: Transaction, rows: Sequence[Mapping[str, object]]) -> None:
    transaction.run("UPDATE stewards SET discipline = 'mine'")
    transaction.run_many(
        "INSERT INTO stewards (team_id, discipline, user_id) VALUES (:team_id, :discipline, :user_id)", rows
    )


def _rename(transaction: Transaction) -> int:
    transaction.run("SET LOCAL lock_timeout = '100ms'")
    return transaction.run("UPDATE stewards SET discipline = 'others'")


@on_postgres
async def test_one_that_stands_still_in_the_middle_of_many_rows_is_ended_by_who_waits_for_them(
    store: Database, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(store, insert, "stewards", ANA)
    rows: list[Mapping[str, object]] = [{**ANA, "discipline": f"discipline {number}"} for number in range(5000)]
    other, last = open_store(store_url), Stopping({**ANA, "discipline": "last"})
    standing = asyncio.create_task(other.write(partial(_write_all, rows=[*rows, last])))
    await asyncio.to_thread(last.is_stopped.wait, 10)
    with pytest.raises(StoreUnavailableError, match="lost to others 5 times"):
        await store.write(_rename)
    monkeypatch.setattr(postgres_writer, "STANDS_STILL", 0)
    assert await store.write(_rename) == 1
    last.may_go_on.set()
    with pytest.raises(StoreUnavailableError, match="terminat"):
        await standing
    # It is over for that change alone.
    assert await other.write(lambda transaction: transaction.run("UPDATE stewards SET discipline = 'again'")) == 1
    await other.close()
    assert [row["discipline"] for row in store.reader.all("SELECT discipline FROM stewards")] == ["again"]
