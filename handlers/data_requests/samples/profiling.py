"""Reads from a sample what its columns are: types, keys, units, values, ranges, and how much is filled in.

Of columns that seem to be about people no value is kept; of others only the bounds, and a few that repeat.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handlers.agreements.columns import Column
from handlers.checks.sensitive_data import personal
from handlers.data_requests.samples.names import listable, may_be_personal, unit_of
from handlers.data_requests.samples.reading import opened
from handlers.data_requests.samples.views import Sample, cell, how_many, with_commas

#: Columns that are looked at, and rows from which on values and bounds say something.
_MOST, _ENOUGH = 100, 10
#: Values of a column that are listed at most, each of them this often in the mean.
_LISTED, _OFTEN = 8, 3
#: Values of a column that are looked at for whether they are of people, and their first characters.
_LOOKED_AT, _LENGTH = 20, 500
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

    ``has_people``: a column of it seems to be about people. ``read_as`` is how the file was read.
    """

    rows: int
    columns: Sequence[Column]
    filled: int
    has_people: bool
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class _Counted:
    column: Column
    filled: int
    is_personal: bool


def profile(path: Path) -> Profile:
    """Read a sample. Raises SampleError when it cannot be read."""
    with opened(path) as read:
        looked_at = range(len(read.names))[:_MOST]
        # Read once: a view would read the file again for each question, and look at every column for it.
        sample = with_commas(read, looked_at)
        told = ", ".join(f"{sample.number(each)} AS c{each}" for each in looked_at) or "c0"
        sample.rows(f"CREATE TEMP TABLE looked_at AS SELECT {told} FROM sample")
        rows = int(sample.row("SELECT count(*) FROM looked_at")[0])
        found = [_column(sample, each, rows) for each in looked_at]
        read_as = sample.read_as
    columns = _with_key([each.column for each in found])
    least = min((each.filled for each in found), default=0)
    share = least * 100 // rows if rows else 100
    return Profile(rows, columns, share, any(each.is_personal for each in found), read_as)


def _column(sample: Sample, place: int, rows: int) -> _Counted:
    text, called = cell(place), sample.names[place]
    fits = ", ".join(how_many(form.format(text)) for _, form in _TYPES)
    asked = f"count(*), count(DISTINCT {text}), {fits}"
    counts = sample.row(f"SELECT {asked} FROM looked_at WHERE {text} <> ''")
    filled, distinct = int(counts[0]), int(counts[1])
    kind = next((kind for (kind, _), count in zip(_TYPES, counts[2:], strict=True) if count == filled > 0), "string")
    column = Column(called, kind, is_key=1 < distinct == rows and kind != "number")
    if may_be_personal(called) or _holds_people(sample, text):
        return _Counted(column, filled, is_personal=True)
    column = replace(column, unit=unit_of(called)) if kind in ("integer", "number") else column
    if rows >= _ENOUGH and not column.is_key:
        column = _bounded(sample, column, text) if column.type in ("integer", "number") else column
        may_list = column.type == "string" and 0 < distinct <= min(_LISTED, filled // _OFTEN)
        column = replace(column, allowed=_values(sample, text)) if may_list else column
    return _Counted(column, filled, is_personal=False)


def _holds_people(sample: Sample, text: str) -> bool:
    query = f"SELECT DISTINCT left({text}, {_LENGTH}) FROM looked_at WHERE {text} <> '' LIMIT {_LOOKED_AT}"
    return any(personal(str(row[0])) for row in sample.rows(query))


def _bounded(sample: Sample, column: Column, text: str) -> Column:
    """Add the bounds of a number."""
    cast = f"TRY_CAST({text} AS DOUBLE)"
    least, most = sample.row(f"SELECT min({cast}), max({cast}) FROM looked_at")
    return column if least is None else replace(column, least=float(least), most=float(most))


def _values(sample: Sample, text: str) -> tuple[str, ...]:
    """Return the few values that a text has again and again; none where one of them is long."""
    query = f"SELECT DISTINCT left({text}, {_LENGTH}) AS value FROM looked_at WHERE {text} <> '' ORDER BY value"
    values = [str(row[0]) for row in sample.rows(query)]
    return listable(values) if max(map(len, values)) < _LENGTH else ()


def _with_key(columns: Sequence[Column]) -> list[Column]:
    """Keep the first column that tells all rows apart as the key, one that is called so before others."""
    able = [each.name for each in columns if each.is_key]
    called = [each for each in able if each.casefold().endswith(("id", "key", "code"))]
    key = next(iter([*called, *able]), "")
    return [replace(each, is_key=each.name == key, is_required=each.name == key) for each in columns]
