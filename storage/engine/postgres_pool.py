"""Connections to one PostgreSQL database, lent for a question, a statement or a transaction."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from psycopg import Connection
from psycopg.rows import DictRow
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from storage.engine.interface import EVERY, StoreUnavailableError, Transaction
from storage.engine.memory import Memory, Shared
from storage.engine.postgres_connection import OPTIONS, PostgresConnection, prepare
from storage.engine.postgres_search import matching, matching_each

T = TypeVar("T")

#: Slack waits for three seconds. Whoever comes while nobody gets a connection waits for a moment: others wait behind.
_WAIT_SECONDS, _MOMENT = 2.5, 0.1
#: After so long a server that is away is tried anew by whoever asks next, and not ever more seldom.
_TRIED_SECONDS = 2
#: A connection that has rested for so long is tried before it is lent: the server may have been started anew meanwhile.
_RESTED_SECONDS = 0.5


class Lendable(Connection[DictRow]):
    """A connection that knows when it was last given back."""

    rests_since = 0.0


class Pool:
    """The connections, and what they remember together."""

    def __init__(self, url: str, size: int) -> None:
        self._pool = ConnectionPool(
            url,
            connection_class=Lendable,
            kwargs=OPTIONS,
            min_size=1,
            max_size=size,
            reconnect_timeout=_TRIED_SECONDS,
            configure=prepare,
            check=_check_rested,
            name="store",
            open=True,
        )
        self.shared = Shared()
        self._views: dict[int, PostgresConnection] = {}
        self._patience = _WAIT_SECONDS

    @contextmanager
    def lent(self) -> Iterator[PostgresConnection]:
        """Lend a connection that works. Raises StoreUnavailableError where there is none."""
        try:
            connection = self._pool.getconn(self._patience)
        except (PoolTimeout, PoolClosed) as error:
            self._patience = _MOMENT
            raise StoreUnavailableError(f"the database does not answer: {error}") from error
        self._patience = _WAIT_SECONDS
        try:
            yield self._view(connection)
        finally:
            connection.rests_since = time.monotonic()
            self._pool.putconn(connection)

    def ask(self, question: Callable[[Transaction], T], team_id: str = EVERY) -> T:
        with self.lent() as connection:
            connection.keep_to(team_id)
            return question(connection)

    def close(self) -> None:
        self._pool.close()

    def _view(self, connection: Connection[DictRow]) -> PostgresConnection:
        """Return a connection with what it remembers."""
        found = self._views.get(id(connection))
        if found is None or found.connection is not connection:
            self._views = {place: each for place, each in self._views.items() if not each.connection.closed}
            found = self._views[id(connection)] = PostgresConnection(connection, self.shared)
        return found


def _check_rested(connection: Lendable) -> None:
    """Raises psycopg.OperationalError where it is broken."""
    if time.monotonic() - connection.rests_since > _RESTED_SECONDS:
        ConnectionPool.check_connection(connection)


class PooledReader(Memory):
    """A view for whoever has no loop to wait in, such as the command line: each statement waits for the server."""

    matching = staticmethod(matching)
    matching_each = staticmethod(matching_each)

    def __init__(self, pool: Pool, team_id: str) -> None:
        super().__init__(pool.shared)
        self._pool, self._team_id = pool, team_id

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        return self._pool.ask(lambda reader: reader.all(sql, **values), self._team_id)

    def one(self, sql: str, **values: object) -> dict[str, Any] | None:
        return self._pool.ask(lambda reader: reader.one(sql, **values), self._team_id)
