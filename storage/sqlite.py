"""The embedded engine: SQLite in WAL mode, one writer thread that commits in groups, one thread for searches.

Several connections that reset the write-ahead log can corrupt a file before SQLite 3.51.3
(https://sqlite.org/wal.html#walresetbug), so only the writer checkpoints; `pysqlite3` brings a newer SQLite where it
is installed, and sqlite-utils prefers it.
"""

import asyncio
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar, cast

import sqlite_utils

from storage.database import Reader, StoreError, StoreUnavailableError, Transaction
from storage.migrations import MIGRATIONS, step_names

# sqlite-utils has chosen between the standard library's SQLite and the newer one of pysqlite3; use the same.
if TYPE_CHECKING:
    import sqlite3
else:
    sqlite3 = sqlite_utils.utils.sqlite3

T = TypeVar("T")

_LOCK_WAIT_MS = 3000
_GROUP_LIMIT = 512
_STATEMENTS_KEPT = 256
_REMEMBERED = 5000
_MAPPED_BYTES = 256 * 2**20

_SENTENCES = {
    "SQLITE_NOTADB": "is not a database; name another file in DATABASE_URL",
    "SQLITE_CORRUPT": "is damaged; restore it from a backup, or name another file in DATABASE_URL",
    "SQLITE_READONLY": "cannot be written by this user; change the rights of the file and its folder",
    "SQLITE_CANTOPEN": "cannot be opened by this user; change the rights of the file and its folder",
    "SQLITE_BUSY": "is locked by another process; stop that process first",
}
_OUTAGES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
}


class SqliteConnection:
    """One connection, as reader and as transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._memory: dict[Hashable, tuple[object, object]] = {}

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        return self._rows(sql, values)

    def one(self, sql: str, **values: object) -> dict[str, Any] | None:
        rows = self._rows(sql, values)
        return rows[0] if rows else None

    def remember(self, name: Hashable, revision: object, build: Callable[[], T]) -> T:
        kept = self._memory.get(name)
        if kept is None or kept[0] != revision:
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            kept = self._memory[name] = (revision, build())
        return cast("T", kept[1])

    def run(self, sql: str, **values: object) -> int:
        try:
            return self.connection.execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise _outage_or_bug(error) from error

    def run_many(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        try:
            self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise _outage_or_bug(error) from error

    def _rows(self, sql: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
        try:
            cursor = self.connection.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except sqlite3.Error as error:
            raise _outage_or_bug(error) from error


class Write:
    """One queued change and the future that waits for it to be on disk."""

    def __init__(self, change: Callable[[Transaction], object], loop: asyncio.AbstractEventLoop) -> None:
        self.change = change
        self.loop = loop
        self.future: asyncio.Future[object] = loop.create_future()
        self.result: object = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        if self.future.cancelled():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class SqliteWriter:
    """The thread that owns the writing connection. What has queued up is committed as one group."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._transaction = SqliteConnection(connection)
        self._connection = connection
        self._queue: SimpleQueue[Write | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, write: Write) -> None:
        self._queue.put(write)

    def stop(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (first := self._queue.get()) is not None:
            group, is_last = self._gather(first)
            self._commit(group)
            _settle(group)
            if is_last:
                return

    def _gather(self, first: Write) -> tuple[list[Write], bool]:
        group = [first]
        while len(group) < _GROUP_LIMIT:
            try:
                write = self._queue.get_nowait()
            except Empty:
                break
            if write is None:
                return group, True
            group.append(write)
        return group, False

    def _commit(self, group: list[Write]) -> None:
        """Commit a group as one; when a change in it fails, each is tried by itself."""
        if self._try(group) is not None and len(group) > 1:
            for write in group:
                self._commit([write])

    def _try(self, group: list[Write]) -> BaseException | None:
        attempt = Attempt(self._connection)
        if attempt.begin():
            with attempt:
                for write in group:
                    write.result = write.change(self._transaction)
        for write in group:
            write.error = attempt.error
        return attempt.error


class Attempt:
    """One transaction, and what went wrong in it as a value, for the caller of the change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.error: BaseException | None = None

    def begin(self) -> bool:
        self.error = self._run("BEGIN IMMEDIATE")
        return self.error is None

    def __enter__(self) -> None:
        """Enter after ``begin``."""

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _traceback: TracebackType | None
    ) -> bool:
        self.error = error or self._run("COMMIT")
        if self.error is not None and self._connection.in_transaction:
            self._run("ROLLBACK")
        return True

    def _run(self, statement: str) -> Exception | None:
        try:
            self._connection.execute(statement)
        except sqlite3.Error as error:
            return _outage_or_bug(error)
        return None


def _settle(group: list[Write]) -> None:
    """Wake each waiting loop once for the whole group."""
    for loop in {write.loop for write in group}:
        settled = [write for write in group if write.loop is loop]
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, settled)


def _settle_all(group: list[Write]) -> None:
    for write in group:
        write.settle()


class SqliteDatabase:
    """A store in one SQLite file."""

    def __init__(self, path: str, writing: sqlite3.Connection) -> None:
        self._reader = SqliteConnection(_connect(path, read_only=True))
        self._searcher = SqliteConnection(_connect(path, read_only=True))
        self._writer = SqliteWriter(writing)
        self._writing = writing
        self._search_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-search")

    @property
    def reader(self) -> Reader:
        return self._reader

    async def write(self, change: Callable[[Transaction], T]) -> T:
        write = Write(change, asyncio.get_running_loop())
        self._writer.submit(write)
        return cast("T", await write.future)

    async def search(self, question: Callable[[Reader], T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._search_thread, question, self._searcher)

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._close)

    def _close(self) -> None:
        self._search_thread.shutdown()
        self._reader.connection.close()
        self._searcher.connection.close()
        self._writer.stop()
        self._writing.close()


def open_sqlite(path: str) -> SqliteDatabase:
    """Open or create the file, migrate it, and start its threads. Raises StoreError."""
    if not Path(path).parent.is_dir():
        message = f"the folder of the database {path} does not exist; make it, or change DATABASE_URL"
        raise StoreError(message)
    try:
        writing = _connect(path, read_only=False)
        _prepare(writing, path)
        return SqliteDatabase(path, writing)
    except sqlite3.Error as error:
        raise StoreError(_in_plain_words(path, error)) from error


def _prepare(connection: sqlite3.Connection, path: str) -> None:
    database = sqlite_utils.Database(connection)
    applied = [step.name for step in MIGRATIONS.applied(database)]
    if unknown := [name for name in applied if name not in step_names()]:
        message = (
            f"the database {path} was made by a newer Common Ground (step {unknown[-1]}); "
            "install that version, or name another file in DATABASE_URL"
        )
        raise StoreError(message)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    MIGRATIONS.apply(database)


def _connect(path: str, *, read_only: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        Path(path).absolute().as_uri() + ("?mode=ro" if read_only else ""),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS_KEPT,
    )
    connection.execute(f"PRAGMA busy_timeout = {_LOCK_WAIT_MS}")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection


def _outage_or_bug(error: sqlite3.Error) -> Exception:
    """Tell a disk or a lock that fails from a statement that is wrong."""
    is_outage = getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUTAGES
    return StoreUnavailableError(str(error)) if is_outage else error


def _in_plain_words(path: str, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    for prefix, sentence in _SENTENCES.items():
        if name.startswith(prefix):
            return f"the database {path} {sentence}"
    return f"the database {path} cannot be opened: {error}"
