"""Glossary terms as OpenMetadata's CSV keeps them.

https://docs.open-metadata.org (glossary, bulk import), and GlossaryRepository in its server, which takes a file only
with the very header of its version: 2 has ``domains``, 1 has not. A term that a row names must be there already, so a
row names none: what relates to a word stands in its description.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handlers.checks import csv_files
from handlers.checks.csv_files import FormatError
from handlers.glossary.formats import fitting
from handlers.glossary.formats.fitting import described, fitted, in_two, related
from handlers.glossary.formats.plain_text import marked, plain
from handlers.glossary.formats.rows import Entry
from handlers.glossary.formats.tables import Table, cells_of
from storage.glossary.glossary import RELATION_KINDS, NewSense

_FIRST = ("parent", "name*", "displayName", "description", "synonyms", "relatedTerms", "references", "tags")
_BEFORE_2 = (*_FIRST, "reviewers", "owner", "glossaryStatus", "color", "iconURL", "extension")
_PRESENT = (*_BEFORE_2[:-1], "domains", "extension")
NO_PLACE = ("example_link", "misspellings", "source_licence", "steward", "replaced_by", "verified_on", "verified_by")
_STATUSES = {"draft": "Draft", "approved": "Approved", "disputed": "In Review", "deprecated": "Deprecated"}
_FROM_STATUS = {"approved": "approved", "deprecated": "deprecated", "rejected": "deprecated"}
_KINDS = {
    "relatedto": "related",
    "broader": "broader",
    "narrower": "narrower",
    "antonym": "not the same as",
    "partof": "broader",
    "haspart": "narrower",
}
_NOT_KEPT = ("tags", "reviewers", "owner", "owners", "color", "iconurl", "domains", "domain", "extension")
_PART = re.compile(r'(?:"(?:[^"]|"")*"|[^."])+')
_LABELS = {"Example": "example", "Say instead": "say_instead", "Source": "source_title"}
_LABELLED = re.compile(rf"({'|'.join([*_LABELS, *(each.capitalize() for each in RELATION_KINDS)])}): (.+)", re.DOTALL)


def is_open_metadata(table: Table) -> bool:
    return {"name*", "name"} & {*table.names} != set() and "displayname" in table.names


def read(table: Table) -> Iterator[Entry]:
    if not {"name*", "name"} & {*table.names}:
        raise FormatError("the first line should name the columns, with name among them")
    for place, cells in cells_of(table):
        yield Entry(place, cells) if isinstance(cells, FormatError) else _term(place, cells)


def _term(place: str, cells: Mapping[str, str]) -> Entry:
    name = cells.get("name*") or cells.get("name", "")
    word = cells.get("displayname") or name
    lost = [gone for each in _NOT_KEPT for gone in fitting.told(each, cells.get(each))]
    relations, synonyms, unknown = _relations(cells.get("relatedterms", ""))
    if parents := _path(cells.get("parent", ""))[1:]:
        relations = [*related("broader", parents[-1:]), *relations]
    title, link, more = _references(cells.get("references", ""))
    status = cells.get("glossarystatus", cells.get("status", "")).casefold()
    told: dict[str, object] = {
        "word": word,
        "aliases": [*_listed(cells.get("synonyms", "")), *synonyms],
        "relations": relations,
        "source_title": title,
        "source_link": link,
        "status": _FROM_STATUS.get(status, "draft"),
        "origin": "OpenMetadata",
    }
    if name.startswith(f"{word} (") and name.endswith(")"):
        told |= _as_written(cells.get("description", ""))
        told["discipline"] = name[len(word) + 2 : -1]
        return fitted(place, told, [*lost, *unknown, *more])
    both, gone = described(cells.get("description"))
    return fitted(place, told | both, [*lost, *unknown, *more, *gone])


def _as_written(description: str) -> dict[str, object]:
    """Take a description apart that was written here: gloss, definition, and what stands behind a label."""
    first, *rest = plain(description).text.split("\n\n")
    gloss, more = in_two(first)
    said: dict[str, list[str]] = {"": [more] if more else []}
    label = ""
    for each in rest:
        match = _LABELLED.fullmatch(each)
        label = match[1] if match else label if label in _LABELS else ""
        said.setdefault(label, []).append(match[2] if match else each)
    told: dict[str, object] = {name: "\n\n".join(said[label]) for label, name in _LABELS.items() if label in said}
    kinds = [each for each in RELATION_KINDS if each.capitalize() in said]
    words = [(each, text.split("; ")) for each in kinds for text in said[each.capitalize()]]
    relations = [found for kind, named in words for found in related(kind, named)]
    return {"gloss": gloss, "definition": "\n\n".join(said[""]), **told, **({"relations": relations} if kinds else {})}


def _relations(text: str) -> tuple[list[dict[str, str]], list[str], list[str]]:
    """Return relations, synonyms, and what cannot be kept of how a term is related to others."""
    found: list[dict[str, str]] = []
    synonyms: list[str] = []
    lost: list[str] = []
    for entry in _listed(text):
        kind, _, named = entry.rpartition(":") if "." not in entry.partition(":")[0] else ("", "", entry)
        word = _path(named)[-1:]
        if kind.casefold() == "synonym":
            synonyms += word
            continue
        found += related(_KINDS.get(kind.casefold(), "related"), word)
        if kind and kind.casefold() not in ("relatedto", "broader", "narrower"):
            lost.append(f"that it is {kind} {'.'.join(word)} (kept as {_KINDS.get(kind.casefold(), 'related')})")
    return found, synonyms, lost


def _references(text: str) -> tuple[str, str, list[str]]:
    """Return the title and link of the first reference, and what is lost of the others."""
    parts = _listed(text)
    pairs = [(parts[place], "".join(parts[place + 1 : place + 2])) for place in range(0, len(parts), 2)]
    title, link = pairs[0] if pairs else ("", "")
    return title, link, [f"the reference {name} {address}".rstrip() for name, address in pairs[1:]]


def _path(named: str) -> list[str]:
    """Return the parts of a name such as Glossary.Node."Term, with a dot."."""
    return [each.strip().strip('"').replace('""', '"') for each in _PART.findall(named.strip())]


def _listed(text: str) -> list[str]:
    """Take a cell apart that holds several, with semicolons between them."""
    rows = csv.reader(text.replace("\n", " ").splitlines(), delimiter=";", skipinitialspace=True)
    return [each.strip() for row in rows for each in row if each.strip()]


def write(senses: Iterable[NewSense], *, before_2: bool = False) -> str:
    rows = ([*_row(sense), *([] if before_2 else [""]), ""] for sense in senses)
    return csv_files.written(_BEFORE_2 if before_2 else _PRESENT, rows)


def _row(sense: NewSense) -> list[str]:
    name = f"{sense.word} ({sense.discipline})".replace("::", ":")
    references = _joined([sense.source_title or sense.word, sense.source_link]) if sense.source_link else ""
    first = ["", name, sense.word, _description(sense), _joined(sense.aliases), "", references, ""]
    return [*first, "", "", _STATUSES[sense.status], "", ""]


def _description(sense: NewSense) -> str:
    said = [" ".join(sense.gloss.split()), sense.definition]
    # A source with a link is a reference of the term.
    shown = {label: name for label, name in _LABELS.items() if name != "source_title" or not sense.source_link}
    said += [f"{label}: {text}" for label, name in shown.items() if (text := getattr(sense, name))]
    for kind in RELATION_KINDS:
        if words := [each.word for each in sense.relations if each.kind == kind]:
            said.append(f"{kind.capitalize()}: {'; '.join(words)}")
    return "\n\n".join(marked(each) for each in said if each)


def _joined(words: Sequence[str]) -> str:
    return ";".join(f'"{each.replace(chr(34), chr(34) * 2)}"' if set(each) & set(',;"') else each for each in words)
