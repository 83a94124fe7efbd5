"""Reads from a sample what its columns are: types, keys, units, values, ranges, and how much is filled in.

Of columns that seem to be about people no value is kept; of others only the bounds, and a few that repeat.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.agreements.columns import Column
from handlers.checks.sensitive_data import personal
from handlers.data_requests.samples.names import listable, may_be_personal, unit_of
from handlers.data_requests.samples.reading import name, opened

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Columns that are looked at, and rows from which on values and bounds say something.
_MOST, _ENOUGH = 100, 10
#: Values of a column that are listed at most, each of them this often in the mean.
_LISTED, _OFTEN = 8, 3
#: Values of a column that are looked at for whether they are of people.
_LOOKED_AT = 20
_CELL = "trim({})"
_TYPES = (
    ("boolean", "lower({}) IN ('true', 'false')"),
    ("integer", r"regexp_full_match({}, '-?(0|[1-9]\d{{0,15}})')"),
    ("number", r"regexp_full_match({}, '-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?')"),
    ("date", r"regexp_full_match({0}, '\d{{4}}-\d\d-\d\d') AND TRY_CAST({0} AS DATE) IS NOT NULL"),
    ("timestamp", r"regexp_matches({0}, '^\d{{4}}-\d\d-\d\d[T ]') AND TRY_CAST({0} AS TIMESTAMPTZ) IS NOT NULL"),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a sample says: its rows, its columns, the share of cells in per cent that its emptiest column fills in.

    ``has_people``: a column of it seems to be about people.
    """

    rows: int
    columns: Sequence[Column]
    filled: int
    has_people: bool


@dataclass(frozen=True, slots=True)
class _Counted:
    column: Column
    filled: int
    is_personal: bool


def profile(path: Path) -> Profile:
    """Read a sample. Raises SampleError when it cannot be read."""
    with opened(path) as connection:
        names = [str(row[0]) for row in connection.execute("DESCRIBE sample").fetchall()][:_MOST]
        # Read once: a view would read the file again for each question, and look at every column for it.
        connection.execute(f"CREATE TEMP TABLE looked_at AS SELECT {', '.join(map(name, names))} FROM sample")
        rows = _number(connection, "SELECT count(*) FROM looked_at")
        found = [_column(connection, each, rows) for each in names]
    columns = _with_key([each.column for each in found])
    least = min((each.filled for each in found), default=0)
    return Profile(rows, columns, least * 100 // rows if rows else 100, any(each.is_personal for each in found))


def _number(connection: "DuckDBPyConnection", query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row is not None else 0


def _column(connection: "DuckDBPyConnection", called: str, rows: int) -> _Counted:
    cell = _CELL.format(name(called))
    fits = ", ".join(f"count(*) FILTER (WHERE {form.format(cell)})" for _, form in _TYPES)
    asked = f"count(*), count(DISTINCT {cell}), {fits}"
    counts = connection.execute(f"SELECT {asked} FROM looked_at WHERE {cell} <> ''").fetchone() or (0,) * 7
    filled, distinct = int(counts[0]), int(counts[1])
    kind = next((kind for (kind, _), count in zip(_TYPES, counts[2:], strict=True) if count == filled > 0), "string")
    column = Column(called, kind, is_key=1 < distinct == rows and kind != "number")
    if may_be_personal(called) or _holds_people(connection, cell):
        return _Counted(column, filled, is_personal=True)
    column = replace(column, unit=unit_of(called)) if kind in ("integer", "number") else column
    is_enough = rows >= _ENOUGH and not column.is_key
    return _Counted(_with_values(connection, column, distinct) if is_enough else column, filled, is_personal=False)


def _holds_people(connection: "DuckDBPyConnection", cell: str) -> bool:
    query = f"SELECT DISTINCT {cell} FROM looked_at WHERE {cell} <> '' LIMIT {_LOOKED_AT}"
    return any(personal(str(row[0])) for row in connection.execute(query).fetchall())


def _with_values(connection: "DuckDBPyConnection", column: Column, distinct: int) -> Column:
    """Add the bounds of a number, or the few values that a text has again and again."""
    cell = _CELL.format(name(column.name))
    if column.type in ("integer", "number"):
        bounds = f"min(TRY_CAST({cell} AS DOUBLE)), max(TRY_CAST({cell} AS DOUBLE))"
        least, most = connection.execute(f"SELECT {bounds} FROM looked_at").fetchone() or (None, None)
        return column if least is None else replace(column, least=float(least), most=float(most))
    filled = _number(connection, f"SELECT count(*) FROM looked_at WHERE {cell} <> ''")
    if column.type != "string" or not 0 < distinct <= min(_LISTED, filled // _OFTEN):
        return column
    query = f"SELECT DISTINCT {cell} AS value FROM looked_at WHERE {cell} <> '' ORDER BY value"
    return replace(column, allowed=listable([str(row[0]) for row in connection.execute(query).fetchall()]))


def _with_key(columns: Sequence[Column]) -> list[Column]:
    """Keep the first column that tells all rows apart as the key, one that is called so before others."""
    able = [each.name for each in columns if each.is_key]
    called = [each for each in able if each.casefold().endswith(("id", "key", "code"))]
    key = next(iter([*called, *able]), "")
    return [replace(each, is_key=each.name == key, is_required=each.name == key) for each in columns]
