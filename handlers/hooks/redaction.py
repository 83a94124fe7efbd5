"""What can be redacted: how each feature's records look to who takes a text out of them for good."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storage.engine.interface import Reader, Transaction


@dataclass(frozen=True, slots=True)
class Redactable:
    """A record. ``told`` is how people name it, ``authors`` wrote it.

    ``texts`` are its own words, as messages that tell of it without its id have them; ``thread`` is its thread's id in
    the store. ``repeated_in`` are the names of records that were written from it and have its words;
    ``is_written_since``: it has text although it was redacted before.
    """

    kind: str
    id: str
    told: str
    visibility: str
    authors: tuple[str, ...]
    texts: tuple[str, ...]
    thread: str = ""
    repeated_in: tuple[str, ...] = ()
    is_written_since: bool = False


@dataclass(frozen=True, slots=True)
class Redacts:
    """How a feature finds records by what people call them, among those that may be seen, and takes their text out.

    ``take_out`` gets the record, who does it (a user id) and when (ISO 8601 UTC text); the record's history says so.
    """

    kinds: tuple[str, ...]
    find: Callable[[Reader, str, str, Sequence[str]], Sequence[Redactable]]
    take_out: Callable[[Transaction, str, Redactable, str, str], None]
