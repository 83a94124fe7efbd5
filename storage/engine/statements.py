"""Statements that follow from the names of a table and of its columns, so that nobody writes these names twice."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter

from storage.engine.interface import Reader, Transaction

_STAY = " ON CONFLICT DO NOTHING"


def equal(names: Iterable[str]) -> str:
    return " AND ".join(f"{name} = :{name}" for name in names)


def having(columns: Iterable[str], words: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the condition that one of some words stands in one of the columns, and its parameters.

    Where a word has ``%`` or ``_`` in it, or an engine folds case, more is found: what is found is to be looked at.
    """
    names = {f"word_{number}": f"%{word}%" for number, word in enumerate(words)}
    return " OR ".join(f"{column} LIKE :{name}" for column in columns for name in names), names


def has(reader: Reader, table: str, **wanted: object) -> bool:
    """Tell whether a table has a row with these values."""
    return reader.one(f"SELECT 1 AS found FROM {table} WHERE {equal(wanted)}", **wanted) is not None


def server_time(reader: Reader) -> datetime:
    """Return what the clock of a database's server shows."""
    row = reader.one("SELECT CURRENT_TIMESTAMP AS told") or {}
    return datetime.fromisoformat(str(row["told"]))


def workspaces_with(reader: Reader, table: str, such: str = "1 = 1", **values: object) -> set[str]:
    """Return the workspaces of which a table has such rows: an index of those alone keeps it quick (for searches)."""
    return {row["team_id"] for row in reader.all(f"SELECT DISTINCT team_id FROM {table} WHERE {such}", **values)}


def insert(transaction: Transaction, table: str, *rows: Mapping[str, object]) -> None:
    """Write rows that have the same columns, and whose keys are new."""
    _insert(transaction, table, rows, "")


def insert_missing(transaction: Transaction, table: str, *rows: Mapping[str, object]) -> int:
    """Write those of some rows, which have the same columns, that are not there yet; return how many."""
    return _insert(transaction, table, rows, _STAY)


def insert_new(transaction: Transaction, table: str, **row: object) -> bool:
    """Write a row; False where its place is taken."""
    return bool(transaction.run(_inserting(table, row) + _STAY, **row))


def put(transaction: Transaction, table: str, key: str, *rows: Mapping[str, object]) -> None:
    """Write rows that have the same columns, each in the place of one with the same ``key``: columns, with spaces."""
    keys = key.split()
    others = ", ".join(f"{name} = excluded.{name}" for row in rows[:1] for name in row if name not in keys)
    if rows:
        # The same key may come twice, which one statement for several rows does not take everywhere.
        statement = f"{_inserting(table, rows[0])} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others}"
        transaction.run_many(statement, rows)


def alter(transaction: Transaction, /, table: str, wanted: Mapping[str, object], **changes: object) -> int:
    """Change the rows that have the values ``wanted``, and return how many they were."""
    columns = ", ".join(f"{name} = :new_{name}" for name in changes)
    values = {f"new_{name}": value for name, value in changes.items()}
    return transaction.run(f"UPDATE {table} SET {columns} WHERE {equal(wanted)}", **wanted, **values)


def delete(transaction: Transaction, table: str, **wanted: object) -> int:
    """Drop the rows that have these values, and return how many they were."""
    return transaction.run(f"DELETE FROM {table} WHERE {equal(wanted)}", **wanted)


def _insert(transaction: Transaction, table: str, rows: Sequence[Mapping[str, object]], otherwise: str) -> int:
    if not rows:
        return 0
    names = tuple(rows[0])
    return transaction.run_rows(f"INSERT INTO {table} ({', '.join(names)})", _values(rows, names), otherwise)


def _values(rows: Sequence[Mapping[str, object]], names: Sequence[str]) -> list[tuple[object, ...]]:
    """Return the values of rows; an import takes as long for this as for writing them where each name is looked up."""
    return [*map(itemgetter(*names), rows)] if len(names) > 1 else [(row[names[0]],) for row in rows]


def _inserting(table: str, columns: Iterable[str]) -> str:
    named = list(columns)
    return f"INSERT INTO {table} ({', '.join(named)}) VALUES ({', '.join(f':{name}' for name in named)})"
