"""A whole store into another engine's: each table in the order of its key, so that what was cut short goes on.

Which workspaces there are is written last, with the counts of changes, in one write: a store that knows one is whole.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar

from storage.engine.interface import Database, Reader, StoreError, Transaction
from storage.engine.postgres_schema import schema_after
from storage.engine.statements import insert, insert_missing
from storage.migrations import step_names

#: So many rows are read and written at once.
_PAGE = 1000
_LAST = ("revisions", "workspaces")
T = TypeVar("T")
Row = dict[str, Any]


class Source(Protocol):
    """A store as far as it is asked; whoever else asks it isn't kept waiting."""

    async def search(self, question: Callable[[Reader], T]) -> T:
        """Run a question off the event loop."""


class Copied(NamedTuple):
    """How much was copied, and is the same on both sides."""

    tables: int
    rows: int


class Content(NamedTuple):
    """What a table holds: how many rows, and a digest of all of them."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def page(self, reader: Reader, after: Mapping[str, object]) -> list[Row]:
        """Return the next rows behind the key of another one, or the first."""
        key = ", ".join(self.key)
        places = ", ".join(f":{name}" for name in self.key)
        behind = f"WHERE ({key}) > ({places})" if after else ""
        such = f"{behind} ORDER BY {key} LIMIT :most"
        named = {name: after[name] for name in self.key} if after else {}
        return reader.all(f"SELECT {', '.join(self.columns)} FROM {self.name} {such}", **named, most=_PAGE)

    def last(self, reader: Reader) -> Row:
        backwards = ", ".join(f"{name} DESC" for name in self.key)
        return reader.one(f"SELECT {', '.join(self.key)} FROM {self.name} ORDER BY {backwards} LIMIT 1") or {}

    def every(self, reader: Reader) -> Iterator[list[Row]]:
        rows = self.page(reader, {})
        while rows:
            yield rows
            rows = self.page(reader, rows[-1])

    def pages(self, reader: Reader) -> list[list[Row]]:
        return list(self.every(reader))

    def empty(self, transaction: Transaction) -> None:
        transaction.run(f"DELETE FROM {self.name}")

    def content(self, reader: Reader) -> Content:
        digest, count = hashlib.sha256(), 0
        for rows in self.every(reader):
            count += len(rows)
            for row in rows:
                digest.update(json.dumps([row[name] for name in self.columns]).encode())
        return Content(count, digest.hexdigest())


async def copy(source: Source, target: Database) -> Copied:
    """Copy what a store holds into one without a workspace, and compare both.

    Raises StoreError where the other one is in use, or the first one is written to meanwhile.
    """
    if await target.read(lambda reader: reader.one("SELECT team_id FROM workspaces LIMIT 1")):
        raise StoreError("the store to copy to has a workspace already; name one that is empty")
    tables = _tables()
    copied = {each: await _table_copied(source, target, each) for each in tables if each.name not in _LAST}
    last = {each: await source.search(each.pages) for each in tables if each.name in _LAST}
    for table, content in copied.items():
        if await source.search(table.content) != content:
            raise _changing(table)
    await target.write(partial(_end, last=last))
    rows = sum(content.rows for content in copied.values())
    return Copied(len(tables), rows + sum(len(page) for pages in last.values() for page in pages))


async def _table_copied(source: Source, target: Database, table: _Table) -> Content:
    """Go on behind what is there already; where that was another one's, begin anew."""
    for _ in range(2):
        await _fill(source, target, table)
        content = await source.search(table.content)
        if await target.search(table.content) == content:
            return content
        await target.write(table.empty)
    raise _changing(table)


async def _fill(source: Source, target: Database, table: _Table) -> None:
    after = await target.search(table.last)
    while rows := await source.search(partial(table.page, after=after)):
        await target.write(partial(_written, name=table.name, rows=rows))
        after = rows[-1]


def _written(transaction: Transaction, name: str, rows: Sequence[Row]) -> None:
    insert_missing(transaction, name, *rows)


def _end(transaction: Transaction, last: Mapping[_Table, Sequence[Sequence[Row]]]) -> None:
    for table, pages in last.items():
        table.empty(transaction)
        for rows in pages:
            insert(transaction, table.name, *rows)


def _changing(table: _Table) -> StoreError:
    return StoreError(f"{table.name} was written to while it was copied; stop the bot, and run the same command again")


def _tables() -> list[_Table]:
    schema = schema_after(step_names())
    return [_Table(name, tuple(columns), tuple(schema.keys[name])) for name, columns in schema.tables.items()]
