"""Measures a sample of data against what was agreed. It gives back counts and shares, and no value of the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.agreements.columns import Column, values_of
from handlers.checks.quantities import number_in
from handlers.data_requests.samples.expectations import Expectations
from handlers.data_requests.samples.reading import name, opened, quoted
from storage.data_requests.checks import Finding

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What a column's type is in SQL, where that is not its own name.
_SQL_TYPES = {"integer": "double", "number": "double"}
_ALL = 100.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts of a sample: its rows, those that are alike, and by column how many cells are empty, or of another type.

    ``columns`` are the names of all columns in it; ``alike`` is None where a column of the key lacks; ``outside`` are
    the cells that hold another value than was agreed.
    """

    rows: int
    alike: int | None
    columns: Sequence[str]
    empty: Mapping[str, int]
    unfit: Mapping[str, int]
    outside: Mapping[str, int]


def measure(path: Path, expected: Expectations) -> Measured:
    """Count in a file what the expectations are about. Raises SampleError when it cannot be read."""
    with opened(path) as connection:
        return _counted(connection, expected)


def _counted(connection: "DuckDBPyConnection", expected: Expectations) -> Measured:
    names = [str(row[0]) for row in connection.execute("DESCRIBE sample").fetchall()]
    there = [each for each in expected.columns if each.name in names]
    asked = ["count(*)"]
    for column in there:
        empty = _is_empty(column, expected.missing)
        asked += [_how_many(empty), *(_how_many(f"NOT {empty} AND {is_bad(column)}") for is_bad in _BAD)]
    counts = connection.execute(f"SELECT {', '.join(asked)} FROM sample").fetchone() or (0,)
    rows, step = int(counts[0]), 1 + len(_BAD)
    by_column = [
        {column.name: int(counts[1 + nth + step * place]) for place, column in enumerate(there)} for nth in range(step)
    ]
    alike = None if any(key not in names for key in expected.keys) else rows - _distinct(connection, expected, names)
    return Measured(rows, alike, names, *by_column)


def _distinct(connection: "DuckDBPyConnection", expected: Expectations, names: Sequence[str]) -> int:
    by = ", ".join(name(each) for each in expected.keys or names)
    row = connection.execute(f"SELECT count(*) FROM (SELECT DISTINCT {by} FROM sample)").fetchone() or (0,)
    return int(row[0])


def _how_many(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"


def _is_empty(column: Column, missing: Sequence[str]) -> str:
    """Return whether a cell is empty, or has a value that means so; 1.0 is the same number as 1."""
    text = f"trim({name(column.name)})"
    same = [f"{text} = {quoted(each)}" for each in ("", *missing)]
    if column.type in ("integer", "number"):
        same += [f"TRY_CAST({text} AS DOUBLE) = {float(each)!r}" for each in missing if number_in(each) is not None]
    return f"({name(column.name)} IS NULL OR coalesce({' OR '.join(same)}, false))"


def _is_unfit(column: Column) -> str:
    """Return whether a cell is not of its column's type; every text is a string."""
    if column.type == "string":
        return "false"
    cast = f"TRY_CAST(trim({name(column.name)}) AS {_SQL_TYPES.get(column.type, column.type)})"
    if column.type == "integer":
        return f"coalesce({cast} IS NULL OR NOT isfinite({cast}) OR {cast} <> trunc({cast}), true)"
    return f"coalesce({cast} IS NULL OR NOT isfinite({cast}), true)" if column.type == "number" else f"{cast} IS NULL"


def _is_outside(column: Column) -> str:
    """Return whether a cell holds another value than those that were agreed, or one out of bounds."""
    text = f"trim({name(column.name)})"
    if column.allowed:
        return f"{text} NOT IN ({', '.join(map(quoted, column.allowed))})"
    if column.least is None or column.most is None:
        return "false"
    return f"NOT coalesce(TRY_CAST({text} AS DOUBLE) BETWEEN {column.least!r} AND {column.most!r}, true)"


#: What can be wrong with a cell that is filled in.
_BAD = (_is_unfit, _is_outside)


def findings(measured: Measured, expected: Expectations, *, is_whole: bool = False) -> list[Finding]:
    """Say of each expectation what was found, and whether it is kept; ``is_whole``: it is all of the data."""
    found = [*_quantity(measured, expected, is_whole=is_whole), *_schema(measured, expected)]
    for column in expected.columns:
        if column.name in measured.empty:
            found += _column(column, measured, expected)
    found += _unique(measured, expected)
    if expected.label_accuracy is not None:
        told = f"Correct labels: at least {_number(expected.label_accuracy)} %"
        found.append(Finding(expected=told, found="needs a human check", is_kept=None))
    return found


def _unique(measured: Measured, expected: Expectations) -> list[Finding]:
    """Rows are told apart by the key; where there is one, no two may be alike, whatever was said of uniqueness."""
    share = expected.uniqueness if expected.uniqueness is not None else _ALL if expected.keys else None
    if share is None:
        return []
    by = f" by {', '.join(expected.keys)}" if expected.keys else ""
    if measured.alike is None:
        told = f"Unique rows{by}: at least {_number(share)} %"
        return [Finding(expected=told, found="a key column is missing", is_kept=False)]
    return [_at_least(f"Unique rows{by}", share, measured.rows - measured.alike, measured.rows)]


def _quantity(measured: Measured, expected: Expectations, *, is_whole: bool) -> list[Finding]:
    """A sample has fewer rows by its nature; only all of the data can be too few."""
    if expected.amount is None:
        return []
    told = f"Quantity: at least {_number(expected.amount)} {expected.unit}"
    is_enough = measured.rows >= expected.amount
    is_kept = (True if is_enough else False if is_whole else None) if expected.counts_rows else None
    rows = "1 row" if measured.rows == 1 else f"{measured.rows} rows"
    return [Finding(expected=told, found=rows, is_kept=is_kept)]


def _schema(measured: Measured, expected: Expectations) -> list[Finding]:
    if not expected.columns:
        return []
    lacking = [each.name for each in expected.columns if each.name not in measured.columns]
    told = f"missing: {', '.join(lacking)}" if lacking else "all present"
    return [Finding(expected=f"Columns: {len(expected.columns)} agreed", found=told, is_kept=not lacking)]


def _column(column: Column, measured: Measured, expected: Expectations) -> list[Finding]:
    rows, empty, unfit = measured.rows, measured.empty[column.name], measured.unfit[column.name]
    found = []
    least = _ALL if column.is_required else expected.completeness
    if least is not None:
        found.append(_at_least(f"{column.name} filled in", least, rows - empty, rows))
    if expected.validity is not None and column.type != "string":
        told, filled = f"{column.name} is {column.type}", rows - empty
        found.append(_at_least(told, expected.validity, filled - unfit, filled))
    if column.allowed or column.least is not None:
        told, filled = f"{column.name} {'one of ' if column.allowed else 'from '}{values_of(column)}", rows - empty
        found.append(_at_least(told, _ALL, filled - measured.outside[column.name], filled))
    return found


def _at_least(what: str, share: float, good: int, of: int) -> Finding:
    """Compare a share in per cent; of nothing at all every share holds but for rows, which are counted apart."""
    is_kept = good * _ALL >= share * of
    told = f"{_number(round(good * _ALL / of, 2))} %: {good} of {of}" if of else "no values to check"
    return Finding(expected=f"{what}: at least {_number(share)} %", found=told, is_kept=is_kept)


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1_000_000 else f"{value:.0f}"  # noqa: PLR2004 - :g writes 1e+06
