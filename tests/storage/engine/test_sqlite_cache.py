"""What a large write needed of memory is given back once it is done."""

import ctypes
import sys
from pathlib import Path

from storage import open_store
from storage.engine.interface import Transaction
from storage.engine.sqlite_connection import sqlite3
from storage.glossary.changes import add_senses
from storage.glossary.glossary import NewSense
from storage.workspaces import workspaces
from tests.conftest import START

#: As SQLite numbers it: https://sqlite.org/c3ref/c_status_malloc_count.html
_PAGES = 2
_MIB = 2**20


def kept() -> int:
    """Return how many bytes of pages SQLite keeps in memory, in this whole process."""
    library = ctypes.CDLL(sys.modules[sqlite3.connect.__module__].__file__ or "")
    now, most = ctypes.c_int(), ctypes.c_int()
    library.sqlite3_status(_PAGES, ctypes.byref(now), ctypes.byref(most), 0)
    return now.value


def made_up(number: int) -> NewSense:
    told = f"the {number * 7919}th thing that somebody wrote down about it"
    return NewSense(word=f"word {number}", discipline="data science", gloss=told, definition=told * 5)


async def test_a_large_write_leaves_few_pages_in_memory(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    before = kept()

    def fill(transaction: Transaction) -> int:
        workspaces.connect_workspace(transaction, "T1", "Harbour", "U0BOT", START)
        add_senses(transaction, "T1", [made_up(number) for number in range(4_000)], START)
        return kept() - before

    assert await store.write(fill) > 4 * _MIB
    assert kept() - before < 2.5 * _MIB
    await store.close()
