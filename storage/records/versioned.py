"""One way to keep records with versions: how each is now, how it was before, and who changed what when.

Two may want to change the same record, and the one who is slower loses in one of two ways. Inside one write, a record
that was read there was changed by another writer of the same store: ``VersionedStore.change`` raises ConflictError,
and ``Database.write`` runs the whole change again with fresh reads. Between two requests, a person's form or button
shows a version that is not the newest any more: ``VersionedStore.as_shown`` returns Overtaken, and the person is told.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from storage.engine.interface import ConflictError, Reader, Record, Row, Transaction, in_list
from storage.engine.statements import alter, equal, insert
from storage.finding import finding
from storage.finding.finding import Filing
from storage.records.revisions import remembered
from storage.records.tables import Table


class HistoryEntry(Record):
    """One step in the history of a record, by a user id, or by nobody; ``note`` says why or what.

    ``version`` is the one that the step made; the store fills it in.
    """

    version: int = 0
    at: str
    by: str
    what: str
    note: str = ""


class Versioned(Record):
    """A record with versions."""

    team_id: str
    version: int = 1


class Dated(Versioned):
    """A record with versions and an id of its own; times are ISO 8601 UTC text."""

    id: str
    created_at: str
    changed_at: str


R = TypeVar("R", bound=Versioned)
E = TypeVar("E", bound=HistoryEntry)


@dataclass(frozen=True, slots=True)
class Overtaken(Generic[R]):
    """The record that somebody's form or button shows has moved on; ``now`` is how it stands, None where it is gone."""

    now: R | None


@dataclass(frozen=True, slots=True)
class _Every(Generic[R]):
    """All records of a table, and by all that stands in its row each one, to be found again where that stays so."""

    by_row: Mapping[tuple[object, ...], R]
    records: list[R]

    def __len__(self) -> int:
        return len(self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionedStore(Table[R], Generic[R, E]):
    """Where records of one kind are kept, and the table of their history, in which every version is kept whole.

    ``key`` are the fields that name a record in its workspace, each with its column in the history. ``stamp`` is the
    field that says when a record was changed last, where it has one. ``files`` says what of a record is found by
    whoever looks for something; None of what is found by nobody, such as a draft.
    """

    entries: type[E]
    history_table: str
    key: Mapping[str, str]
    stamp: str = ""
    files: Callable[[R], Filing | None] | None = None

    def add(self, transaction: Transaction, record: R, entry: E) -> None:
        """Write a new record and the first step in its history. Raises ConflictError where its place was just taken."""
        if not self.insert(transaction, record):
            raise ConflictError(f"another record was written in the place of a new one in {self.table}")
        self.note(transaction, [record], entry)

    def note(self, transaction: Transaction, records: Iterable[R], entry: E) -> None:
        """Write the same step in the history of each record, and how it is from then on."""
        listed = list(records)
        insert(transaction, self.history_table, *self.steps(listed, entry))
        for each in listed:
            self.file(transaction, each)

    def steps(self, records: Iterable[R], entry: E) -> list[Row]:
        """Return the rows of the history in which the same step of each record stands."""
        step = entry.model_dump()
        return [
            {**step, **self._named(each), "version": each.version, "body": each.model_dump_json()} for each in records
        ]

    def change(self, transaction: Transaction, old: R, changes: Mapping[str, object], entry: E) -> R:
        """Write the next version of a record that was read in this transaction, and return it.

        Raises ConflictError when ``old`` is not how it stands; pydantic's ValidationError for what is no such record.
        """
        new = self.next_version(old, changes, entry)
        row = self.rows.row_of(new)
        columns = ", ".join(f"{name} = :{name}" for name in row if name not in ("team_id", *self.key))
        sql = f"UPDATE {self.table} SET {columns} WHERE {equal(('team_id', *self.key))} AND version = :version - 1"
        if not transaction.run(sql, **row):
            raise ConflictError(f"a record of {self.table} was changed since it was read")
        self.note(transaction, [new], entry)
        return new

    def file(self, transaction: Transaction, record: R) -> None:
        """Keep in the index what is found of a record now."""
        filing = self.files(record) if self.files is not None else None
        if filing is not None:
            finding.file(transaction, record.team_id, filing)

    def next_version(self, old: R, changes: Mapping[str, object], entry: E) -> R:
        """Return the next version of a record, without writing it."""
        stamped = {self.stamp: entry.at} if self.stamp else {}
        told = {**old.model_dump(), **changes, **stamped, "version": old.version + 1}
        return self.rows.record.model_validate(told)

    def as_shown(self, reader: Reader, team_id: str, version: int, **key: str) -> R | Overtaken[R]:
        """Return a record that somebody has seen in this version, or that it has moved on since."""
        now = self.one(reader, team_id, **key)
        return now if now is not None and now.version == version else Overtaken(now)

    def every(self, reader: Reader, team_id: str) -> list[R]:
        """Return all records; of those, only what has changed is read anew: reminders and summaries go through all."""
        name = (team_id, self.table)

        def read() -> _Every[R]:
            former = cast("_Every[R] | None", reader.former(name))
            before = {} if former is None else former.by_row
            every = f"SELECT {self.rows.selected} FROM {self.table} WHERE team_id = :team_id ORDER BY {self.order}"
            rows = ((tuple(row.values()), row) for row in reader.all(every, team_id=team_id))
            by_row = {key: before.get(key) or self.rows.read(row) for key, row in rows}
            return _Every(by_row, list(by_row.values()))

        return remembered(reader, name, [self.table], read).records

    def history(self, reader: Reader, team_id: str, *key: str) -> list[E]:
        """Return what happened to a record, newest first; ``key`` are the values that name it."""
        return [self._entry(row) for row in self._steps(reader, team_id, key)]

    def past(self, reader: Reader, team_id: str, *key: str) -> list[tuple[E, R]]:
        """Return each step in a record's history with the record as it was from then on, newest first."""
        steps = self._steps(reader, team_id, key)
        return [(self._entry(row), self.then(row)) for row in steps if row["body"]]

    def courses(self, reader: Reader, team_id: str, ids: Sequence[str]) -> dict[tuple[str, ...], list[tuple[E, R]]]:
        """Return each step of many records, the first one first, with the record as it was from then on.

        ``ids`` are values of the first field of their key; the keys of the answer are those of the records.
        """
        listed, values = in_list(next(iter(self.key.values())), ids)
        such = f"team_id = :team_id AND {listed} AND body <> '' ORDER BY version"
        found: dict[tuple[str, ...], list[tuple[E, R]]] = {}
        for row in reader.all(f"SELECT * FROM {self.history_table} WHERE {such}", team_id=team_id, **values):
            named = tuple(row[column] for column in self.key.values())
            found.setdefault(named, []).append((self._entry(row), self.then(row)))
        return found

    def versions(self, reader: Reader, team_id: str, *key: str) -> list[R]:
        """Return a record as it was in each of its versions, the first one first."""
        return [record for _, record in reversed(self.past(reader, team_id, *key))]

    def version_of(self, reader: Reader, team_id: str, record_id: str, version: int) -> R | None:
        """Return a record as it was in one version."""
        found = self._steps(reader, team_id, (record_id,), version)
        return self.then(found[0]) if found else None

    def then(self, row: Mapping[str, Any]) -> R:
        """Return the record of a row of the history; an import may have been written before it had a workspace."""
        return self.rows.record.model_validate({**json.loads(row["body"]), "team_id": row["team_id"]})

    def take_out(self, transaction: Transaction, record: R, emptied: Callable[[R], Mapping[str, object]]) -> None:
        """Take texts out of every version of a record, and every note out of its history.

        ``emptied`` returns what stands in the place of the texts of one version.
        """
        named = self._named(record)
        for row in self._steps(transaction, record.team_id, self._key_of(record)):
            then = self.then(row) if row["body"] else None
            left = then and self.rows.record.model_validate({**then.model_dump(), **emptied(then)})
            this = {**named, "version": row["version"]}
            alter(transaction, self.history_table, this, body=left.model_dump_json() if left else "", note="")

    def _steps(
        self, reader: Reader, team_id: str, key: Sequence[str], version: int | None = None
    ) -> list[dict[str, Any]]:
        named = {"team_id": team_id, **dict(zip(self.key.values(), key, strict=True))}
        wanted = named if version is None else {**named, "version": version}
        return reader.all(f"SELECT * FROM {self.history_table} WHERE {equal(wanted)} ORDER BY version DESC", **wanted)

    def _entry(self, row: Mapping[str, Any]) -> E:
        return self.entries.model_validate({name: row[name] for name in self.entries.model_fields})

    def _key_of(self, record: R) -> list[str]:
        return [getattr(record, field) for field in self.key]

    def _named(self, record: R) -> dict[str, str]:
        """Return the columns that name a record in the history."""
        return {"team_id": record.team_id, **{column: getattr(record, field) for field, column in self.key.items()}}
