"""Entries of JSON, in an array or one a line: which names they have, and where a file is no JSON."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.checks.dialects import LONGEST
from handlers.data_requests.samples.limits import MOST_COLUMNS, SampleError, Watch

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NOT_JSON = "Line {}, column {}, isn't JSON."
#: Characters of a file that is looked through for its fault.
_LOOKED_AT = 50_000_000
_SHOWN = 20


def entries_in(source: str) -> str:
    """Return the SQL of a JSON file's entries; ``source`` is its name, quoted."""
    return f"read_json_objects({source}, format = 'auto', maximum_object_size = {4 * LONGEST})"


def names_of(connection: "DuckDBPyConnection", entries: str) -> list[str]:
    """Return the names that entries have, in their order. Raises SampleError where one of them is no object."""
    numbered = f"SELECT row_number() OVER () AS number, json_type(json) AS kind FROM {entries}"
    other = connection.execute(f"SELECT min(number) FROM ({numbered}) WHERE kind <> 'OBJECT'").fetchone()
    if other is not None and other[0] is not None:
        raise SampleError(f'Entry {other[0]} has no names for its values. Write {{"ship": "A1"}}, not ["A1"].')
    named = f"SELECT name, row_number() OVER () AS place FROM (SELECT unnest(json_keys(json)) AS name FROM {entries})"
    listed = f"SELECT name FROM ({named}) GROUP BY name ORDER BY min(place) LIMIT {MOST_COLUMNS + 1}"
    return [str(row[0]) for row in connection.execute(listed).fetchall()]


def cell_of(name: str) -> str:
    """Return the SQL of an entry's value, as text."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    path = f'$."{escaped}"'
    return f"json ->> '{path.replace(chr(39), chr(39) * 2)}'"


def fault_in(path: Path, watch: Watch) -> SampleError | None:
    """Return where a file is no JSON; None where that cannot be told."""
    with path.open(encoding="utf-8") as file:
        text = file.read(_LOOKED_AT)
    lines = text.splitlines(keepends=True)
    is_whole = text.lstrip()[:1] == "[" or any(not each.rstrip().endswith("}") for each in lines[:1])
    for number, part in [(0, text)] if is_whole else enumerate(lines):
        watch.check()
        if part.strip() and (fault := _fault(part, number)):
            return fault
    return None


def _fault(text: str, before: int) -> SampleError | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        value = text[error.pos : error.pos + _SHOWN].split("\n", maxsplit=1)[0].strip()
        return SampleError(_NOT_JSON.format(before + error.lineno, error.colno), value)
    except (RecursionError, ValueError):
        return SampleError("Its entries are nested too deeply.")
    return None
