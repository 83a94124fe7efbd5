"""Reads the store's file as SQLite has it, with nothing of the product in between."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the outbox; ``place`` is its place among all that were ever written."""

    place: int
    id: str
    act: str
    lane: str
    state: str
    reason: str
    slack_ts: str
    asks: str


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as connection:
        yield connection


def outbox(store: sqlite3.Connection) -> list[Row]:
    told = store.execute("SELECT rowid, id, act, lane, state, reason, slack_ts, asks FROM outbox ORDER BY rowid")
    return [Row(*row) for row in told]


def rows_with(store: sqlite3.Connection, column: str, mark: str) -> int:
    """Count the rows of a table that have a mark in a column, told as ``table.column``."""
    table, _, name = column.partition(".")
    (count,) = store.execute(f"SELECT count(*) FROM {table} WHERE {name} LIKE ?", [f"%{mark}%"]).fetchone()
    return int(count)


def tables(store: sqlite3.Connection) -> list[str]:
    told = store.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_fts%'")
    return [name for (name,) in told]
