"""Measures a sample of data against what was agreed. It gives back counts and shares, and no value of the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handlers.agreements.columns import Column, fits, values_of, whole
from handlers.checks.quantities import number_in
from handlers.data_requests.samples.expectations import Expectations
from handlers.data_requests.samples.names import same_columns
from handlers.data_requests.samples.reading import opened
from handlers.data_requests.samples.views import Sample, how_many, quoted, with_commas
from storage.data_requests.checks import Finding

_NUMBERS = ("integer", "number")
#: What a column's type is in SQL, where that is not its own name.
_SQL_TYPES = {"integer": "double", "number": "double"}
_ALL = 100.0
#: Columns that are named where a file calls them otherwise.
_NAMED = 3
#: Decimals of a share in per cent that count; the reference tool of the contract rounds alike.
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts of a sample: its rows, those that are alike, and by column how many cells are empty, or of another type.

    ``columns`` are the agreed columns that are in it, with their names there; ``alike`` is None where a column of the
    key lacks; ``outside`` are the cells that hold another value than was agreed, ``again`` those of unique columns that
    repeat another. ``read_as`` is how the file was read.
    """

    rows: int
    alike: int | None
    columns: Mapping[str, str]
    read_as: str
    again: Mapping[str, int]
    empty: Mapping[str, int]
    unfit: Mapping[str, int]
    outside: Mapping[str, int]


def measure(path: Path, expected: Expectations) -> Measured:
    """Count in a file what the expectations are about. Raises SampleError when it cannot be read."""
    with opened(path) as sample:
        return _counted(sample, expected)


def _counted(sample: Sample, expected: Expectations) -> Measured:
    places = same_columns([each.name for each in expected.columns], sample.names)
    there = [each for each in expected.columns if each.name in places]
    sample = with_commas(sample, [places[each.name] for each in there if each.type in _NUMBERS])
    asked = ["count(*)"]
    for column in there:
        text = _text(sample, places[column.name], column.type)
        empty = _is_empty(column, text, expected.missing)
        asked += [how_many(empty), *(how_many(f"NOT {empty} AND {is_bad(column, text)}") for is_bad in _BAD)]
    counts = sample.row(f"SELECT {', '.join(asked)} FROM sample")
    rows, step = int(counts[0]), 1 + len(_BAD)
    by_column = [
        {column.name: int(counts[1 + nth + step * place]) for place, column in enumerate(there)} for nth in range(step)
    ]
    kinds = {places[each.name]: each.type for each in there}
    alike = None
    if all(key in places for key in expected.keys):
        keys = {places[each]: kinds[places[each]] for each in expected.keys}
        every = {place: kinds.get(place, "string") for place in range(len(sample.names))}
        alike = _alike(sample, keys or every, is_key=bool(keys))
    again = {each.name: _alike(sample, {places[each.name]: each.type}, is_key=True) for each in there if each.is_unique}
    columns = {each: sample.names[place] for each, place in places.items()}
    return Measured(rows, alike, columns, sample.read_as, again, *by_column)


def _text(sample: Sample, place: int, kind: str) -> str:
    """Return the SQL of a column's cells: spaces around it are part of a string, and of nothing else."""
    return f"c{place}" if kind == "string" else sample.number(place)


def _alike(sample: Sample, kinds: Mapping[int, str], *, is_key: bool) -> int:
    """Count the rows that repeat another in some columns, by the types of their values: 1.0 is the same number as 1.

    As in SQL, rows without a part of their key repeat none.
    """
    by = ", ".join(_value(_text(sample, place, kind), kind) for place, kind in kinds.items()) or "NULL"
    where = " AND ".join(f"c{each} IS NOT NULL" for each in kinds) if is_key else "true"
    asked = f"SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT {by} FROM sample WHERE {where}))"
    return int(sample.row(f"{asked} FROM sample WHERE {where}")[0])


def _value(text: str, kind: str) -> str:
    """Return what a cell is compared by: its value where it has one of this type, else its text."""
    if kind == "string":
        return text
    cast = f"TRY_CAST({text} AS {'hugeint' if kind == 'integer' else _SQL_TYPES.get(kind, kind)})"
    return f"coalesce(CAST({cast} AS VARCHAR), {text})"


def _is_empty(column: Column, text: str, missing: Sequence[str]) -> str:
    """Return whether a cell is empty, or has a value that means so; 1.0 is the same number as 1."""
    same = [f"{text} = {quoted(each)}" for each in ("", *missing)]
    if column.type in _NUMBERS:
        same += [f"TRY_CAST({text} AS DOUBLE) = {float(each)!r}" for each in missing if number_in(each) is not None]
    return f"({text} IS NULL OR coalesce({' OR '.join(same)}, false))"


def _is_unfit(column: Column, text: str) -> str:
    """Return whether a cell is not of its column's type; every text is a string."""
    if column.type == "string":
        return "false"
    cast = f"TRY_CAST({text} AS {_SQL_TYPES.get(column.type, column.type)})"
    if column.type == "boolean":
        return f"{cast} IS NULL"
    is_part = f" OR {cast} <> trunc({cast})" if column.type == "integer" else ""
    return f"coalesce({cast} IS NULL OR NOT isfinite({cast}){is_part}, true)"


def _is_outside(column: Column, text: str) -> str:
    """Return whether a cell holds another value than those that were agreed, or one out of bounds."""
    if column.pattern:
        return f"NOT regexp_matches({text}, {quoted(whole(column.pattern))})"
    if column.allowed and column.type == "string":
        return f"{text} NOT IN ({', '.join(map(quoted, column.allowed))})"
    cast = f"TRY_CAST({{}} AS {_SQL_TYPES.get(column.type, column.type)})"
    if column.allowed:
        values = ", ".join(cast.format(f"trim({quoted(each)})") for each in column.allowed if fits(column.type, each))
        return f"coalesce({cast.format(text)} NOT IN ({values}), false)" if values else "false"
    if column.least is None or column.most is None:
        return "false"
    return f"NOT coalesce({cast.format(text)} BETWEEN {column.least!r} AND {column.most!r}, true)"


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
    found = [_at_least(f"{each} unique", _ALL, count, measured.rows) for each, count in measured.again.items()]
    share = _ALL if expected.keys else expected.uniqueness
    if share is None:
        return found
    by = f" by {', '.join(expected.keys)}" if expected.keys else ""
    if measured.alike is None:
        told = f"Unique rows{by}: at least {_number(share)} %"
        return [*found, Finding(expected=told, found="a key column is missing", is_kept=False)]
    return [*found, _at_least(f"Unique rows{by}", share, measured.alike, measured.rows)]


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
    """Columns that are only called alike may be others: whether they are the same is for people to say."""
    if not expected.columns:
        return []
    told = f"Columns: {len(expected.columns)} agreed"
    if lacking := [each.name for each in expected.columns if each.name not in measured.columns]:
        return [Finding(expected=told, found=f"missing: {', '.join(lacking)}", is_kept=False)]
    alike = [f"{there} is {each}" for each, there in measured.columns.items() if there != each]
    if not alike:
        return [Finding(expected=told, found="all present", is_kept=True)]
    more = [f"and {len(alike) - _NAMED} more"] if len(alike) > _NAMED else []
    same = ", ".join([*alike[:_NAMED], *more])
    return [Finding(expected=told, found=f"all present, if {same}", is_kept=None, question=f"Please confirm: {same}.")]


def _column(column: Column, measured: Measured, expected: Expectations) -> list[Finding]:
    """Say how a column is filled in, and whether its values are of its type and valid; an agreed type bears no other.

    The share of valid values is one of all rows, as the standard of the contract counts it.
    """
    rows, empty = measured.rows, measured.empty[column.name]
    found = []
    least = _ALL if column.is_required else expected.completeness
    if least is not None:
        found.append(_at_least(f"{column.name} filled in", least, empty, rows))
    if column.type != "string":
        found.append(_at_least(f"{column.name} is {column.type}", _ALL, measured.unfit[column.name], rows - empty))
    if column.is_limited:
        told = f"{column.name} {_LIMITS[bool(column.allowed), bool(column.pattern)]}{values_of(column)}"
        share = _ALL if expected.validity is None else expected.validity
        found.append(_at_least(told, share, measured.outside[column.name], rows))
    return found


#: What stands between a column and its values, by whether they are listed, and whether they match something.
_LIMITS = {(True, False): "one of ", (False, True): "", (False, False): "from "}


def _at_least(what: str, share: float, bad: int, of: int) -> Finding:
    """Compare a share in per cent; of nothing at all every share holds but for rows, which are counted apart."""
    is_kept = not of or round(bad * _ALL / of, _DIGITS) <= round(_ALL - share, _DIGITS)
    told = (
        f"{_number(_shown(of - bad, of, share, is_kept=is_kept))} %: {of - bad} of {of}" if of else "no values to check"
    )
    return Finding(expected=f"{what}: at least {_number(share)} %", found=told, is_kept=is_kept)


def _shown(good: int, of: int, share: float, *, is_kept: bool) -> float:
    """Return a share in per cent to two digits; one that falls short is never rounded up to what was asked."""
    found = round(good * _ALL / of, 2)
    return found if is_kept or found < share else good * _ALL * 100 // of / 100


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1_000_000 else f"{value:.0f}"  # noqa: PLR2004 - :g writes 1e+06
