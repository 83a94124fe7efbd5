"""Records that have ended, and are deleted for good once that is long ago, with all that was kept of them alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.engine.interface import Reader, Transaction, in_list
from storage.engine.statements import delete, equal
from storage.records.versioned import VersionedStore

#: What names a record of a table, by column.
Key = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ended:
    """Which records of a table have ended, and since when: ``such`` and ``since`` are SQL, ISO 8601 UTC text.

    ``key`` are the columns that name one, ``beside`` the tables whose rows go with it, each with its columns for the
    same.
    """

    table: str
    such: str
    since: str
    key: tuple[str, ...] = ("id",)
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def ended(store: VersionedStore[Any, Any], states: Iterable[str], *beside: str) -> Ended:
    """Return the records in some states, which ended with their last step; ``beside`` are tables with their ids.

    Each of these is given as ``table.column``.
    """
    table, (column,) = store.table, store.key.values()
    steps, listed = store.history_table, ", ".join(f"'{each}'" for each in states)
    last = (
        f"SELECT max({steps}.at) FROM {steps} WHERE {steps}.team_id = {table}.team_id AND {steps}.{column} = {table}.id"
    )
    named = {name: (of,) for name, _, of in (each.partition(".") for each in beside)}
    with_it = {steps: (column,), "old_messages": ("record_id",), "threads": ("about",), "nudges": ("subject",)}
    with_it |= {"findable": ("id",), **named}
    return Ended(table, f"state IN ({listed})", f"({last})", ("id",), with_it)


def past(reader: Reader, which: Ended, team_id: str, before: str, most: int) -> Sequence[Key]:
    """Return so many of the records, of all places, that ended before a moment (ISO 8601 UTC text)."""
    columns = ", ".join(which.key)
    found = f"SELECT {columns} FROM {which.table} WHERE {_is_past(which)} ORDER BY {columns} LIMIT :most"
    return reader.all(found, team_id=team_id, before=before, most=most)


def count(reader: Reader, which: Ended, team_id: str, before: str, visibilities: Sequence[str]) -> int:
    """Return how many of the records that may be seen ended before a moment (ISO 8601 UTC text)."""
    visible, values = in_list("visibility", visibilities)
    counted = f"SELECT count(*) AS number FROM {which.table} WHERE {_is_past(which)} AND {visible}"
    row = reader.one(counted, team_id=team_id, before=before, **values)
    return row["number"] if row else 0


def forget(transaction: Transaction, which: Ended, team_id: str, before: str, keys: Iterable[Key]) -> int:
    """Delete those of some records that are still past, and all that was kept of them; return how many they were."""
    gone = [each for each in keys if _is_still_past(transaction, which, team_id, before, each)]
    for each in gone:
        for table, columns in which.beside.items():
            delete(transaction, table, team_id=team_id, **dict(zip(columns, each.values(), strict=True)))
        delete(transaction, which.table, team_id=team_id, **each)
    return len(gone)


def _is_past(which: Ended) -> str:
    return f"team_id = :team_id AND {which.such} AND {which.since} < :before"


def _is_still_past(reader: Reader, which: Ended, team_id: str, before: str, key: Key) -> bool:
    found = f"SELECT 1 AS found FROM {which.table} WHERE {_is_past(which)} AND {equal(key)}"
    return reader.one(found, team_id=team_id, before=before, **key) is not None
