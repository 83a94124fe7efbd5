"""Glossary terms as data catalogues keep them: OpenMetadata's CSV and DataHub's business glossary.

OpenMetadata: https://docs.open-metadata.org (glossary, bulk import). DataHub:
https://docs.datahub.com/docs/generated/ingestion/sources/business-glossary
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from handlers.checks import csv_files, plain_yaml
from handlers.checks.csv_files import FormatError
from handlers.glossary.formats.rows import cell, in_yaml
from storage.glossary.glossary import GLOSS_LENGTH, NewSense

_TAG = re.compile(r"<[^>]+>")
_SENTENCE = re.compile(r"(?<=[.!?])\s")
_FIRST = ("parent", "name*", "displayName", "description", "synonyms", "relatedTerms", "references")
_OPEN_METADATA = (*_FIRST, "tags", "reviewers", "owner", "glossaryStatus", "color", "iconURL", "extension")
_STATUSES = {"draft": "Draft", "approved": "Approved", "disputed": "In Review", "deprecated": "Deprecated"}
#: DataHub's relations of a term, and SKOS's names for them.
_DATAHUB_RELATIONS = {"inherits": "broader", "contains": "narrower", "related_terms": "related"}
_FROM_STATUS = {"approved": "approved", "deprecated": "deprecated"}


def read_open_metadata(text: str) -> Iterator[tuple[str, object]]:
    for place, words in csv_files.read(text, "name*"):
        yield place, FormatError(csv_files.OTHER_COLUMNS) if words is None else _open_metadata(words)


def _open_metadata(words: Mapping[str, str]) -> dict[str, object]:
    gloss, definition = _in_two(words.get("description", ""))
    title, _, link = words.get("references", "").partition(";")
    return {
        "word": words.get("displayName") or words["name*"],
        "discipline": _last(words.get("parent", "")),
        "gloss": gloss,
        "definition": definition,
        "aliases": [each for each in words.get("synonyms", "").split(";") if each.strip()],
        "source_title": title,
        "source_link": link.partition(";")[0],
        "relations": _related("related", words.get("relatedTerms", "").split(";")),
        "status": _FROM_STATUS.get(words.get("glossaryStatus", "").casefold(), "draft"),
        "origin": "OpenMetadata",
    }


def write_open_metadata(senses: Iterable[NewSense]) -> str:
    rows = []
    for sense in senses:
        description = "\n\n".join(each for each in (sense.gloss, sense.definition) if each)
        source = f"{sense.source_title};{sense.source_link}" if sense.source_link else ""
        related = ";".join(each.word for each in sense.relations if each.kind == "related")
        cells = [sense.discipline, sense.word, sense.word, description, ";".join(sense.aliases), related, source]
        row = [*cells, "", "", "", _STATUSES[sense.status], "", "", ""]
        rows.append([cell(each) for each in row])
    return csv_files.written(_OPEN_METADATA, rows)


def _related(kind: str, names: object) -> list[dict[str, str]]:
    """Return relations to terms that a catalogue names with the path to them, such as Glossary.Node.Term."""
    words = [str(each).strip().rpartition(".")[2].strip('"') for each in (names if isinstance(names, list) else [])]
    return [{"kind": kind, "word": word} for word in words if word]


def read_datahub(text: str) -> Iterator[tuple[str, object]]:
    told = plain_yaml.read(text)
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
        "relations": [each for name, kind in _DATAHUB_RELATIONS.items() for each in _related(kind, term.get(name))],
        "source_title": term.get("source_ref") or "",
        "source_link": term.get("source_url") or "",
        "status": own.get("status"),
        "origin": "DataHub",
    }


def write_datahub(senses: Iterable[NewSense]) -> str:
    terms: dict[str, list[dict[str, object]]] = {}
    for sense in senses:
        terms.setdefault(sense.discipline, []).append(_as_term(sense))
    nodes = [{"name": each, "description": f"What {each} means by its words", "terms": terms[each]} for each in terms]
    told = {"version": "1", "source": "Common Ground", "owners": {"users": ["common-ground"]}, "nodes": nodes}
    return in_yaml(told)


def _as_term(sense: NewSense) -> dict[str, object]:
    own = {"gloss": sense.gloss, "example": sense.example, "aliases": "; ".join(sense.aliases), "status": sense.status}
    source: dict[str, object] = {"source_ref": sense.source_title, "source_url": sense.source_link}
    for name, kind in _DATAHUB_RELATIONS.items():
        source[name] = [each.word for each in sense.relations if each.kind == kind]
    return {
        "name": sense.word,
        "description": sense.definition or sense.gloss,
        "term_source": "EXTERNAL" if sense.source_link else "INTERNAL",
        **{name: value for name, value in source.items() if value},
        "custom_properties": {name: value for name, value in own.items() if value},
    }


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
