"""Glossary terms as DataHub's business glossary keeps them.

https://docs.datahub.com/docs/generated/ingestion/sources/business-glossary. What DataHub has no field for stands in a
term's custom properties. DataHub puts its environment's variables into texts that hold ${...} or begin with $
(datahub.configuration.config_loader); a backslash before each mark of these keeps it from that.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from handlers.checks.csv_files import FormatError
from handlers.glossary.formats import fitting
from handlers.glossary.formats.fitting import described, fitted, related, relations_in
from handlers.glossary.formats.plain_text import marked, plain
from handlers.glossary.formats.rows import Entry, cell, in_yaml
from storage.glossary.glossary import NewSense, look_up_key

#: DataHub's relations of a term, and SKOS's names for them.
_RELATIONS = {"inherits": "broader", "contains": "narrower", "related_terms": "related"}
_PROSE = ("gloss", "example", "example_link", "say_instead", "source_licence")
_OWN = (*_PROSE, "replaced_by", "steward", "status", "verified_on", "verified_by")
_OWN_LISTS = ("aliases", "misspellings", "relations")
_VARIABLE, _GUARDED = re.compile(r"\$\{.+\}|^\\*\$"), re.compile(r"\\\$\{.+\}|^\\+\$")
_ABOUT_NODE = "What {} means by its words"
_OWNERS = {"users": ["common-ground"]}
_NOT_KEPT = ("owners", "domain", "values")


def is_datahub(told: object) -> bool:
    return isinstance(told, dict) and bool(told.get("nodes") or told.get("terms"))


def read(told: object) -> Iterator[Entry]:
    if not isinstance(told, dict) or not is_datahub(told):
        raise FormatError("the file should be DataHub's business glossary, with nodes or terms")
    plain = _texts(told, _unguarded)
    if lost := [gone for each in ("owners", "url") for gone in _told(f"its {each}:", _of_others(plain, each))]:
        yield Entry("glossary", None, lost)
    yield from _node(plain, "", "glossary")


def _of_others(told: Mapping[str, Any], name: str) -> object:
    return None if told.get(name) == _OWNERS else told.get(name)


def _texts(told: Any, change: Callable[[str], str]) -> Any:
    """Change each text of what a file says."""
    if isinstance(told, dict):
        return {name: _texts(each, change) for name, each in told.items()}
    if isinstance(told, list):
        return [_texts(each, change) for each in told]
    return change(told) if isinstance(told, str) else told


def _guarded(text: str) -> str:
    return re.sub(r"[\\$]", r"\\\g<0>", text) if _VARIABLE.search(text) else text


def _unguarded(text: str) -> str:
    return re.sub(r"\\([\\$])", r"\1", text) if _GUARDED.search(text) else text


def _node(node: Mapping[str, Any], name: str, path: str) -> Iterator[Entry]:
    if lost := _of_node(node, name):
        yield Entry(path, None, lost)
    for term in _list(node, "terms", path):
        place = f"{path} / {term.get('name', '?')}" if isinstance(term, dict) else path
        yield _term(place, term, name) if isinstance(term, dict) else Entry(place, term)
    for child in _list(node, "nodes", path):
        if not isinstance(child, dict):
            raise FormatError(f"{path}: each of its nodes should have a name and terms")
        yield from _node(child, str(child.get("name", "")), f"{path} / {child.get('name', '?')}")


def _of_node(node: Mapping[str, Any], name: str) -> list[str]:
    """Return what is said of a node and not kept."""
    if not name:
        return []
    said = "" if node.get("description") == _ABOUT_NODE.format(name) else node.get("description")
    more = {
        "description": said,
        **{each: node.get(each) for each in ("owners", "knowledge_links", "custom_properties")},
    }
    return [gone for each, value in more.items() for gone in _told(f"its {each}:", value)]


def _list(node: Mapping[str, Any], name: str, path: str) -> list[object]:
    told = node.get(name) or []
    if not isinstance(told, list):
        raise FormatError(f"{path}: its {name} should be a list")
    return told


def _term(place: str, term: Mapping[str, Any], discipline: str) -> Entry:
    properties = term.get("custom_properties")
    own = {name: str(value) for name, value in properties.items()} if isinstance(properties, dict) else {}
    told: dict[str, object] = {name: own[name] for name in _OWN if own.get(name)}
    told |= {
        "word": str(term.get("name", "")),
        "discipline": own.get("discipline") or discipline,
        "aliases": _listed(own.get("aliases", "")),
        "misspellings": _listed(own.get("misspellings", "")),
        "relations": _relations(term, relations_in(own.get("relations", ""))),
        "source_title": term.get("source_ref") or "",
        "source_link": term.get("source_url") or "",
        "origin": "DataHub",
    }
    both, lost = _described(term.get("description"), own.get("gloss", ""))
    lost += [gone for name in _NOT_KEPT for gone in _told(name, term.get(name))]
    lost += [gone for link in _list(term, "knowledge_links", place) for gone in _told("the link", link)]
    other = own.keys() - {*_OWN, *_OWN_LISTS, "discipline"}
    lost += [gone for name in sorted(other) for gone in fitting.told(f"the property {name}:", own[name])]
    return fitted(place, told | both, lost)


def _described(description: object, gloss: str) -> tuple[dict[str, object], list[str]]:
    if not gloss:
        return described(description)
    read_text = plain(str(description or ""))
    return {"gloss": gloss, "definition": "" if read_text.text == gloss else read_text.text}, [*read_text.lost]


def _told(name: str, value: object) -> list[str]:
    return fitting.told(name, list(_words(value)))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _words(each)
    elif value:
        yield str(value)


def _relations(term: Mapping[str, Any], own: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return what a term is related to: as it was written here, and what somebody has added since."""
    known = {(each["kind"], look_up_key(each["word"])) for each in own}
    named = (
        each
        for name, kind in _RELATIONS.items()
        for each in related(kind, [str(path).rpartition(".")[2].strip('"') for path in _list(term, name, name)])
    )
    return [*own, *(each for each in named if (each["kind"], look_up_key(each["word"])) not in known)]


def _listed(text: str) -> list[str]:
    # Older exports have several names in one line; a line with a break after it is one name.
    return [each.strip() for each in text.split("\n" if "\n" in text else "; ") if each.strip()]


def write(senses: Iterable[NewSense]) -> str:
    written = tuple(senses)
    paths: dict[str, list[NewSense]] = {}
    for sense in written:
        paths.setdefault(look_up_key(sense.word), []).append(sense)
    terms: dict[str, list[dict[str, object]]] = {}
    for sense in written:
        terms.setdefault(sense.discipline, []).append(_as_term(sense, paths))
    nodes = [{"name": each, "description": _ABOUT_NODE.format(each), "terms": terms[each]} for each in terms]
    told = {"version": "1", "source": "Common Ground", "owners": _OWNERS, "nodes": nodes}
    return in_yaml(_texts(told, _guarded))


def _as_term(sense: NewSense, paths: Mapping[str, Sequence[NewSense]]) -> dict[str, object]:
    own = {name: cell(getattr(sense, name)) for name in (*_OWN, *_OWN_LISTS)}
    own |= {name: f"{own[name]}\n" for name in ("aliases", "misspellings") if "; " in own[name]}
    told: dict[str, object] = {"source_ref": sense.source_title, "source_url": sense.source_link}
    for name, kind in _RELATIONS.items():
        words = [each.word for each in sense.relations if each.kind == kind]
        told[name] = [path for word in words if (path := _path(word, sense.discipline, paths))]
    return {
        **({"id": _id(sense)} if _is_shortened(sense.word) else {}),
        "name": sense.word,
        "description": marked(sense.definition or sense.gloss),
        "term_source": "EXTERNAL" if sense.source_link else "INTERNAL",
        **{name: value for name, value in told.items() if value},
        "custom_properties": {name: value for name, value in own.items() if value},
    }


def _path(word: str, discipline: str, paths: Mapping[str, Sequence[NewSense]]) -> str:
    """Return the path to the term that a word names: in the same discipline, else in another; empty without one."""
    found = sorted(paths.get(look_up_key(word), ()), key=lambda each: each.discipline != discipline)
    return f"{found[0].discipline}.{found[0].word}" if found else ""


def _is_shortened(word: str) -> bool:
    """Say whether DataHub would make an id of a word that leaves some of it out, so that C, C++ and C# are one term."""
    return word.isascii() and not all(each.isalnum() or each in " -." for each in word)


def _id(sense: NewSense) -> str:
    return quote(f"{sense.discipline}.{sense.word}".replace(" ", "-"), safe=".-").replace("%", "~")
