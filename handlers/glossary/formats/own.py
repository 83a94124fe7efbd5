"""The glossary as files: our own CSV, YAML and JSON, which are complete, and those of data catalogues."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from handlers.checks import csv_files
from handlers.checks.csv_files import SpreadsheetError
from handlers.glossary.formats.catalogues import read_datahub, read_open_metadata, write_datahub, write_open_metadata
from handlers.glossary.formats.rows import DUMPER, LOADER, Broken, FormatError, Row, cell
from storage.glossary.glossary import NewSense

__all__ = ["FORMATS", "FormatError", "Row", "read", "write"]

_FIELDS = tuple(NewSense.model_fields)
_LISTS = ("aliases", "misspellings", "relations")


def read(raw: bytes, form: str, discipline: str) -> list[Row]:
    """Read a file. ``discipline`` is for formats and rows that name none. Raises FormatError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"the file is not UTF-8 (byte {error.start}); save it so and try again") from None
    try:
        return [_row(place, told, discipline) for place, told in _READERS[form](text)]
    except SpreadsheetError as error:
        raise FormatError(str(error)) from None
    except RecursionError:
        raise FormatError(f"the file is no {form} that can be read: its lists are too deep") from None
    except (yaml.YAMLError, json.JSONDecodeError) as error:
        raise FormatError(f"the file is no {form} that can be read: {' '.join(str(error).split())}") from None


def write(senses: Iterable[NewSense], form: str) -> str:
    """Return meanings as a file; in the order in which they come."""
    return _WRITERS[form](senses)


def _row(place: str, told: object, discipline: str) -> Row:
    if isinstance(told, Broken):
        return Row(place, None, told.error)
    if not isinstance(told, dict):
        return Row(place, None, "this is no meaning; it should have fields such as word and gloss")
    given = {name: value for name, value in told.items() if value not in (None, "", [])}
    if unknown := sorted(str(name) for name in given.keys() - set(_FIELDS)):
        return Row(place, None, f"there is no field {unknown[0]!r}; known are {', '.join(_FIELDS)}")
    if isinstance(given.get("discipline"), str):
        given["discipline"] = given["discipline"].strip().casefold()
    try:
        return Row(place, NewSense.model_validate({"discipline": discipline, **_as_tuples(given)}))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return Row(place, None, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")


def _as_tuples(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if name in _LISTS and isinstance(value, list) else value for name, value in given.items()
    }


def _read_csv(text: str) -> Iterator[tuple[str, object]]:
    for place, told in csv_files.read(text, "word"):
        cells = told if told is None else {name: _fromcell(name, value) for name, value in told.items()}
        yield place, Broken(csv_files.OTHER_COLUMNS) if cells is None else cells


def _fromcell(name: str, value: str) -> object:
    if name not in _LISTS:
        return value
    lines = [line for line in value.split("\n") if line.strip()]
    return [_relation(line) for line in lines] if name == "relations" else lines


def _relation(line: str) -> dict[str, str]:
    kind, _, word = line.partition(":")
    return {"kind": kind.strip(), "word": word.strip()}


def _write_csv(senses: Iterable[NewSense]) -> str:
    return csv_files.written(_FIELDS, ([cell(getattr(sense, name)) for name in _FIELDS] for sense in senses))


def _read_yaml(text: str) -> Iterator[tuple[str, object]]:
    yield from _entries(yaml.load(text, Loader=LOADER))  # noqa: S506 - both are safe loaders


def _read_json(text: str) -> Iterator[tuple[str, object]]:
    yield from _entries(json.loads(text))


def _entries(told: object) -> Iterator[tuple[str, object]]:
    if not isinstance(told, list):
        raise FormatError("the file should be a list of meanings")
    for number, each in enumerate(told, start=1):
        yield f"entry {number}", each


def _write_yaml(senses: Iterable[NewSense]) -> str:
    told = [_plain(sense) for sense in senses]
    return yaml.dump(told, Dumper=DUMPER, sort_keys=False, allow_unicode=True, width=110)


def _write_json(senses: Iterable[NewSense]) -> str:
    return json.dumps([_plain(sense) for sense in senses], indent=1, ensure_ascii=False) + "\n"


def _plain(sense: NewSense) -> dict[str, object]:
    return {name: value for name, value in sense.model_dump(mode="json").items() if value}


_READERS: dict[str, Callable[[str], Iterator[tuple[str, object]]]] = {
    "csv": _read_csv,
    "yaml": _read_yaml,
    "json": _read_json,
    "openmetadata": read_open_metadata,
    "datahub": read_datahub,
}
_WRITERS: dict[str, Callable[[Iterable[NewSense]], str]] = {
    "csv": _write_csv,
    "yaml": _write_yaml,
    "json": _write_json,
    "openmetadata": write_open_metadata,
    "datahub": write_datahub,
}
FORMATS = tuple(_READERS)
