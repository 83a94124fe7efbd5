"""The log of writes: what it grows to while somebody reads is seen, and is given back afterwards."""

import sys
from asyncio.subprocess import PIPE, create_subprocess_exec
from pathlib import Path

from storage import open_store
from storage.engine.interface import Transaction
from storage.workspaces import preferences
from tests.writing import write

#: As much of the log as stays, in bytes.
_KEPT = 64 * 2**20
_READS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("BEGIN")
connection.execute("SELECT count(*) FROM preferences").fetchone()
print("reads", flush=True)
sys.stdin.read()
"""


def write_much(transaction: Transaction) -> None:
    for number in range(9):
        preferences.choose(transaction, "T1", f"U{number}", "words", "x" * 2**23)


async def test_a_log_grows_while_somebody_reads_and_is_cut_once_nobody_does(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    reading = await create_subprocess_exec(
        sys.executable, "-c", _READS, str(tmp_path / "store.db"), stdin=PIPE, stdout=PIPE
    )
    assert reading.stdin is not None
    assert reading.stdout is not None
    assert await reading.stdout.readline() == b"reads\n"
    await store.write(write_much)
    await write(store, preferences.choose, "T1", "U1", "words", "few")
    grown = store.log_bytes
    reading.stdin.close()
    await reading.wait()
    for word in ("one", "two"):
        await write(store, preferences.choose, "T1", "U1", "words", word)
    assert grown > _KEPT
    assert store.log_bytes == _KEPT
    await store.close()
    assert store.log_bytes == 0
