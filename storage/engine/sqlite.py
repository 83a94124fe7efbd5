"""The embedded engine: SQLite in WAL mode, one writer thread that commits in groups, one thread for searches.

Several connections that reset the write-ahead log can corrupt a file before SQLite 3.51.3
(https://sqlite.org/wal.html#walresetbug), so only the writer checkpoints; `pysqlite3` brings a newer SQLite where it
is installed, and sqlite-utils prefers it.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar, cast

import sqlite_utils

from storage.engine.interface import Reader, StoreError, StoreUnavailableError, Transaction
from storage.engine.memory import Shared
from storage.engine.sqlite_backup import finish_restore
from storage.engine.sqlite_connection import SqliteConnection, connect, sqlite3
from storage.engine.sqlite_files import OWNERS, Place, check_log, check_pages, hold, mark
from storage.engine.sqlite_scrubbing import indexes, merge_some, scrub
from storage.engine.sqlite_writer import SqliteUnit
from storage.engine.writer import Write, Writer
from storage.migrations import MIGRATIONS, step_names

P = ParamSpec("P")
T = TypeVar("T")


#: So much of what was read or written stays in memory; files are mapped, so that more of it would be there twice.
_CACHED_KIBIBYTES = 2_000
#: A write keeps so many pages until it is committed: what a chunk of an import changes, of which none is written twice.
_PAGES_OF_A_WRITE = 4_000
#: So many writes are committed as one group at most.
_GROUP_LIMIT = 512
#: So much of the log stays once nobody reads what was before.
_LOG_BYTES = 64 * 2**20
_SENTENCES = {
    "SQLITE_NOTADB": "is not a database; name another file in DATABASE_URL",
    "SQLITE_CORRUPT": "is damaged; restore a backup by `common-ground restore`, or name another file in DATABASE_URL",
    "SQLITE_READONLY": "cannot be written by this user; change the rights of the file and its folder",
    "SQLITE_CANTOPEN": "cannot be opened by this user; change the rights of the file and its folder",
    "SQLITE_FULL": "has no room left on its disk; make room there",
    "SQLITE_IOERR_WRITE": "cannot be written to its disk; look at the disk and its limits",
    "SQLITE_BUSY": "is locked by another process; stop that process first",
}


class SqliteDatabase:
    """A store in one SQLite file."""

    is_shared = False

    def __init__(self, path: str, writing: sqlite3.Connection, lock: int | None) -> None:
        self._path = path
        self._lock = lock
        shared = Shared()
        self._reader = SqliteConnection(connect(path, read_only=True), shared)
        self._searcher = SqliteConnection(connect(path, read_only=True), shared)
        self._writer = Writer(SqliteUnit(SqliteConnection(writing, shared), Place(path)), _GROUP_LIMIT)
        self._writing = writing
        self._is_closed = False
        self._search_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-search")

    def of(self, team_id: str) -> Self:  # noqa: ARG002 - nothing in a file hides a row from who can read it
        return self

    @property
    def reader(self) -> Reader:
        self._check_open()
        return self._reader

    @property
    def log_bytes(self) -> int:
        try:
            return Path(f"{self._path}-wal").stat().st_size
        except OSError:
            return 0

    def _check_open(self) -> None:
        """Refuse what comes too late: to use a connection that another thread closes would end the process."""
        if self._is_closed:
            raise StoreUnavailableError("the store is closed")

    async def read(self, question: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return question(self.reader, *args, **kwargs)

    async def write(self, change: Callable[[Transaction], T]) -> T:
        return cast("T", await self._submit(Write(change, asyncio.get_running_loop())))

    async def probe(self) -> None:
        await self.write(lambda _: None)

    async def scrub(self, *, is_quiet: bool) -> bool:
        for index in indexes(self.reader):
            is_first = True
            while await self.write(partial(merge_some, index=index, is_first=is_first)):
                is_first = False
        alone = Write(partial(scrub, is_quiet=is_quiet), asyncio.get_running_loop(), is_alone=True)
        return cast("bool", await self._submit(alone))

    def _submit(self, write: Write) -> asyncio.Future[object]:
        self._check_open()
        self._writer.submit(write)
        return write.future

    async def search(self, question: Callable[[Reader], T]) -> T:
        self._check_open()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._search_thread, question, self._searcher)

    async def close(self) -> None:
        self._is_closed = True
        await asyncio.get_running_loop().run_in_executor(None, self._close)

    def _close(self) -> None:
        self._search_thread.shutdown()
        self._reader.connection.close()
        self._searcher.connection.close()
        self._writer.stop()
        self._writing.close()
        if self._lock is not None:
            os.close(self._lock)


def check_place(path: str) -> None:
    """Raise StoreError where no database can be, or nobody may look."""
    try:
        if not Path(path).parent.is_dir():
            raise StoreError(f"the folder of the database {path} does not exist; make it, or change DATABASE_URL")
        if Path(path).is_dir():
            raise StoreError(f"the database {path} is a folder; name a file in it, in DATABASE_URL")
        is_possible = Path(path).exists() or os.access(Path(path).parent, os.W_OK)
    except PermissionError:
        is_possible = False
    if not is_possible:
        raise StoreError(f"the database {path} {_SENTENCES['SQLITE_CANTOPEN']}")


def open_sqlite(path: str, *, is_alone: bool = False) -> SqliteDatabase:
    """Open or create the file, migrate it, and start its threads. Raises StoreError.

    Who works ``is_alone`` holds the file's lock, and looks for damage first.
    """
    lock = None
    try:
        check_place(path)
        finish_restore(path)
        lock = hold(path) if is_alone else None
        _keep_private(Path(path))
        check_log(path)
        if is_alone:
            check_pages(path)
        writing = connect(path, read_only=False)
        _prepare(writing, path)
        return SqliteDatabase(path, writing, lock)
    except (sqlite3.Error, OSError, StoreError) as error:
        if lock is not None:
            os.close(lock)
        raise _in_plain_words(path, error) from error


def _keep_private(path: Path) -> None:
    """Make the file, and those beside it, their owner's alone; SQLite makes new ones beside it as the file is."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNERS))
        for each in (path, *path.parent.glob(f"{path.name}-*")):
            each.chmod(OWNERS)


def _prepare(connection: sqlite3.Connection, path: str) -> None:
    database = sqlite_utils.Database(connection)
    applied = [step.name for step in MIGRATIONS.applied(database)]
    if unknown := [name for name in applied if name not in step_names()]:
        message = (
            f"the database {path} was made by a newer Common Ground (step {unknown[-1]}); "
            "install that version, or name another file in DATABASE_URL"
        )
        raise StoreError(message)
    mark(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
    connection.execute(f"PRAGMA cache_size = -{_CACHED_KIBIBYTES}")
    connection.execute(f"PRAGMA cache_spill = {_PAGES_OF_A_WRITE}")
    MIGRATIONS.apply(database)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _in_plain_words(path: str, error: Exception) -> StoreError:
    if isinstance(error, StoreError):
        return error
    name = "SQLITE_CANTOPEN" if isinstance(error, PermissionError) else getattr(error, "sqlite_errorname", "")
    for prefix, sentence in _SENTENCES.items():
        if name.startswith(prefix):
            return StoreError(f"the database {path} {sentence}")
    return StoreError(f"the database {path} cannot be opened: {error}")
