"""How a record stands in a row: whole as JSON beside the columns by which it is found, or column by column."""

from collections.abc import Mapping
from typing import Any, Generic, Protocol, TypeVar, get_origin

from pydantic import TypeAdapter
from pydantic_core import to_json

from storage.engine.interface import Record

R = TypeVar("R", bound=Record)


class Rows(Protocol[R]):
    """What a versioned store has to know of its table: ``selected`` are the columns from which a record is read."""

    record: type[R]
    selected: str

    def row_of(self, record: R) -> dict[str, object]:
        """Return the values of the columns, by name."""

    def read(self, row: Mapping[str, Any]) -> R:
        """Return the record of a row that has at least the columns ``selected``."""


class InBody(Generic[R]):
    """Rows that hold a record as JSON in ``body``; ``columns`` are the fields that have a column too.

    Besides those of every such record: its id, its workspace, when it was made, and its version.
    """

    def __init__(self, record: type[R], columns: tuple[str, ...]) -> None:
        self.record = record
        self.selected = "body"
        self._columns = ("id", "team_id", "created_at", "version", *columns)

    def row_of(self, record: R) -> dict[str, object]:
        return {**{name: getattr(record, name) for name in self._columns}, "body": record.model_dump_json()}

    def read(self, row: Mapping[str, Any]) -> R:
        return self.record.model_validate_json(row["body"])


class InColumns(Generic[R]):
    """Rows whose columns are the record, field by field: lists as JSON text, yes and no as 1 and 0.

    Rows are not checked again when they are read: each was when it was written, and the hottest of reads are these.
    """

    def __init__(self, record: type[R]) -> None:
        kinds: dict[str, Any] = {name: field.annotation for name, field in record.model_fields.items()}
        self.record = record
        self.columns = tuple(kinds)
        self.selected = ", ".join(kinds)
        self._lists = {name: TypeAdapter(kind) for name, kind in kinds.items() if get_origin(kind) is tuple}
        self._flags = [name for name, kind in kinds.items() if kind is bool]
        self._shared = {"__pydantic_fields_set__": set(kinds), "__pydantic_extra__": None, "__pydantic_private__": None}

    def row_of(self, record: R) -> dict[str, object]:
        fields = record.__dict__
        told = {name: fields[name] for name in self.columns}
        for name in self._lists:
            told[name] = to_json(told[name]).decode() if told[name] else "[]"
        for name in self._flags:
            told[name] = int(told[name])
        return told

    def read(self, row: Mapping[str, Any]) -> R:
        told = {name: row[name] for name in self.columns}
        for name, kind in self._lists.items():
            told[name] = kind.validate_json(told[name]) if told[name] != "[]" else ()
        for name in self._flags:
            told[name] = bool(told[name])
        return self._made(told)

    def _made(self, told: Mapping[str, Any]) -> R:
        """Return a record as pickling makes one: that takes less time than a copy.

        Records are frozen, and share the set of the fields that were given, which takes more than they do.
        """
        record = self.record.__new__(self.record)
        record.__setstate__({"__dict__": told, **self._shared})
        return record
