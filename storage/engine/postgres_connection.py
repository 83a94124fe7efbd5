"""One PostgreSQL connection, as reader and as transaction, and what its errors mean."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from psycopg import Connection, RawCursor, errors
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.rows import DictRow, dict_row

from storage.engine.interface import ConflictError, StoreUnavailableError, TakenError
from storage.engine.memory import Memory, Shared
from storage.engine.parameters import STATEMENTS_KEPT, Dialect, in_groups, numbered
from storage.engine.postgres_search import matching, matching_each

#: So long a statement waits for a row that somebody else changes, and a server that doesn't answer is waited for.
_LOCK_WAIT, _CONNECT_SECONDS, _SILENT_MS = "2s", 2, 3000
#: A process that stands still in the middle of a write, or whose machine is lost, keeps others waiting for so long.
STANDS_STILL = 5
#: Up to so many statements go one by one: in the middle of those that go together the server does not count that time,
#: and whoever waits for them does (``postgres_writer.end_who_stands_still``).
_ONE_BY_ONE = 100
#: So many rows are written by one statement, which counts their changes once; more in one make none quicker.
_SIZES = (100, 10, 1)
_DIALECT = Dialect("$", "unnest(CAST({} AS text[])) AS {} (value)", list)
#: What a second run resolves: it lost to somebody else's transaction, or to a row that was just written.
_CONFLICTS = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
)
_OUTAGES = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
)


class PostgresConnection(Memory):
    """One connection, for one thread at a time."""

    if_free, once_free = " FOR UPDATE SKIP LOCKED", " FOR UPDATE"

    matching = staticmethod(matching)
    matching_each = staticmethod(matching_each)

    def __init__(self, connection: Connection[DictRow], shared: Shared) -> None:
        super().__init__(shared)
        self.connection = connection
        self._team_id: str | None = None

    def keep_to(self, team_id: str) -> None:
        """Let there be only the rows of a workspace, or of ``EVERY``, for the policies that each table has."""
        if self._team_id != team_id:
            self.one("SELECT set_config('common_ground.team', :team_id, false) AS team_id", team_id=team_id)
            self._team_id = team_id

    def forget(self) -> None:
        """Forget also what it was kept to: a transaction that did not happen has changed that back."""
        super().forget()
        self._team_id = None

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        try:
            return self._execute(sql, values).fetchall()
        except psycopg.Error as error:
            raise meaning(error) from error

    def one(self, sql: str, **values: object) -> dict[str, Any] | None:
        try:
            return self._execute(sql, values).fetchone()
        except psycopg.Error as error:
            raise meaning(error) from error

    def run(self, sql: str, **values: object) -> int:
        try:
            return self._execute(sql, values).rowcount
        except psycopg.Error as error:
            raise meaning(error) from error

    def run_many(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        listed = list(rows)
        if not listed:
            return
        statement, values = numbered(sql, listed[0], _DIALECT)[0].encode(), (_told(sql, row) for row in listed)
        try:
            with RawCursor(self.connection, row_factory=dict_row) as cursor:
                if len(listed) > _ONE_BY_ONE:
                    cursor.executemany(statement, values)
                    return
                for each in values:
                    cursor.execute(statement, each)
        except psycopg.Error as error:
            raise meaning(error) from error

    def run_rows(self, insert: str, rows: Sequence[Sequence[object]], otherwise: str) -> int:
        width, written = len(rows[0]) if rows else 1, 0
        try:
            with RawCursor(self.connection, row_factory=dict_row) as cursor:
                for size, values in in_groups(rows, _SIZES):
                    written += cursor.execute(_inserting(insert, width, size, otherwise), values).rowcount
        except psycopg.Error as error:
            raise meaning(error) from error
        return written

    def count_anew(self, *tables: str) -> None:
        """Until it has counted by itself, it would sort all that is left of a long list for each part that is read."""
        self.run(f"ANALYZE (SKIP_LOCKED) {', '.join(tables)}")

    def _execute(self, sql: str, values: Mapping[str, object]) -> RawCursor[DictRow]:
        statement, told = numbered(sql, values, _DIALECT)
        cursor = RawCursor(self.connection, row_factory=dict_row)
        return cursor.execute(statement.encode(), told)


def _told(sql: str, row: Mapping[str, object]) -> list[object]:
    return numbered(sql, row, _DIALECT)[1]


@lru_cache(maxsize=100)
def _inserting(insert: str, width: int, rows: int, otherwise: str) -> bytes:
    numbers = count(1)
    each = (f"({', '.join(f'${next(numbers)}' for _ in range(width))})" for _ in range(rows))
    return f"{insert} VALUES {', '.join(each)}{otherwise}".encode()


def meaning(error: psycopg.Error) -> Exception:
    """Tell what is to be run again and what isn't there now from a statement that is wrong."""
    told = str(error).strip()
    if isinstance(error, errors.UniqueViolation):
        return TakenError(told)
    if isinstance(error, _CONFLICTS):
        return ConflictError(told)
    return StoreUnavailableError(told) if isinstance(error, _OUTAGES) else error


class _Truth(Dumper):
    """A column has 0 or 1."""

    oid = psycopg.adapters.types["int8"].oid

    def dump(self, value: bool) -> bytes:  # noqa: FBT001 - psycopg calls it so
        return b"1" if value else b"0"


class _Number(Loader):
    """A sum of whole numbers is a number without an end there."""

    def load(self, data: Buffer) -> int | float:
        told = bytes(data)
        return float(told) if b"." in told else int(told)


#: How each connection is made.
OPTIONS: dict[str, Any] = {
    "autocommit": True,
    "row_factory": dict_row,
    "connect_timeout": _CONNECT_SECONDS,
    "tcp_user_timeout": _SILENT_MS,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "client_encoding": "UTF8",
    "application_name": "common-ground",
}


def prepare(connection: Connection[DictRow]) -> None:
    """Set up a new connection."""
    connection.prepared_max = STATEMENTS_KEPT
    connection.prepare_threshold = 2
    connection.adapters.register_dumper(bool, _Truth)
    connection.adapters.register_loader("numeric", _Number)
    connection.execute(f"SET lock_timeout = '{_LOCK_WAIT}'")
    connection.execute(f"SET idle_in_transaction_session_timeout = '{STANDS_STILL}s'")
    connection.execute("SET default_transaction_isolation = 'read committed'")
