"""The glossary as files: our own CSV, YAML and JSON, which are complete, and those of data catalogues."""

import json
from collections.abc import Callable, Iterable, Iterator

import yaml
from pydantic import ValidationError

from handlers.checks import csv_files, plain_yaml
from handlers.checks.csv_files import FormatError
from handlers.glossary.formats.catalogues import read_datahub, read_open_metadata, write_datahub, write_open_metadata
from handlers.glossary.formats.rows import Row, cell, in_yaml
from storage.glossary.glossary import NewSense

__all__ = ["FORMATS", "FormatError", "Row", "read", "write"]

_FIELDS = tuple(NewSense.model_fields)
_KNOWN = frozenset(_FIELDS)
_LISTS = ("aliases", "misspellings", "relations")


def read(raw: bytes, form: str, discipline: str) -> list[Row]:
    """Read a file. ``discipline`` is for formats and rows that name none. Raises FormatError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"the file is not UTF-8 (byte {error.start}); save it so and try again") from None
    try:
        return [_row(place, told, discipline) for place, told in _READERS[form](text)]
    except RecursionError:
        raise FormatError(f"the file can't be read as {form}: its lists are too deep") from None
    except (yaml.YAMLError, json.JSONDecodeError) as error:
        raise FormatError(f"the file can't be read as {form}: {' '.join(str(error).split())}") from None


def write(senses: Iterable[NewSense], form: str) -> str:
    """Return meanings as a file; in the order in which they come."""
    return _WRITERS[form](senses)


def _row(place: str, told: object, discipline: str) -> Row:
    if isinstance(told, FormatError):
        return Row(place, None, str(told))
    if not isinstance(told, dict):
        return Row(place, None, "this isn't a definition; it should have fields such as word and gloss")
    given = {name: value for name, value in told.items() if value not in (None, "", [])}
    if unknown := given.keys() - _KNOWN:
        return Row(place, None, f"there is no field {min(map(str, unknown))!r}; known are {', '.join(_FIELDS)}")
    if isinstance(given.get("discipline"), str):
        given["discipline"] = given["discipline"].strip().casefold()
    given.setdefault("discipline", discipline)
    try:
        return Row(place, NewSense.model_validate(given))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return Row(place, None, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")


def _read_csv(text: str) -> Iterator[tuple[str, object]]:
    for place, told in csv_files.read(text, "word"):
        if told is None:
            yield place, FormatError(csv_files.OTHER_COLUMNS)
        else:
            yield place, told | {name: _fromcell(name, told[name]) for name in _LISTS if name in told}


def _fromcell(name: str, value: str) -> list[object]:
    lines = [line for line in value.split("\n") if line.strip()]
    if name != "relations":
        return [*lines]
    return [{"kind": kind.strip(), "word": word.strip()} for kind, _, word in (each.partition(":") for each in lines)]


def _write_csv(senses: Iterable[NewSense]) -> str:
    return csv_files.written(_FIELDS, ([cell(getattr(sense, name)) for name in _FIELDS] for sense in senses))


def _entries(told: object) -> Iterator[tuple[str, object]]:
    if not isinstance(told, list):
        raise FormatError("the file should be a list of meanings")
    for number, each in enumerate(told, start=1):
        yield f"entry {number}", each


def _plain(sense: NewSense) -> dict[str, object]:
    return {name: value for name, value in sense.model_dump(mode="json").items() if value}


_READERS: dict[str, Callable[[str], Iterator[tuple[str, object]]]] = {
    "csv": _read_csv,
    "yaml": lambda text: _entries(plain_yaml.read(text)),
    "json": lambda text: _entries(json.loads(text)),
    "openmetadata": read_open_metadata,
    "datahub": read_datahub,
}
_WRITERS: dict[str, Callable[[Iterable[NewSense]], str]] = {
    "csv": _write_csv,
    "yaml": lambda senses: in_yaml([*map(_plain, senses)]),
    "json": lambda senses: json.dumps([*map(_plain, senses)], indent=1, ensure_ascii=False) + "\n",
    "openmetadata": write_open_metadata,
    "datahub": write_datahub,
}
FORMATS = tuple(_READERS)
