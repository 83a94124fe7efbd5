"""Messages that ask for something are written anew once it is done, also while another replica begins to send one."""

import asyncio
import threading

from storage import open_store
from storage.engine.interface import Database, Transaction, to_text
from storage.outbox import asks, deliveries
from tests.conftest import on_postgres
from tests.storage.outbox.test_deliveries import LEASE, NOW, a_post
from tests.writing import write


@on_postgres
async def test_what_another_replica_begins_to_send_at_that_moment_is_read_again(
    store: Database, store_url: str
) -> None:
    post = a_post().model_copy(update={"asks": "r1"})
    await write(store, deliveries.add, [post])
    other, is_read, is_taken = open_store(store_url), threading.Event(), threading.Event()
    found: list[str] = []

    def settle(transaction: Transaction) -> None:
        (said,) = asks.asking(transaction, "T1", ["r1"])
        found.append(said.state)
        is_read.set()
        is_taken.wait()
        asks.rewrite(transaction, [said.model_copy(update={"body": {"text": "done"}})])

    settling = asyncio.create_task(store.write(settle))
    await asyncio.to_thread(is_read.wait)
    assert await write(other, deliveries.take, post, NOW, LEASE)
    is_taken.set()
    await settling
    await other.close()
    assert found == ["waiting", "sending"]
    kept = deliveries.delivery(store.reader, post.id)
    assert kept is not None
    assert (kept.state, kept.not_before, kept.body) == ("sending", to_text(NOW + LEASE), {"text": "done"})
