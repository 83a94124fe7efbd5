"""How long a look into the outbox keeps the event loop, beside any number of messages that wait in it."""

import statistics
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

from storage import open_store
from storage.engine.interface import Database, Transaction
from storage.outbox import deliveries
from storage.outbox.lanes import BEGIN, due
from tests.bench.table import NOW, Table

_WAITING, _ENDED = 20_000, 20_000
_ROUNDS = 200


async def bench_outbox(table: Table, folder: Path) -> None:
    for lanes in (1, 400, _WAITING):
        store = open_store(f"sqlite:///{folder / f'outbox-{lanes}.db'}")
        await store.write(partial(_fill, lanes))
        _bench_look(table, store, lanes)
        await store.close()


def _fill(lanes: int, transaction: Transaction) -> None:
    posts = [
        deliveries.Delivery(
            act="post",
            team_id="T1",
            visibility="C1",
            lane=f"C{number % lanes:06}",
            body={"text": "hello " * 100},
            state="sent" if number < _ENDED else "waiting",
            **deliveries.due_at_once(NOW, timedelta(days=1)),
        )
        for number in range(_ENDED + _WAITING)
    ]
    deliveries.add(transaction, posts)


def _bench_look(table: Table, store: Database, lanes: int) -> None:
    """Look as the relay does, page by page, beside the read of one row as the floor."""
    looks, floor, after = [], [], BEGIN
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        _, after = due(store.reader, NOW, after)
        looks.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        deliveries.delivery(store.reader, "none")
        floor.append((time.perf_counter() - started) * 1000)
    cuts, least = statistics.quantiles(looks, n=100), statistics.median(floor)
    told = f"p50 {cuts[49]:5.2f} p99 {cuts[98]:5.2f} ms, one row {least:5.3f} ms"
    what = f"a look for due messages, {_WAITING:,} wait in {lanes:,} lanes"
    table.add(what, told, "p99 < 5 ms", p50=cuts[49], p99=cuts[98], floor=least)
