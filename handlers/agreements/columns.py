"""The columns of data as people write them down: one a line, name | type | meaning | values. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

LOGICAL_TYPES = ("string", "integer", "number", "boolean", "date", "timestamp")
#: What an interface can hand over besides.
INTERFACE_TYPES = (*LOGICAL_TYPES, "array", "object", "file")
_MARKS = ("key", "required", "unique")
_MATCHING = "matching "
_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"(?:(?P<least>{_NUMBER}) to (?P<most>{_NUMBER}))?(?:(?:^| )(?:in )?(?P<unit>\S{{1,20}}))?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the data: its ODCS logical type, whether it must be filled, and whether it is part of the key.

    ``least`` and ``most`` are in ``unit``; ``allowed`` are all values that it may have, nothing where any may be;
    ``pattern`` is a regular expression that the whole of a text matches. ``is_unique``: no two rows have the same.
    """

    name: str
    type: str
    meaning: str = ""
    is_key: bool = False
    is_required: bool = False
    unit: str = ""
    least: float | None = None
    most: float | None = None
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    is_unique: bool = False

    @property
    def is_limited(self) -> bool:
        """Tell whether it is said which of its values are valid."""
        return bool(self.allowed or self.pattern) or None not in (self.least, self.most)


def columns_in(text: str, types: Sequence[str] = LOGICAL_TYPES) -> list[Column] | str:
    """Return the columns that a text names, one a line, or what is wrong with the first line that is."""
    found: list[Column] = []
    for number, line in enumerate((each.strip() for each in text.splitlines() if each.strip()), start=1):
        column = _column_in(line, types)
        if isinstance(column, str):
            return f"Line {number}: {column}"
        if any(each.name == column.name for each in found):
            return f"Line {number}: column {column.name} is already listed."
        found.append(column)
    return found or "Name at least one column."


def _column_in(line: str, types: Sequence[str]) -> Column | str:
    name, logical, meaning, values = (each.strip() for each in (*line.split("|", 3), "", "", "")[:4])
    if not (name and logical):
        return "write name | type | meaning, such as: berth | string | where the ship lies"
    kind, *marks = logical.casefold().split()
    if kind not in types or set(marks) - set(_MARKS):
        return f"the type is one of {', '.join(types)}; after it, key, required or unique."
    is_key = "key" in marks
    column = Column(name, kind, meaning, is_key, "required" in marks or is_key, is_unique="unique" in marks)
    return _with_values(column, values)


def _with_values(column: Column, values: str) -> Column:
    """Add what a column may hold: "0 to 14 m", "in m", "matching [A-Z]+", or all its values with commas."""
    if values.casefold().startswith(_MATCHING):
        return replace(column, pattern=values[len(_MATCHING) :].strip())
    is_number = column.type in ("integer", "number")
    told = _RANGE.fullmatch(values) if is_number and values else None
    if told is None:
        allowed = tuple(each.strip() for each in values.split(",") if each.strip())
        return replace(column, allowed=allowed)
    least, most = (float(told[each]) if told[each] else None for each in ("least", "most"))
    return replace(column, unit=told["unit"] or "", least=least, most=most)


def line_of(column: Column) -> str:
    """Return a column as people write it; the reverse of ``columns_in``."""
    mark = " key" if column.is_key else " required" if column.is_required else ""
    mark += " unique" if column.is_unique else ""
    cells = [column.name, f"{column.type}{mark}", column.meaning, values_of(column)]
    while not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def values_of(column: Column) -> str:
    """Return what a column may hold, as it is written: its values, what they match, or bounds and unit."""
    if column.pattern:
        return f"{_MATCHING}{column.pattern}"
    bounds = [written(each) for each in (column.least, column.most) if each is not None]
    span = " to ".join(bounds) if bounds[1:] else ""
    unit = (f" {column.unit}" if span else f"in {column.unit}") if column.unit else ""
    return ", ".join(column.allowed) or f"{span}{unit}"


def written(bound: float) -> str:
    """Return a number as it is read again, to the last digit: the least of a sample has to stay within its bounds."""
    short = f"{bound:.15g}"
    return short if float(short) == bound else repr(bound)


def special_values(text: str) -> list[str]:
    """Return the values that mean that something is missing, from lines such as "-1 = not measured"."""
    return [value for line in text.splitlines() if (value := line.partition("=")[0].strip())]


def columns_shown(text: str) -> str:
    found = columns_in(text)
    if isinstance(found, str):
        return text
    counted = "1 column" if len(found) == 1 else f"{len(found)} columns"
    return f"{counted}: {', '.join(each.name for each in found)}"


def fields_shown(text: str) -> str:
    """Return the fields of an interface in words, each with its type and what it may hold."""
    found = columns_in(text, INTERFACE_TYPES)
    return text if isinstance(found, str) else ", ".join(map(_field_shown, found))


def _field_shown(field: Column) -> str:
    mark, values = " required" if field.is_required else "", values_of(field)
    told = f"{': ' if field.allowed else ', '}{values}" if values else ""
    return f"{field.name} ({field.type}{mark}{told})"


def _is(read: Callable[[str], object]) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        try:
            read(text)
        except ValueError:
            return False
        return True

    return fits


_FITS: Mapping[str, Callable[[str], bool]] = {
    "integer": _is(int),
    "number": lambda text: re.fullmatch(_NUMBER, text) is not None,
    "boolean": lambda text: text in ("true", "false"),
    "date": _is(date.fromisoformat),
    "timestamp": _is(datetime.fromisoformat),
}
#: What Python reads in a pattern, and the tools that check data do not.
_UNKNOWN = re.compile(r"\(\?(?!:)|\\[1-9]|[*+?}]\+")


def fits(kind: str, value: str) -> bool:
    """Tell whether a value can stand in a column of a type; every text can in one of strings."""
    return kind not in _FITS or _FITS[kind](value)


def whole(pattern: str) -> str:
    """Return the regular expression that finds a pattern only where it is all of a text."""
    return f"^(?:{pattern})$"


def wrong_values(columns: Sequence[Column]) -> str:
    """Say what is wrong with the first column whose values cannot be checked; empty where all can."""
    told = ((place, _wrong_values(each)) for place, each in enumerate(columns, start=1))
    return next((f"Line {place}: {wrong}" for place, wrong in told if wrong), "")


def _wrong_values(column: Column) -> str:
    if misfit := next((each for each in column.allowed if not fits(column.type, each)), ""):
        return f"“{misfit}” can't be a value of {column.name}, whose type is {column.type}."
    if column.least is not None and column.most is not None and column.least > column.most:
        return f"write the smaller number first: {written(column.most)} to {written(column.least)}."
    return _wrong_pattern(column) if column.pattern else ""


def _wrong_pattern(column: Column) -> str:
    if column.type != "string":
        return f"only text can match a pattern, and {column.name} is {column.type}."
    if _UNKNOWN.search(column.pattern) is None and _is_pattern(column.pattern):
        return ""
    return f"{column.pattern} isn't a pattern that I can check. Write it as in: matching [A-Z]{{3}}[0-9]+"


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
