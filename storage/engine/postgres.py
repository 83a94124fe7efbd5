"""PostgreSQL: several processes on one store, each with one thread that writes in groups and some that read."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Concatenate, ParamSpec, Self, TypeVar, cast

import psycopg
import structlog
from psycopg import Connection, conninfo
from psycopg.rows import DictRow

from storage.engine.interface import EVERY, Reader, StoreError, StoreUnavailableError, Transaction
from storage.engine.postgres_connection import OPTIONS
from storage.engine.postgres_pool import Pool, PooledReader
from storage.engine.postgres_steps import LOCK, bring_up_to_date, has_store
from storage.engine.postgres_writer import PostgresUnit, kept_to
from storage.engine.writer import Write, Writer
from storage.migrations import step_names

_log = structlog.get_logger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

#: So many point reads go on at once, and so many searches beside them.
_READERS, _SEARCHERS = 4, 2
#: So many writes are committed as one group at most: other processes wait for the rows that it changes.
_GROUP_LIMIT = 32
_FIX = "start its server, give its user the rights to it, or correct DATABASE_URL"
_FORM = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
#: A new store has nothing of an older version's encoding in it.
_ENCODING = "UTF8"


class _Server:
    """The connections to one database, and the threads that use them."""

    def __init__(self, url: str) -> None:
        # One more for whoever writes, and one for the reader.
        self.pool = Pool(url, _READERS + _SEARCHERS + 2)
        self.writer = Writer(PostgresUnit(self.pool), _GROUP_LIMIT)
        self.read_threads = ThreadPoolExecutor(_READERS, thread_name_prefix="store-read")
        self.search_threads = ThreadPoolExecutor(_SEARCHERS, thread_name_prefix="store-search")
        self.is_closed = False

    def check_open(self) -> None:
        if self.is_closed:
            raise StoreUnavailableError("the store is closed")

    def close(self) -> None:
        self.read_threads.shutdown()
        self.search_threads.shutdown()
        self.writer.stop()
        self.pool.close()


class PostgresDatabase:
    """A store in one PostgreSQL database, for all that it holds or for one workspace."""

    is_shared, log_bytes = True, 0

    def __init__(self, server: _Server, team_id: str = EVERY) -> None:
        self._server, self._team_id = server, team_id
        self._reader = PooledReader(server.pool, team_id)

    def of(self, team_id: str) -> Self:
        return self if team_id == self._team_id else type(self)(self._server, team_id)

    @property
    def reader(self) -> Reader:
        self._server.check_open()
        return self._reader

    async def read(self, question: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._ask(self._server.read_threads, lambda reader: question(reader, *args, **kwargs))

    async def search(self, question: Callable[[Reader], T]) -> T:
        return await self._ask(self._server.search_threads, question)

    async def write(self, change: Callable[[Transaction], T]) -> T:
        self._server.check_open()
        write = Write(kept_to(self._team_id, change), asyncio.get_running_loop())
        self._server.writer.submit(write)
        return cast("T", await write.future)

    async def probe(self) -> None:
        await self.write(_touch)

    async def scrub(self, *, is_quiet: bool) -> bool:  # noqa: ARG002 - vacuum keeps nobody waiting
        """Leave it to autovacuum: the server's owner has its files, its log and its backups in hand."""
        self._server.check_open()
        return True

    async def close(self) -> None:
        self._server.is_closed = True
        await asyncio.get_running_loop().run_in_executor(None, self._server.close)

    async def _ask(self, threads: ThreadPoolExecutor, question: Callable[[Reader], T]) -> T:
        self._server.check_open()
        asking = partial(self._server.pool.ask, question, self._team_id)
        return await asyncio.get_running_loop().run_in_executor(threads, asking)


def _touch(transaction: Transaction) -> None:
    """Write what is as it is; where another replica does the same, that it can is enough."""
    row = "SELECT name FROM schema_steps WHERE name = :name" + transaction.if_free
    transaction.run(f"UPDATE schema_steps SET applied_at = applied_at WHERE name IN ({row})", name=LOCK)


def open_postgres(url: str, doubt: str) -> PostgresDatabase:
    """Open a database, bringing its schema up to date, and with ``doubt`` what a dump was that was brought back.

    Raises StoreError with one line that names no password.
    """
    with _connected(url) as (connection, place):
        _check(connection, place)
        if bring_up_to_date(connection, place, step_names(), doubt):
            _log.info("the database was restored; what it still has to say is looked for before it is sent")
    return PostgresDatabase(_Server(url))


def place_of_new(url: str) -> str:
    """Return the name of a database that has no store in it yet; empty where there is one. Raises StoreError."""
    with _connected(url) as (connection, place):
        return "" if has_store(connection) else place


@contextmanager
def _connected(url: str) -> Iterator[tuple[Connection[DictRow], str]]:
    """Give a connection, and what the database is called; the errors of both become sentences."""
    try:
        told = conninfo.conninfo_to_dict(url)
    except psycopg.Error as error:
        # What libpq says of it repeats the password.
        raise StoreError(f"DATABASE_URL is not written properly; write it as {_FORM}") from error
    place = f"{told.get('dbname', '')} at {told.get('host', 'this machine')}"
    try:
        with Connection[DictRow].connect(url, **OPTIONS) as connection:
            yield connection, place
    except psycopg.Error as error:
        raise StoreError(f"the database {place} cannot be opened: {_line(error)}; {_FIX}") from error


def _check(connection: Connection[DictRow], place: str) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != _ENCODING:
        raise StoreError(f"the database {place} keeps letters as {encoding}; make one with the encoding {_ENCODING}")


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
