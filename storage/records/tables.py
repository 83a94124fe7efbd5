"""Where records of one kind are kept, a row each, and how some of them are found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from storage.engine import statements
from storage.engine.interface import Reader, Record, Transaction, in_list
from storage.records.rows import Rows

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """A table, how a record stands in its rows, and the order in which several are returned."""

    rows: Rows[R]
    table: str
    order: str = "created_at, id"

    def insert(self, transaction: Transaction, record: R, **beside: object) -> bool:
        """Write a record alone; False where its place, such as its name, is taken.

        ``beside`` are values of columns that are not the record's.
        """
        return statements.insert_new(transaction, self.table, **self.rows.row_of(record), **beside)

    def insert_missing(self, transaction: Transaction, records: Iterable[R], **beside: object) -> int:
        """Write those of some records that are not there yet, with ``beside`` as in ``insert``; return how many."""
        rows = (self.rows.row_of(each) | beside for each in records)
        return statements.insert_missing(transaction, self.table, *rows)

    def one(self, reader: Reader, team_id: str, visibilities: Sequence[str] | None = None, **wanted: str) -> R | None:
        """Return the first record with some values in its columns, of those that may be seen; None sees them all."""
        found = self.some(reader, team_id, visibilities, **wanted)
        return found[0] if found else None

    def some(self, reader: Reader, team_id: str, visibilities: Sequence[str] | None = None, **wanted: str) -> list[R]:
        """Return the records with some values in their columns, of those that may be seen, in the table's order."""
        such = "".join(f" AND {name} = :{name}" for name in wanted)
        return self.find(reader, team_id, visibilities, f"{such} ORDER BY {self.order}", **wanted)

    def find(
        self, reader: Reader, team_id: str, visibilities: Sequence[str] | None, such: str, **values: object
    ) -> list[R]:
        """Return the records of a workspace, of those that may be seen; None sees them all.

        ``such`` is what follows in the statement: more conditions (``AND …``), an order, a limit.
        """
        theirs, told = self._theirs(team_id, visibilities, such, values)
        return [self.rows.read(row) for row in reader.all(f"SELECT {self.rows.selected} {theirs}", **told)]

    def count(
        self, reader: Reader, team_id: str, visibilities: Sequence[str] | None, such: str, **values: object
    ) -> int:
        """Return how many records that is, without reading them; of ``such`` without an order."""
        theirs, told = self._theirs(team_id, visibilities, such, values)
        row = reader.one(f"SELECT count(*) AS number FROM (SELECT 1 AS found {theirs}) AS counted", **told)
        return int(row["number"]) if row else 0

    def _theirs(
        self, team_id: str, visibilities: Sequence[str] | None, such: str, values: Mapping[str, object]
    ) -> tuple[str, dict[str, object]]:
        visible, seen = in_list("visibility", visibilities) if visibilities is not None else ("1 = 1", {})
        return (
            f"FROM {self.table} WHERE team_id = :team_id AND {visible} {such}",
            {"team_id": team_id, **seen, **values},
        )

    def by_id(
        self, reader: Reader, team_id: str, visibilities: Sequence[str] | None, ids: Iterable[str]
    ) -> dict[str, R]:
        """Return some records of a workspace by their ids, of those that may be seen; None sees them all.

        The workspace and who may see them are asked of what was found, so that an engine begins with the few ids and
        not with all that the workspace has.
        """
        named = list(ids)
        if not named:
            return {}
        listed, values = in_list("id", named)
        visible, seen = in_list("visibility", visibilities) if visibilities is not None else ("1 = 1", {})
        rows = reader.all(
            f"SELECT id AS found, {self.rows.selected} FROM {self.table} "
            f"WHERE {listed} AND coalesce(team_id, '') = :team_id AND {visible}",
            **{"team_id": team_id, **seen, **values},
        )
        return {row["found"]: self.rows.read(row) for row in rows}

    def read(self, row: Mapping[str, Any]) -> R:
        """Return the record of a row of its table."""
        return self.rows.read(row)
