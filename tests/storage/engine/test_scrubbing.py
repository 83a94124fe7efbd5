"""What was deleted or overwritten is gone from the files too, once they are scrubbed."""

from pathlib import Path

import pytest

from storage import open_store
from storage.engine.interface import StoreUnavailableError, Transaction
from storage.engine.sqlite_connection import connect
from storage.glossary.changes import add_senses
from storage.glossary.glossary import NewSense
from storage.glossary.search import senses_about
from tests.handlers.data_requests.playing import TEAM
from tests.storage.engine.test_sqlite import NOW
from tests.writing import write

MARKER = "hunter2000"


def bytes_beside(path: Path) -> bytes:
    """Return all that stands in the file of a store and in those beside it."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


def words(number: int) -> NewSense:
    told = MARKER if number % 7 == 0 else "a ship"
    return NewSense(word=f"word {number}", discipline="product", gloss=f"{told} {number}", definition=f"{told} " * 100)


def _forget(transaction: Transaction) -> None:
    transaction.run("UPDATE senses SET gloss = '', definition = '' WHERE gloss LIKE 'hunter%'")
    transaction.run("DELETE FROM sense_versions")


async def test_what_was_deleted_is_in_no_file_and_what_stays_is_still_found(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = open_store(f"sqlite:///{path}")
    await write(store, add_senses, TEAM, [words(number) for number in range(300)], NOW)
    assert MARKER.encode() in bytes_beside(path)
    await store.write(_forget)
    assert MARKER.encode() in bytes_beside(path)
    await store.scrub()
    assert MARKER.encode() not in bytes_beside(path)
    found = await store.search(lambda reader: senses_about(reader, TEAM, ["ship", "299"], ["workspace"], 1))
    assert [each.word for each in found] == ["word 299"]
    await store.close()


async def test_whoever_still_reads_what_was_deleted_makes_it_an_outage_to_be_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = open_store(f"sqlite:///{path}")
    await write(store, add_senses, TEAM, [words(0)], NOW)
    other = connect(str(path), read_only=True)
    other.execute("BEGIN")
    other.execute("SELECT 1 FROM senses").fetchall()
    await store.write(lambda transaction: transaction.run("DELETE FROM sense_versions"))
    with pytest.raises(StoreUnavailableError, match=r"still reads|locked"):
        await store.scrub()
    other.close()
    await store.scrub()
    await store.close()
