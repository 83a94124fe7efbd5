"""Statements with numbers for their parameters: of many names each would take as long as what it looks up."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, cast

_NAMED = re.compile(r"('[^']*')|EACH\(:(\w+)\) AS (\w+)|(?<!:):([A-Za-z_]\w*)")
STATEMENTS_KEPT = 256


class Dialect(NamedTuple):
    """What stands before an engine's parameters, how it reads a list of texts as rows, and how it is given one."""

    mark: str
    each: str
    given: Callable[[Sequence[str]], object]


class _Numbered(NamedTuple):
    """A statement with numbers, the names that they stand for, and the places of those that are lists."""

    sql: str
    names: tuple[str, ...]
    lists: tuple[int, ...]


def numbered(sql: str, values: Mapping[str, object], dialect: Dialect) -> tuple[str, list[object]]:
    """Return a statement with numbers in the place of its names, and the values in their order."""
    made = _with_numbers(sql, dialect)
    told = [values[name] for name in made.names]
    for place in made.lists:
        told[place] = dialect.given(cast("Sequence[str]", told[place]))
    return made.sql, told


@lru_cache(STATEMENTS_KEPT)
def _with_numbers(sql: str, dialect: Dialect) -> _Numbered:
    places: dict[str, int] = {}
    lists = set[int]()

    def number(found: re.Match[str]) -> str:
        text, listed, alias, name = found.groups()
        if text is not None:
            return text
        place = places.setdefault(listed or name, len(places))
        numbered = f"{dialect.mark}{place + 1}"
        if listed is None:
            return numbered
        lists.add(place)
        return dialect.each.format(numbered, alias)

    return _Numbered(_NAMED.sub(number, sql), tuple(places), tuple(lists))


def in_groups(rows: Sequence[Sequence[object]], sizes: Sequence[int]) -> Iterator[tuple[int, list[object]]]:
    """Give all rows in groups, of the largest of some sizes that are left: how many they are, and their values."""
    begin = 0
    for size in sizes:
        while len(rows) - begin >= size:
            yield size, list(chain.from_iterable(rows[begin : begin + size]))
            begin += size
