"""Measures a sample of data against what was agreed. It gives back counts and shares, and no value of the data.

DuckDB, an optional extra, reads the file; the file and all values in it stay where they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.data_requests.expectations import Expectations
from handlers.data_requests.writing_rules import Column
from storage.data_checks import Finding

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_READERS = {
    "csv": "read_csv(?, all_varchar = true, header = true)",
    "jsonl": "read_json(?, format = 'newline_delimited')",
    "ndjson": "read_json(?, format = 'newline_delimited')",
    "parquet": "read_parquet(?)",
}
_SQL_TYPES: Mapping[str, str] = {
    "string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE",
    "timestamp": "TIMESTAMP",
}  # fmt: skip
NO_DUCKDB = (
    "To check samples, whoever runs the bot installs DuckDB: pip install 'common-ground[samples]'. "
    "Until then, check it where the data lies."
)
_ALL = 100.0


class SampleError(Exception):
    """The file cannot be read; the message is a sentence for who gave it, without any of its content."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts of a sample: its rows, those that are alike, and by column how many cells are filled, and fit their type.

    ``columns`` are the names of all columns in it.
    """

    rows: int
    alike: int
    columns: Sequence[str]
    empty: Mapping[str, int]
    unfit: Mapping[str, int]


def measure(path: Path, expected: Expectations) -> Measured:
    """Count in a file what the expectations are about. Raises SampleError when it cannot be read."""
    try:
        import duckdb  # noqa: PLC0415 - an optional extra, and a large one
    except ModuleNotFoundError:
        raise SampleError(NO_DUCKDB) from None
    reader = _READERS.get(path.suffix.removeprefix(".").casefold())
    if reader is None:
        raise SampleError("I read CSV, JSON Lines (.jsonl) and Parquet. Save it as one of these.")
    connection = duckdb.connect(":memory:", config={"memory_limit": "256MB", "threads": 1})
    try:
        connection.execute(f"CREATE VIEW sample AS SELECT * FROM {reader.replace('?', _quoted(str(path)))}")
        return _counted(connection, expected)
    except duckdb.Error:
        # What DuckDB says may quote the data.
        raise SampleError("It is not a file of its kind that can be read. Look at its first and last lines.") from None
    finally:
        connection.close()


def _counted(connection: "DuckDBPyConnection", expected: Expectations) -> Measured:
    names = [str(row[0]) for row in connection.execute("DESCRIBE sample").fetchall()]
    there = [each for each in expected.columns if each.name in names]
    asked = ["count(*)"]
    for column in there:
        asked += [_count_empty(column, expected.missing), _count_unfit(column, expected.missing)]
    counts = connection.execute(f"SELECT {', '.join(asked)} FROM sample").fetchone() or (0,)
    empty = {column.name: int(counts[1 + 2 * place]) for place, column in enumerate(there)}
    unfit = {column.name: int(counts[2 + 2 * place]) for place, column in enumerate(there)}
    by = [each for each in expected.keys if each in names] or names
    listed = ", ".join(_name(each) for each in by)
    distinct = connection.execute(f"SELECT count(*) FROM (SELECT DISTINCT {listed} FROM sample)").fetchone() or (0,)
    rows = int(counts[0])
    return Measured(rows, rows - int(distinct[0]), names, empty, unfit)


def _count_empty(column: Column, missing: Sequence[str]) -> str:
    return f"count(*) FILTER (WHERE {_is_empty(column, missing)})"


def _is_empty(column: Column, missing: Sequence[str]) -> str:
    text = f"trim(CAST({_name(column.name)} AS VARCHAR))"
    special = ", ".join(_quoted(each) for each in ("", *missing))
    return f"({_name(column.name)} IS NULL OR {text} IN ({special}))"


def _count_unfit(column: Column, missing: Sequence[str]) -> str:
    name, kind = _name(column.name), _SQL_TYPES[column.type]
    text = f"CAST({name} AS VARCHAR)"
    cast = f"TRY_CAST({text} AS {kind})"
    # DuckDB rounds 1.5 to an integer; a whole number has no point in it.
    whole = f" OR contains({text}, '.')" if column.type == "integer" else ""
    return f"count(*) FILTER (WHERE NOT {_is_empty(column, missing)} AND ({cast} IS NULL{whole}))"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def findings(measured: Measured, expected: Expectations) -> list[Finding]:
    """Say of each expectation what was found, and whether it is kept."""
    found = [*_quantity(measured, expected), *_schema(measured, expected)]
    for column in expected.columns:
        if column.name in measured.empty:
            found += _column(column, measured, expected)
    if expected.uniqueness is not None:
        by = f" by {', '.join(expected.keys)}" if expected.keys else ""
        found.append(_at_least(f"Unique rows{by}", expected.uniqueness, measured.rows - measured.alike, measured.rows))
    if expected.label_accuracy is not None:
        told = f"Labels that are right: at least {_number(expected.label_accuracy)} %"
        found.append(Finding(expected=told, found="people have to look", is_kept=None))
    return found


def _quantity(measured: Measured, expected: Expectations) -> list[Finding]:
    if expected.amount is None:
        return []
    told = f"Quantity: at least {_number(expected.amount)} {expected.unit}"
    is_kept = measured.rows >= expected.amount if expected.counts_rows else None
    return [Finding(expected=told, found=f"{measured.rows} rows in the sample", is_kept=is_kept)]


def _schema(measured: Measured, expected: Expectations) -> list[Finding]:
    if not expected.columns:
        return []
    lacking = [each.name for each in expected.columns if each.name not in measured.columns]
    told = f"lacks {', '.join(lacking)}" if lacking else "all there"
    return [Finding(expected=f"Columns: {len(expected.columns)} agreed", found=told, is_kept=not lacking)]


def _column(column: Column, measured: Measured, expected: Expectations) -> list[Finding]:
    rows, empty, unfit = measured.rows, measured.empty[column.name], measured.unfit[column.name]
    found = []
    if expected.completeness is not None:
        found.append(_at_least(f"{column.name} filled in", expected.completeness, rows - empty, rows))
    elif column.is_required:
        found.append(_at_least(f"{column.name} filled in", _ALL, rows - empty, rows))
    if expected.validity is not None and column.type != "string":
        found.append(
            _at_least(f"{column.name} is {column.type}", expected.validity, rows - empty - unfit, rows - empty)
        )
    return found


def _at_least(what: str, share: float, good: int, of: int) -> Finding:
    """Compare a share in per cent; of nothing at all every share holds but for rows, which are counted apart."""
    is_kept = good * _ALL >= share * of
    told = f"{_number(round(good * _ALL / of, 2))} % ({of - good} of {of} not)" if of else "nothing to look at"
    return Finding(expected=f"{what}: at least {_number(share)} %", found=told, is_kept=is_kept)


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1_000_000 else f"{value:.0f}"  # noqa: PLR2004 - :g writes 1e+06
