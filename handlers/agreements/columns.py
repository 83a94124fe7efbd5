"""The columns of data as people write them down: one a line, name | type | meaning | values. Pure."""

import re
from dataclasses import dataclass, replace

LOGICAL_TYPES = ("string", "integer", "number", "boolean", "date", "timestamp")
_MARKS = ("key", "required")
_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"(?:(?P<least>{_NUMBER}) to (?P<most>{_NUMBER}))?(?:(?:^| )(?:in )?(?P<unit>\S{{1,20}}))?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the data: its ODCS logical type, whether it must be filled, and whether it is part of the key.

    ``least`` and ``most`` are in ``unit``; ``allowed`` are all values that it may have, nothing where any may be.
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


def columns_in(text: str) -> list[Column] | str:
    """Return the columns that a text names, one a line, or what is wrong with the first line that is."""
    found: list[Column] = []
    for number, line in enumerate((each.strip() for each in text.splitlines() if each.strip()), start=1):
        column = _column_in(line)
        if isinstance(column, str):
            return f"Line {number}: {column}"
        if any(each.name == column.name for each in found):
            return f"Line {number}: column {column.name} is already listed."
        found.append(column)
    return found or "Name at least one column."


def _column_in(line: str) -> Column | str:
    name, logical, meaning, values = (each.strip() for each in (*line.split("|", 3), "", "", "")[:4])
    if not (name and logical):
        return "write name | type | meaning, such as: berth | string | where the ship lies"
    kind, *marks = logical.casefold().split()
    if kind not in LOGICAL_TYPES or set(marks) - set(_MARKS):
        return f"the type is one of {', '.join(LOGICAL_TYPES)}; after it, key or required."
    is_key = "key" in marks
    column = Column(name, kind, meaning, is_key, "required" in marks or is_key)
    return _with_values(column, values)


def _with_values(column: Column, values: str) -> Column:
    """Add what a column may hold: "0 to 14 m", "in m", or all its values with commas."""
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
    cells = [column.name, f"{column.type}{mark}", column.meaning, values_of(column)]
    while not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def values_of(column: Column) -> str:
    """Return what a column may hold, as it is written: its values, or its bounds and unit."""
    bounds = [_written(each) for each in (column.least, column.most) if each is not None]
    span = " to ".join(bounds) if bounds[1:] else ""
    unit = (f" {column.unit}" if span else f"in {column.unit}") if column.unit else ""
    return ", ".join(column.allowed) or f"{span}{unit}"


def _written(bound: float) -> str:
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
