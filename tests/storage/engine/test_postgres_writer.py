"""A process that is stopped in the middle of a large write keeps nobody waiting for longer than some seconds."""

import asyncio
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from storage import open_store
from storage.engine import postgres_writer
from storage.engine.interface import Database, StoreUnavailableError, Transaction
from storage.engine.statements import insert
from tests.conftest import on_postgres
from tests.writing import write

ANA = {"team_id": "T1", "discipline": "product", "user_id": "UANA"}


class Stopping(list[list[str]]):
    """Rows of which the last ones come only once they may, as when a process is stopped before it gives them."""

    def __init__(self) -> None:
        super().__init__([["T1", f"discipline {number}", "UANA"] for number in range(5000)])
        self.is_stopped, self.may_go_on = threading.Event(), threading.Event()

    def __iter__(self) -> Iterator[list[str]]:
        for number, each in enumerate(super().__iter__()):
            if number == len(self) // 2:
                self.is_stopped.set()
                self.may_go_on.wait(10)
            yield each


def _write_all(transaction: Transaction, rows: Stopping) -> int:
    transaction.run("UPDATE stewards SET discipline = 'mine'")
    return transaction.run_rows("INSERT INTO stewards (team_id, discipline, user_id)", rows, "")


def _rename(transaction: Transaction) -> int:
    transaction.run("SET LOCAL lock_timeout = '100ms'")
    return transaction.run("UPDATE stewards SET discipline = 'others'")


@on_postgres
async def test_one_that_stands_still_in_the_middle_of_many_rows_is_ended_by_who_waits_for_them(
    store: Database, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(store, insert, "stewards", ANA)
    other, rows = open_store(store_url), Stopping()
    standing = asyncio.create_task(other.write(partial(_write_all, rows=rows)))
    await asyncio.to_thread(rows.is_stopped.wait, 10)
    with pytest.raises(StoreUnavailableError, match="lost to others 5 times"):
        await store.write(_rename)
    monkeypatch.setattr(postgres_writer, "STANDS_STILL", 0)
    assert await store.write(_rename) == 1
    rows.may_go_on.set()
    with pytest.raises(StoreUnavailableError, match="terminat"):
        await standing
    # It is over for that change alone.
    assert await other.write(lambda transaction: transaction.run("UPDATE stewards SET discipline = 'again'")) == 1
    await other.close()
    assert [row["discipline"] for row in store.reader.all("SELECT discipline FROM stewards")] == ["again"]
