"""The glossary as files: our own CSV, YAML and JSON, which are complete, and those of others."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from types import ModuleType

import yaml
from pydantic import ValidationError

from handlers.checks import csv_files, plain_json, plain_yaml
from handlers.checks.csv_files import FormatError
from handlers.glossary.formats import datahub, open_metadata, tables
from handlers.glossary.formats.rows import Entry, Row, cell, in_yaml
from storage.glossary.glossary import NewSense

__all__ = ["FORMATS", "WITH_PRIVATE", "FormatError", "Row", "left_out", "read", "write"]

_FIELDS = tuple(NewSense.model_fields)
_KNOWN = frozenset(_FIELDS)
_SHOWN = 40


def read(raw: bytes, form: str, discipline: str) -> list[Row]:
    """Read a file. ``discipline`` is for formats and rows that name none. Raises FormatError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"the file is not UTF-8 (byte {error.start}); save it so and try again") from None
    try:
        return [_row(entry, discipline) for entry in _READERS[form](text)]
    except RecursionError:
        raise FormatError(f"the file can't be read as {form}: its lists are too deep") from None
    except (yaml.YAMLError, json.JSONDecodeError) as error:
        raise FormatError(f"the file can't be read as {form}: {' '.join(str(error).split())}") from None


def write(senses: Iterable[NewSense], form: str) -> str:
    """Return meanings as a file; in the order in which they come."""
    return _WRITERS[form](senses)


def left_out(senses: Iterable[NewSense], form: str) -> list[str]:
    """Return which fields a format has no place for, each with how many meanings have it."""
    counts = Counter(name for each in senses for name in _NO_PLACE.get(form, ()) if getattr(each, name))
    return [f"{name} ({count:,})" for name, count in counts.items()]


def _row(entry: Entry, discipline: str) -> Row:
    place, told, lost = entry
    if isinstance(told, FormatError):
        return Row(place, None, str(told))
    if told is None and lost:
        return Row(place, None, lost=tuple(lost))
    if not isinstance(told, dict):
        return Row(place, None, "this isn't a definition; it should have fields such as word and gloss")
    given = {name: value for name, value in told.items() if value not in (None, "", [])}
    if unknown := given.keys() - _KNOWN:
        return Row(place, None, f"there is no field {min(map(str, unknown))!r}; known are {', '.join(_FIELDS)}")
    if isinstance(given.get("discipline"), str):
        given["discipline"] = given["discipline"].strip().casefold()
    given.setdefault("discipline", discipline)
    try:
        return Row(place, NewSense.model_validate(given), lost=tuple(lost))
    except ValidationError as error:
        return Row(place, None, _in_plain_words(error))


def _in_plain_words(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    name, told = ".".join(map(str, first["loc"])), first.get("ctx", {})
    text = str(first["input"])
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    if first["type"] == "missing":
        return f"{name} is missing"
    if "max_length" in told:
        return f"{name} has {len(text)} characters, at most {told['max_length']} fit: “{shown}”"
    if "expected" in told:
        return f"{name} should be {told['expected']}, not “{shown}”"
    return f"{name} can't be “{shown}”"


def _read_csv(text: str) -> Iterator[Entry]:
    table = tables.table_of(text)
    if open_metadata.is_open_metadata(table):
        return open_metadata.read(table)
    return tables.read_own(table) if tables.is_own(table) else tables.read(table)


def _read_yaml(text: str) -> Iterator[Entry]:
    told = plain_yaml.read(text)
    return datahub.read(told) if datahub.is_datahub(told) else _entries(told)


def _read_json(text: str) -> Iterator[Entry]:
    told = plain_json.read(text)
    is_linked = "@context" in told or "@graph" in told if isinstance(told, dict) else False
    return _read_skos("skos-jsonld", text) if is_linked else _entries(told)


def _read_skos(form: str, text: str) -> Iterator[Entry]:
    found: Iterator[Entry] = _on_use("skos_reading").read(_on_use("skos").graph_of(text, form))
    return found


def _write_skos(form: str, senses: Iterable[NewSense]) -> str:
    written: str = _on_use("skos").write(senses, form)
    return written


def _on_use(name: str) -> ModuleType:
    """Return a module of this folder that needs rdflib, which takes a tenth of a second to load."""
    return import_module(f"handlers.glossary.formats.{name}")


def _write_csv(senses: Iterable[NewSense]) -> str:
    return csv_files.written(_FIELDS, ([cell(getattr(sense, name)) for name in _FIELDS] for sense in senses))


def _entries(told: object) -> Iterator[Entry]:
    if not isinstance(told, list):
        raise FormatError("the file should be a list of meanings")
    for number, each in enumerate(told, start=1):
        yield Entry(f"entry {number}", each)


def _plain(sense: NewSense) -> dict[str, object]:
    return {name: value for name, value in sense.model_dump(mode="json").items() if value}


_READERS: dict[str, Callable[[str], Iterator[Entry]]] = {
    "csv": _read_csv,
    "yaml": _read_yaml,
    "json": _read_json,
    "openmetadata": lambda text: open_metadata.read(tables.table_of(text)),
    "openmetadata-1": lambda text: open_metadata.read(tables.table_of(text)),
    "datahub": lambda text: datahub.read(plain_yaml.read(text)),
    "skos": partial(_read_skos, "skos"),
    "skos-jsonld": partial(_read_skos, "skos-jsonld"),
}
_WRITERS: dict[str, Callable[[Iterable[NewSense]], str]] = {
    "csv": _write_csv,
    "yaml": lambda senses: in_yaml([*map(_plain, senses)]),
    "json": lambda senses: json.dumps([*map(_plain, senses)], indent=1, ensure_ascii=False) + "\n",
    "openmetadata": open_metadata.write,
    "openmetadata-1": partial(open_metadata.write, before_2=True),
    "datahub": datahub.write,
    "skos": partial(_write_skos, "skos"),
    "skos-jsonld": partial(_write_skos, "skos-jsonld"),
}
FORMATS = tuple(_READERS)
_NO_PLACE = dict.fromkeys(("openmetadata", "openmetadata-1"), open_metadata.NO_PLACE)
#: Formats that say who sees a meaning; of the others everybody sees all.
WITH_PRIVATE = ("csv", "yaml", "json")
