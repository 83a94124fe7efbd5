"""Payloads of Slack's with one of their fields changed."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from tests.input.odd import values
from tests.input.wire import Payload

Path = tuple[str | int, ...]
#: What the bot itself wrote, and no handler reads: one field, as a whole.
_WHOLE = ("blocks", "elements", "previous_message", "authorizations")
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Change:
    """Which of a payload's fields changes, and into what; ``how`` may take it away, or give it another's value."""

    place: int
    how: str
    value: Any

    def of(self, payload: Payload) -> tuple[str, Payload]:
        """Return a payload with the change, and what was changed in words."""
        told = copy.deepcopy(payload.content)
        paths = list(_paths(told))
        path = paths[self.place % len(paths)]
        at = _within(told, path[:-1])
        told_value = self.value
        if self.how == "missing":
            del at[path[-1]]
        else:
            told_value = (
                _within(payload.content, paths[self.place // 7 % len(paths)]) if self.how == "another" else self.value
            )
            at[path[-1]] = told_value
        where = ".".join(map(str, path))
        return f"{where} {self.how} {str(told_value)[:300]!r}", replace(payload, content=told)


def changes() -> st.SearchStrategy[Change]:
    hows = st.sampled_from(["value"] * 8 + ["missing", "another"])
    return st.builds(Change, st.integers(0, 10**6), hows, values())


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if path and path[-1] in _WHOLE:
        return
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _paths(each, (*path, name))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _paths(each, (*path, place))


def _within(value: Any, path: Path) -> Any:
    for each in path:
        value = value[each]
    return value
