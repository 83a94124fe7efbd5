"""Statements with numbers for their parameters: of many names each would take as long as what it looks up."""

import re
from collections.abc import Mapping
from functools import lru_cache

_NAMED = re.compile(r"('[^']*')|(?<!:):([A-Za-z_]\w*)")
STATEMENTS_KEPT = 256


def numbered(sql: str, values: Mapping[str, object], mark: str) -> tuple[str, list[object]]:
    """Return a statement with numbers after a ``mark`` in the place of its names, and the values in their order."""
    with_numbers, names = _with_numbers(sql, mark)
    return with_numbers, [values[name] for name in names]


@lru_cache(STATEMENTS_KEPT)
def _with_numbers(sql: str, mark: str) -> tuple[str, tuple[str, ...]]:
    places: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return found[1] or f"{mark}{places.setdefault(found[2], len(places) + 1)}"

    return _NAMED.sub(number, sql), tuple(places)
