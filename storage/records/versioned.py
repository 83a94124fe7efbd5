"""Records that are kept whole as JSON, beside the columns by which they are found, with every version of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from storage.engine.interface import Reader, Record, Transaction, in_list


class Event(Record):
    """One step in the history of a record, by a user id, or by nobody; ``note`` says why or what."""

    version: int = 0
    at: str
    by: str
    what: str
    note: str = ""


class Versioned(Record):
    """A record with versions; times are ISO 8601 UTC text."""

    id: str
    team_id: str
    created_at: str
    changed_at: str
    version: int = 1


R = TypeVar("R", bound=Versioned)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[R]):
    """Where records of one kind are kept: their table, that of their events, and its column that names the record.

    ``columns`` are the fields that have a column, besides those of every record.
    """

    record: type[R]
    table: str
    events: str
    named: str
    columns: tuple[str, ...]

    def add(self, transaction: Transaction, record: R, event: Event) -> None:
        row = self._row(record)
        transaction.run(
            f"INSERT INTO {self.table} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", **row
        )
        self._note(transaction, record, event)

    def change(self, transaction: Transaction, old: R, changes: Mapping[str, object], event: Event) -> R:
        """Write the next version of a record that was read in this transaction. Raises LookupError when it was not."""
        told = {**old.model_dump(), **changes, "version": old.version + 1, "changed_at": event.at}
        new = self.record.model_validate(told)
        row = self._row(new)
        columns = ", ".join(f"{name} = :{name}" for name in row if name not in ("id", "team_id"))
        if not transaction.run(f"UPDATE {self.table} SET {columns} WHERE id = :id AND version = :version - 1", **row):
            raise LookupError(f"{self.table} {old.id} changed inside one transaction")
        self._note(transaction, new, event)
        return new

    def one(self, reader: Reader, team_id: str, visibilities: Sequence[str] | None = None, **wanted: str) -> R | None:
        """Return the first record with some values in its columns, of those that may be seen; None sees them all."""
        found = self.some(reader, team_id, visibilities, **wanted)
        return found[0] if found else None

    def some(self, reader: Reader, team_id: str, visibilities: Sequence[str] | None = None, **wanted: str) -> list[R]:
        """Return the records with some values in their columns, of those that may be seen, as they were made."""
        visible, values = in_list("visibility", visibilities) if visibilities is not None else ("1 = 1", {})
        named = "".join(f" AND {name} = :{name}" for name in wanted)
        rows = reader.all(
            f"SELECT body FROM {self.table} WHERE team_id = :team_id{named} AND {visible} ORDER BY created_at, id",
            team_id=team_id, **wanted, **values,
        )  # fmt: skip
        return [self.read(row) for row in rows]

    def every(self, reader: Reader, team_id: str) -> list[R]:
        """Return all records; they are read again once one has changed: reminders and summaries go through all."""
        row = reader.one(
            f"""
            SELECT count(*) AS number, coalesce(sum(version), 0) AS versions, coalesce(sum(length(body)), 0) AS size
            FROM {self.table} WHERE team_id = :team_id
            """,
            team_id=team_id,
        )
        revision = tuple(row.values()) if row else ()
        return reader.remember((self.table, team_id), revision, lambda: self.some(reader, team_id))

    def history(self, reader: Reader, team_id: str, record_id: str) -> list[Event]:
        """Return what happened to a record, newest first."""
        return events_of(reader, self.events, {"team_id": team_id, self.named: record_id})

    def version_of(self, reader: Reader, team_id: str, record_id: str, version: int) -> R | None:
        """Return a record as it was from a version on."""
        row = reader.one(
            f"SELECT body FROM {self.events} WHERE team_id = :team_id AND {self.named} = :id AND version = :version",
            team_id=team_id,
            id=record_id,
            version=version,
        )
        return None if row is None else self.read(row)

    def versions(self, reader: Reader, team_id: str, record_id: str) -> list[R]:
        """Return a record as it was in each of its versions, the first one first."""
        rows = reader.all(
            f"SELECT body FROM {self.events} WHERE team_id = :team_id AND {self.named} = :id ORDER BY version",
            team_id=team_id,
            id=record_id,
        )
        return [self.read(row) for row in rows]

    def read(self, row: Mapping[str, object]) -> R:
        return self.record.model_validate_json(str(row["body"]))

    def _note(self, transaction: Transaction, record: R, event: Event) -> None:
        signed = event.model_copy(update={"version": record.version})
        note_event(transaction, self.events, {"team_id": record.team_id, self.named: record.id}, signed, record)

    def _row(self, record: R) -> dict[str, object]:
        names = ("id", "team_id", "created_at", "version", *self.columns)
        return {**{name: getattr(record, name) for name in names}, "body": record.model_dump_json()}


def note_event(transaction: Transaction, table: str, of: Mapping[str, str], event: Event, record: Record) -> None:
    """Write a step in the history of a record, and how it is from then on; ``of`` are the columns of its key."""
    row = {**of, **event.model_dump(), "body": record.model_dump_json()}
    transaction.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", **row)


def events_of(reader: Reader, table: str, of: Mapping[str, str]) -> list[Event]:
    """Return the history of a record, newest first; ``of`` are the columns of its key."""
    condition = " AND ".join(f"{name} = :{name}" for name in of)
    rows = reader.all(f"SELECT version, at, by, what, note FROM {table} WHERE {condition} ORDER BY version DESC", **of)
    return [Event.model_validate(row) for row in rows]
