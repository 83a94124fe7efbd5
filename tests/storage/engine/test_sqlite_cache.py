"""What a large write needed of memory is given back once it is done, and writing the file anew needs little."""

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


def library() -> ctypes.CDLL:
    """Return the SQLite that the store uses, with its figures for this whole process."""
    return ctypes.CDLL(sys.modules[sqlite3.connect.__module__].__file__ or "")


def kept() -> int:
    """Return how many bytes of pages SQLite keeps in memory."""
    now, most = ctypes.c_int(), ctypes.c_int()
    library().sqlite3_status(_PAGES, ctypes.byref(now), ctypes.byref(most), 0)
    return now.value


def most_used(*, is_over: bool) -> int:
    """Return how many bytes SQLite has had at one time; begin anew where that ``is_over``."""
    it = library()
    it.sqlite3_memory_highwater.restype = ctypes.c_int64
    return int(it.sqlite3_memory_highwater(is_over))


def made_up(number: int) -> NewSense:
    told = f"the {number * 7919}th thing that somebody wrote down about it"
    return NewSense(word=f"word {number}", discipline="data science", gloss=told, definition=told * 5)


def fill(transaction: Transaction) -> int:
    workspaces.connect_workspace(transaction, "T1", "Harbour", "U0BOT", START)
    add_senses(transaction, "T1", [made_up(number) for number in range(4_000)], START)
    return kept()


async def test_a_large_write_leaves_few_pages_in_memory(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    before = kept()
    assert await store.write(fill) - before > 4 * _MIB
    assert kept() - before < 2.5 * _MIB
    await store.close()


async def test_to_write_the_file_anew_takes_little_more_memory_than_the_copy(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    store = open_store(f"sqlite:///{path}")
    await store.write(fill)
    await store.scrub(is_quiet=True)
    size = path.stat().st_size
    most_used(is_over=True)
    before = most_used(is_over=False)
    assert await store.scrub(is_quiet=True)
    assert size > 6 * _MIB
    assert most_used(is_over=False) - before < 1.5 * size
    await store.close()
