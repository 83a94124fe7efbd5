"""What our forms and buttons carry, read back: as this version writes it, or else it is outdated, or forged."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

from handlers.slack.blocks import VALUE_LIMIT, cut
from storage.engine.interface import Record

T = TypeVar("T")
R = TypeVar("R", bound=Record)
#: Digits of the longest number that is counted: pages and versions.
_DIGITS = 9
#: Made once a type, since that takes longer than reading.
_READERS: dict[object, TypeAdapter[Any]] = {}


class OutdatedError(Exception):
    """What a form or a button carries is not what this version writes; the boundary says that it is outdated."""


def read(kind: type[T], text: str) -> T:
    """Return what was written as JSON. Raises OutdatedError, also for what is nested too deeply."""
    reader = _READERS.setdefault(kind, _READERS.get(kind) or TypeAdapter(kind))
    try:
        found: T = reader.validate_json(text)
    except ValueError as error:
        raise OutdatedError from error
    return found


def written(told: R, longest: str) -> str:
    """Return something as a button carries it, with as much of its longest text as fits: quotes take twice as much."""
    over = len(told.model_dump_json()) - VALUE_LIMIT
    if over <= 0:
        return told.model_dump_json()
    text = str(getattr(told, longest))
    return told.model_copy(update={longest: cut(text, max(1, len(text) - over))}).model_dump_json()


def number(text: str) -> int:
    """Return a whole number, 0 where there is none. Raises OutdatedError."""
    if text and not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise OutdatedError
    return int(text or 0)
