"""One SQLite connection, and what its errors mean."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlite_utils
from pydantic_core import to_json

from storage.engine.interface import StoreUnavailableError
from storage.engine.memory import Memory, Shared
from storage.engine.parameters import STATEMENTS_KEPT, Dialect, in_groups, numbered
from storage.engine.sqlite_search import matching, matching_each

# sqlite-utils has chosen between the standard library's SQLite and the newer one of pysqlite3; use the same.
if TYPE_CHECKING:
    import sqlite3
else:
    sqlite3 = sqlite_utils.utils.sqlite3

__all__ = ["SqliteConnection", "connect", "outage_or_bug", "sqlite3"]

#: An import switches over in a second or so; Slack waits three.
_LOCK_WAIT_MS = 2500
#: So many rows are written at once, or as many as SQLite takes values in a statement: whoever makes the next rows
#: meanwhile is kept waiting by each. Of fewer, so many, and of few, so many.
_MOST_ROWS, _MOST_VALUES, _FEWER_ROWS = 1000, 32_766, (100, 10, 1)
#: Of a large file so much is read without a call to the system, and more only where SQLite was built for it.
_MAPPED_BYTES = 2 * 2**30

_DIALECT = Dialect("?", "json_each({}) AS {}", lambda listed: to_json(listed).decode())
_OUTAGES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
}


class SqliteConnection(Memory):
    """One connection, as reader and as transaction."""

    #: One process writes, one change after another.
    if_free = once_free = ""

    matching = staticmethod(matching)
    matching_each = staticmethod(matching_each)

    def __init__(self, connection: sqlite3.Connection, shared: Shared) -> None:
        super().__init__(shared)
        self.connection = connection

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        return self._rows(sql, values)

    def one(self, sql: str, **values: object) -> dict[str, Any] | None:
        rows = self._rows(sql, values)
        return rows[0] if rows else None

    def run(self, sql: str, **values: object) -> int:
        try:
            return self.connection.execute(*numbered(sql, values, _DIALECT)).rowcount
        except sqlite3.Error as error:
            raise outage_or_bug(error) from error

    def run_many(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        try:
            self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise outage_or_bug(error) from error

    def run_rows(self, insert: str, rows: Sequence[Sequence[object]], otherwise: str) -> int:
        """Write most rows many at a time: a full-text index is written to the file anew with each statement."""
        width, count = len(rows[0]) if rows else 1, 0
        sizes = (min(_MOST_ROWS, _MOST_VALUES // width), *_FEWER_ROWS)
        try:
            for size, values in in_groups(rows, sizes):
                count += self.connection.execute(insert + _values(width, size) + otherwise, values).rowcount
        except sqlite3.Error as error:
            raise outage_or_bug(error) from error
        return count

    def count_anew(self, *_tables: str) -> None:
        """It goes by the order in which statements name their tables."""

    def _rows(self, sql: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
        try:
            cursor = self.connection.execute(*numbered(sql, values, _DIALECT))
            rows = cursor.fetchall()
            names = [column[0] for column in cursor.description] if rows else []
            return [dict(zip(names, row, strict=True)) for row in rows]
        except sqlite3.Error as error:
            raise outage_or_bug(error) from error


@lru_cache(maxsize=100)
def _values(width: int, rows: int) -> str:
    one = f"({', '.join('?' * width)})"
    return f" VALUES {', '.join([one] * rows)}"


def connect(path: str, *, read_only: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        Path(path).absolute().as_uri() + ("?mode=ro" if read_only else ""),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS_KEPT,
    )
    connection.execute(f"PRAGMA busy_timeout = {_LOCK_WAIT_MS}")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return connection


def outage_or_bug(error: sqlite3.Error) -> Exception:
    """Tell a disk or a lock that fails from a statement that is wrong."""
    is_outage = getattr(error, "sqlite_errorcode", 0) & 0xFF in _OUTAGES
    return StoreUnavailableError(str(error)) if is_outage else error
