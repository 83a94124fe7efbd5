"""Where the bot of a soak keeps what it knows, a file or a database of a server, and how the soak looks into it."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psycopg

from storage import open_store
from storage.engine.sqlite_connection import sqlite3
from tests.postgres import Server, server
from tests.soak.oracle.from_postgres import as_sqlite

_MIGRATED = "soaked"
#: In which order the rows of the outbox are written, a database of a server does not tell afterwards.
_NOTING = """
    CREATE SCHEMA soak;
    CREATE TABLE soak.places (id text PRIMARY KEY, place bigserial);
    CREATE FUNCTION soak.note() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO soak.places (id) VALUES (NEW.id) ON CONFLICT DO NOTHING; RETURN NULL; END';
    CREATE TRIGGER soak_noted AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION soak.note();
"""


class Store(Protocol):
    """A store as the soak has it; questions have a question mark for each value."""

    @property
    def url(self) -> str: ...

    async def rows(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        """Ask it something; where it is away, once it is back."""

    def as_file(self) -> Path:
        """Return a file of SQLite's with all that is in it now."""


@dataclass(frozen=True, slots=True)
class File:
    """A store of SQLite's."""

    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    async def rows(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return list(connection.execute(question, values))

    def as_file(self) -> Path:
        return self.path


@dataclass
class Served:
    """A store in a database of a server, which may go away and come back."""

    server: Server
    folder: Path
    name: str
    is_there: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return self.server.url(self.name)

    async def rows(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        while True:
            await self.is_there.wait()
            try:
                return await asyncio.to_thread(self._ask, question.replace("?", "%s"), values)
            except psycopg.OperationalError:
                if self.is_there.is_set():
                    raise

    def _ask(self, question: str, values: tuple[str, ...]) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return list(connection.execute(question.encode(), values))

    def as_file(self) -> Path:
        file = self.folder / "as-sqlite.db"
        file.unlink(missing_ok=True)
        as_sqlite(self.url, file)
        return file

    async def kill(self) -> None:
        """End the server at once, as a crash would."""
        self.is_there.clear()
        await asyncio.to_thread(self.server.stop)

    async def begin(self) -> None:
        await asyncio.to_thread(self.server.begin)
        self.is_there.set()

    def make_next(self) -> "Served":
        """Make an empty database to move to."""
        name = f"{self.name}_next"
        self.server.create(name)
        return Served(self.server, self.folder, name)

    def follow(self, before: "Served") -> None:
        """Be the store from now on, after all was copied from the one before."""
        with psycopg.connect(before.url) as source, psycopg.connect(self.url) as target:
            told = source.execute("SELECT id FROM soak.places ORDER BY place").fetchall()
            target.execute(_NOTING.encode())
            target.cursor().executemany("INSERT INTO soak.places (id) VALUES (%s)", told)
        self.is_there.set()


@contextmanager
def migrated_server() -> Iterator[Server]:
    """Run a server with an empty store, which each week begins with a copy of."""
    with server() as running:
        prepare(running)
        yield running


def prepare(running: Server) -> None:
    """Make the empty store."""
    running.create(_MIGRATED)
    asyncio.run(open_store(running.url(_MIGRATED)).close())
    with psycopg.connect(running.url(_MIGRATED)) as connection:
        connection.execute(_NOTING.encode())


def store_of(seed: int, folder: Path, running: Server | None) -> Store:
    """Give the week of a seed its store."""
    if running is None:
        return File(folder / "bot.db")
    name = f"week_{seed}"
    running.create(name, _MIGRATED)
    made = Served(running, folder, name)
    made.is_there.set()
    return made
