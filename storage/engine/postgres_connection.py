"""One PostgreSQL connection, as reader and as transaction, and what its errors mean."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from psycopg import Connection, RawCursor, errors
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.rows import DictRow, dict_row

from storage.engine.interface import ConflictError, StoreUnavailableError, TakenError
from storage.engine.memory import Memory, Shared
from storage.engine.parameters import STATEMENTS_KEPT, Dialect, numbered
from storage.engine.postgres_search import matching, matching_each

#: So long a statement waits for a row that somebody else changes, and a server that doesn't answer is waited for.
_LOCK_WAIT, _CONNECT_SECONDS, _SILENT_MS = "2s", 2, 3000
#: A process that stands still in the middle of a write, or whose machine is lost, keeps others waiting for so long.
STANDS_STILL = 5
#: Up to so many rows go one by one: in the middle of those that go together the server does not count that time, and
#: whoever waits for them does (``postgres_writer.end_who_stands_still``).
_ONE_BY_ONE = 100
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
        statement, _ = numbered(sql, listed[0], _DIALECT)
        self._execute_many(statement, [numbered(sql, row, _DIALECT)[1] for row in listed])

    def run_rows(self, insert: str, rows: Sequence[Sequence[object]], otherwise: str) -> int:
        if not rows:
            return 0
        places = ", ".join(f"${number}" for number in range(1, len(rows[0]) + 1))
        return self._execute_many(f"{insert} VALUES ({places}){otherwise}", rows)

    def _execute(self, sql: str, values: Mapping[str, object]) -> RawCursor[DictRow]:
        statement, told = numbered(sql, values, _DIALECT)
        cursor = RawCursor(self.connection, row_factory=dict_row)
        return cursor.execute(statement.encode(), told)

    def _execute_many(self, statement: str, rows: Sequence[Sequence[object]]) -> int:
        try:
            with RawCursor(self.connection, row_factory=dict_row) as cursor:
                if len(rows) <= _ONE_BY_ONE:
                    return sum(cursor.execute(statement.encode(), row).rowcount for row in rows)
                cursor.executemany(statement.encode(), rows)
                return cursor.rowcount
        except psycopg.Error as error:
            raise meaning(error) from error


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
