"""A unit of work in SQLite: one transaction on the one connection that writes."""

from collections.abc import Sequence
from contextlib import suppress

from storage.engine.sqlite_connection import SqliteConnection, outage_or_bug, sqlite3
from storage.engine.sqlite_files import Place, count
from storage.engine.writer import Change


class SqliteUnit:
    """The connection that writes."""

    def __init__(self, transaction: SqliteConnection, place: Place) -> None:
        self._place = place
        self._transaction = transaction
        self._connection = transaction.connection

    def together(self, changes: Sequence[Change]) -> list[object]:
        is_committed = False
        try:
            self._run("BEGIN IMMEDIATE")
            self._transaction.keep_apart()
            self._place.check()
            count(self._connection)
            results = [change(self._transaction) for change in changes]
            self._run("COMMIT")
            is_committed = True
            self._transaction.share()
        finally:
            if not is_committed:
                self._roll_back()
        return results

    def alone(self, change: Change) -> object:
        try:
            return change(self._transaction)
        except sqlite3.Error as error:
            raise outage_or_bug(error) from error

    def _roll_back(self) -> None:
        self._transaction.forget()
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _run(self, statement: str) -> None:
        try:
            self._connection.execute(statement)
        except sqlite3.Error as error:
            raise outage_or_bug(error) from error
