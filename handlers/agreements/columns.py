"""The columns of data as people write them down: one a line, name | type | meaning. Pure."""

from dataclasses import dataclass

LOGICAL_TYPES = ("string", "integer", "number", "boolean", "date", "timestamp")
_MARKS = ("key", "required")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the data: its ODCS logical type, whether it must be filled, and whether it is part of the key."""

    name: str
    type: str
    meaning: str = ""
    is_key: bool = False
    is_required: bool = False


def columns_in(text: str) -> list[Column] | str:
    """Return the columns that a text names, one a line, or what is wrong with the first line that is."""
    found: list[Column] = []
    for number, line in enumerate((each.strip() for each in text.splitlines() if each.strip()), start=1):
        name, logical, meaning = (each.strip() for each in (*line.split("|", 2), "", "")[:3])
        if not (name and logical):
            return f"Line {number}: write name | type | meaning, such as: berth | string | where the ship lies"
        kind, *marks = logical.casefold().split()
        if kind not in LOGICAL_TYPES or set(marks) - set(_MARKS):
            return f"Line {number}: the type is one of {', '.join(LOGICAL_TYPES)}; after it, key or required."
        if any(each.name == name for each in found):
            return f"Line {number}: there is a column {name} already."
        is_key = "key" in marks
        found.append(Column(name, kind, meaning, is_key, "required" in marks or is_key))
    return found or "Name at least one column."


def special_values(text: str) -> list[str]:
    """Return the values that mean that something is missing, from lines such as "-1 = not measured"."""
    return [value for line in text.splitlines() if (value := line.partition("=")[0].strip())]


def columns_shown(text: str) -> str:
    found = columns_in(text)
    if isinstance(found, str):
        return text
    counted = "1 column" if len(found) == 1 else f"{len(found)} columns"
    return f"{counted}: {', '.join(each.name for each in found)}"
