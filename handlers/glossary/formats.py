"""The glossary as files: our own CSV, YAML and JSON, OpenMetadata's CSV of glossary terms, DataHub's business glossary.

OpenMetadata: https://docs.open-metadata.org (glossary, bulk import). DataHub:
https://docs.datahub.com/docs/generated/ingestion/sources/business-glossary
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from handlers import spreadsheets
from handlers.spreadsheets import SpreadsheetError
from storage.glossary import GLOSS_LENGTH, NewSense, Relation

_FIELDS = tuple(NewSense.model_fields)
_LISTS = ("aliases", "misspellings", "relations")
_TAG = re.compile(r"<[^>]+>")
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_OPEN_METADATA = (
    "parent", "name*", "displayName", "description", "synonyms", "relatedTerms", "references", "tags", "reviewers",
    "owner", "glossaryStatus", "color", "iconURL", "extension",
)  # fmt: skip
_STATUSES = {"draft": "Draft", "approved": "Approved", "disputed": "In Review", "deprecated": "Deprecated"}
#: DataHub's relations of a term, and SKOS's names for them.
_DATAHUB_RELATIONS = {"inherits": "broader", "contains": "narrower", "related_terms": "related"}
_FROM_STATUS = {"approved": "approved", "deprecated": "deprecated"}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Row:
    """One meaning of a file, or why it is refused; ``place`` says where it stands, such as "line 3"."""

    place: str
    sense: NewSense | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands in the place of a row that its format cannot hold."""

    error: str


class FormatError(Exception):
    """The file as a whole cannot be read; the message says what is wrong and where."""


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
    for place, told in spreadsheets.read(text, "word"):
        cells = told if told is None else {name: _from_cell(name, value) for name, value in told.items()}
        yield place, Broken(spreadsheets.OTHER_COLUMNS) if cells is None else cells


def _from_cell(name: str, value: str) -> object:
    if name not in _LISTS:
        return value
    lines = [line for line in value.split("\n") if line.strip()]
    return [_relation(line) for line in lines] if name == "relations" else lines


def _relation(line: str) -> dict[str, str]:
    kind, _, word = line.partition(":")
    return {"kind": kind.strip(), "word": word.strip()}


def _write_csv(senses: Iterable[NewSense]) -> str:
    return spreadsheets.written(_FIELDS, ([_cell(getattr(sense, name)) for name in _FIELDS] for sense in senses))


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        value = "\n".join(f"{each.kind}: {each.word}" if isinstance(each, Relation) else each for each in value)
    return str(value)


def _read_yaml(text: str) -> Iterator[tuple[str, object]]:
    yield from _entries(yaml.load(text, Loader=_LOADER))  # noqa: S506 - both are safe loaders


def _read_json(text: str) -> Iterator[tuple[str, object]]:
    yield from _entries(json.loads(text))


def _entries(told: object) -> Iterator[tuple[str, object]]:
    if not isinstance(told, list):
        raise FormatError("the file should be a list of meanings")
    for number, each in enumerate(told, start=1):
        yield f"entry {number}", each


def _write_yaml(senses: Iterable[NewSense]) -> str:
    told = [_plain(sense) for sense in senses]
    return yaml.dump(told, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=110)


def _write_json(senses: Iterable[NewSense]) -> str:
    return json.dumps([_plain(sense) for sense in senses], indent=1, ensure_ascii=False) + "\n"


def _plain(sense: NewSense) -> dict[str, object]:
    return {name: value for name, value in sense.model_dump(mode="json").items() if value}


def _read_open_metadata(text: str) -> Iterator[tuple[str, object]]:
    for place, words in spreadsheets.read(text, "name*"):
        if words is None:
            yield place, Broken(spreadsheets.OTHER_COLUMNS)
            continue
        gloss, definition = _in_two(words.get("description", ""))
        title, _, link = words.get("references", "").partition(";")
        word = words.get("displayName") or words["name*"]
        aliases = [each for each in words.get("synonyms", "").split(";") if each.strip()]
        state = words.get("glossaryStatus", "").casefold()
        yield place, {
            "word": word, "discipline": _last(words.get("parent", "")), "gloss": gloss, "definition": definition,
            "aliases": aliases, "source_title": title, "source_link": link.partition(";")[0],
            "relations": _related("related", words.get("relatedTerms", "").split(";")),
            "status": _FROM_STATUS.get(state, "draft"), "origin": "OpenMetadata",
        }  # fmt: skip


def _write_open_metadata(senses: Iterable[NewSense]) -> str:
    rows = []
    for sense in senses:
        description = "\n\n".join(each for each in (sense.gloss, sense.definition) if each)
        source = f"{sense.source_title};{sense.source_link}" if sense.source_link else ""
        related = ";".join(each.word for each in sense.relations if each.kind == "related")
        cells = [sense.discipline, sense.word, sense.word, description, ";".join(sense.aliases), related, source]
        row = [*cells, "", "", "", _STATUSES[sense.status], "", "", ""]
        rows.append([_cell(each) for each in row])
    return spreadsheets.written(_OPEN_METADATA, rows)


def _related(kind: str, names: Iterable[object]) -> list[dict[str, str]]:
    """Return relations to terms that a catalogue names with the path to them, such as Glossary.Node.Term."""
    words = [str(each).strip().rpartition(".")[2].strip('"') for each in names]
    return [{"kind": kind, "word": word} for word in words if word]


def _read_datahub(text: str) -> Iterator[tuple[str, object]]:
    told = yaml.load(text, Loader=_LOADER)  # noqa: S506
    if not isinstance(told, dict) or not (told.get("nodes") or told.get("terms")):
        raise FormatError("the file should be DataHub's business glossary, with nodes or terms")
    yield from _node(told, "", "glossary")


def _node(node: Mapping[str, Any], name: str, path: str) -> Iterator[tuple[str, object]]:
    for term in _list(node, "terms", path):
        place = f"{path} / {term.get('name', '?')}" if isinstance(term, dict) else path
        yield place, _term(term, name) if isinstance(term, dict) else term
    for child in _list(node, "nodes", path):
        if not isinstance(child, dict):
            raise FormatError(f"{path}: each of its nodes should have a name and terms")
        yield from _node(child, str(child.get("name", "")), f"{path} / {child.get('name', '?')}")


def _list(node: Mapping[str, Any], name: str, path: str) -> list[object]:
    told = node.get(name) or []
    if not isinstance(told, list):
        raise FormatError(f"{path}: its {name} should be a list")
    return told


def _term(term: Mapping[str, Any], discipline: str) -> dict[str, object]:
    properties = term.get("custom_properties")
    own = properties if isinstance(properties, dict) else {}
    gloss, definition = _in_two(str(term.get("description") or ""))
    is_kept = bool(own.get("gloss"))
    return {
        "word": str(term.get("name", "")),
        "discipline": str(own.get("discipline") or discipline).casefold(),
        "gloss": own.get("gloss") or gloss,
        "definition": str(term.get("description") or "") if is_kept else definition,
        "example": own.get("example", ""),
        "aliases": [each for each in str(own.get("aliases", "")).split("; ") if each],
        "relations": [each for name, kind in _DATAHUB_RELATIONS.items() for each in _related(kind, _names(term, name))],
        "source_title": term.get("source_ref") or "",
        "source_link": term.get("source_url") or "",
        "status": own.get("status"),
        "origin": "DataHub",
    }


def _names(term: Mapping[str, Any], name: str) -> list[object]:
    told = term.get(name)
    return told if isinstance(told, list) else []


def _write_datahub(senses: Iterable[NewSense]) -> str:
    nodes: dict[str, list[dict[str, object]]] = {}
    for sense in senses:
        own = {
            "gloss": sense.gloss,
            "example": sense.example,
            "aliases": "; ".join(sense.aliases),
            "status": sense.status,
        }
        term: dict[str, object] = {"name": sense.word, "description": sense.definition or sense.gloss}
        term["term_source"] = "EXTERNAL" if sense.source_link else "INTERNAL"
        term |= {
            name: value
            for name, value in (("source_ref", sense.source_title), ("source_url", sense.source_link))
            if value
        }
        for name, kind in _DATAHUB_RELATIONS.items():
            if words := [each.word for each in sense.relations if each.kind == kind]:
                term[name] = words
        term["custom_properties"] = {name: value for name, value in own.items() if value}
        nodes.setdefault(sense.discipline, []).append(term)
    told = {
        "version": "1", "source": "Common Ground", "owners": {"users": ["common-ground"]},
        "nodes": [
            {"name": name, "description": f"What {name} means by its words", "terms": terms}
            for name, terms in nodes.items()
        ],
    }  # fmt: skip
    return yaml.dump(told, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=110)


def _in_two(description: str) -> tuple[str, str]:
    """Return a gloss and a definition from one text: its first paragraph, or its first sentence and all of it."""
    first, _, rest = description.partition("\n\n")
    if rest and len(first) <= GLOSS_LENGTH:
        return first.strip(), rest.strip()
    text = " ".join(_TAG.sub(" ", description).split())
    first = _SENTENCE.split(text, maxsplit=1)[0].rstrip(".")
    gloss = first if len(first) <= GLOSS_LENGTH else first[: GLOSS_LENGTH - 1].rpartition(" ")[0] + "…"
    return gloss, text if text.rstrip(".") != gloss else ""


def _last(parent: str) -> str:
    return parent.rpartition(".")[2].strip('"').casefold()


_READERS: dict[str, Callable[[str], Iterator[tuple[str, object]]]] = {
    "csv": _read_csv,
    "yaml": _read_yaml,
    "json": _read_json,
    "openmetadata": _read_open_metadata,
    "datahub": _read_datahub,
}
_WRITERS: dict[str, Callable[[Iterable[NewSense]], str]] = {
    "csv": _write_csv,
    "yaml": _write_yaml,
    "json": _write_json,
    "openmetadata": _write_open_metadata,
    "datahub": _write_datahub,
}
FORMATS = tuple(_READERS)
