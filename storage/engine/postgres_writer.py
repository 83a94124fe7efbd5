"""A unit of work in PostgreSQL: one short transaction, whose end is found out where the connection breaks at it."""

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from storage.engine.interface import ConflictError, StoreUnavailableError, Transaction
from storage.engine.postgres_connection import OPTIONS, STANDS_STILL, PostgresConnection, meaning
from storage.engine.postgres_pool import Pool
from storage.engine.writer import Change

T = TypeVar("T")

_ENDED = "SELECT pg_xact_status(CAST(CAST(:number AS text) AS xid8)) AS how"
#: So often, and so many seconds apart, is looked for the end of what the server still does.
_LOOKS, _BETWEEN_LOOKS = 100, 0.02
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_current_xact_id()::text AS number"


class PostgresUnit:
    """Transactions on the pool's connections; other processes have theirs beside them."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def together(self, changes: Sequence[Change]) -> list[object]:
        try:
            return self._committed(changes)
        except ConflictError as error:
            if isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
                self.alone(end_who_stands_still)
            raise

    def _committed(self, changes: Sequence[Change]) -> list[object]:
        with self._pool.lent() as connection:
            number = _begin(connection)
            is_run = False
            try:
                results = [change(connection) for change in changes]
                is_run = True
            finally:
                if not is_run:
                    _roll_back(connection)
            is_committed = _commit(connection)
        if not is_committed and not self._was_committed(number):
            raise StoreUnavailableError("the connection broke before a change was written")
        return results

    def alone(self, change: Change) -> object:
        return self._pool.ask(change)

    def _was_committed(self, number: str) -> bool:
        """Ask anew how a transaction ended: what is said to have failed may be done again."""
        for _ in range(_LOOKS):
            with self._pool.lent() as connection:
                ended = connection.one(_ENDED, number=number)
            if ended is None or ended["how"] != "in progress":
                return ended is not None and ended["how"] == "committed"
            time.sleep(_BETWEEN_LOOKS)
        raise StoreUnavailableError("the connection broke while a change was written, and its end isn't known")


def end_who_stands_still(transaction: Transaction) -> int:
    """End the connections of ours whose process has stopped in the middle of rows that go together; return how many.

    The server counts no time there (``idle_in_transaction_session_timeout`` does so between statements), and the rows
    stay held until somebody who waits for one of them does this.
    """
    ended = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND usename = current_user AND application_name = :application
            AND state = 'active' AND wait_event = 'ClientRead' AND xact_start IS NOT NULL
            AND state_change < clock_timestamp() - make_interval(secs => :seconds)
    """
    return len(transaction.all(ended, application=OPTIONS["application_name"], seconds=STANDS_STILL))


def kept_to(team_id: str, change: Callable[[Transaction], T]) -> Change:
    """Return a change that finds the rows of one workspace alone: others of its transaction may be of other ones."""

    def run(transaction: Transaction) -> T:
        if isinstance(transaction, PostgresConnection):
            transaction.keep_to(team_id)
        return change(transaction)

    return run


def _begin(connection: PostgresConnection) -> str:
    try:
        cursor = connection.connection.execute(_BEGIN, prepare=False)
        cursor.nextset()
        row = cursor.fetchone()
    except psycopg.Error as error:
        raise meaning(error) from error
    connection.keep_apart()
    return str(row["number"]) if row else ""


def _commit(connection: PostgresConnection) -> bool:
    """Commit; return False where the connection broke, so that nobody knows. Raises what is wrong otherwise."""
    try:
        connection.connection.execute("COMMIT", prepare=False)
    except psycopg.Error as error:
        connection.forget()
        if connection.connection.broken:
            return False
        raise meaning(error) from error
    connection.share()
    return True


def _roll_back(connection: PostgresConnection) -> None:
    connection.forget()
    if connection.connection.info.transaction_status is not TransactionStatus.IDLE:
        try:
            connection.connection.execute("ROLLBACK", prepare=False)
        except psycopg.Error:
            connection.connection.close()
