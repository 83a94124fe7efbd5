"""One look at a workspace, in which many have a part: what several of them ask the store, it is asked once."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from storage.engine.interface import Name, Reader
from storage.engine.ranking import Searched
from storage.records.revisions import counts

T = TypeVar("T")


class OneLook:
    """A view of the store for as long as one question takes, which gives the same answer to the same statement.

    How often each table was changed is asked first of all: what is remembered of the look is no older than that.
    """

    def __init__(self, reader: Reader, team_id: str) -> None:
        self._reader = reader
        self._known: dict[Hashable, list[dict[str, Any]]] = {}
        counts(self, team_id)

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        asked = (sql, *((name, tuple(value) if isinstance(value, list) else value) for name, value in values.items()))
        known = self._known.get(asked)
        if known is None:
            known = self._known[asked] = self._reader.all(sql, **values)
        return known

    def one(self, sql: str, **values: object) -> dict[str, Any] | None:
        rows = self.all(sql, **values)
        return rows[0] if rows else None

    def matching(
        self, searched: Searched, words: Sequence[str], ranked: int, where: str
    ) -> tuple[str, dict[str, object]]:
        return self._reader.matching(searched, words, ranked, where)

    def matching_each(
        self, table: str, groups: Sequence[Sequence[str]], most: int, *, newest: bool
    ) -> tuple[str, dict[str, object]]:
        return self._reader.matching_each(table, groups, most, newest=newest)

    def remember(self, name: Name, revision: object, build: Callable[[], T], part: Hashable = None) -> T:
        return self._reader.remember(name, revision, build, part)

    def former(self, name: Name) -> object | None:
        return self._reader.former(name)
