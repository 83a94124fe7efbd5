"""Tables as people keep them: CSV with commas, semicolons or tabs, a table of a wiki, or cells copied from a sheet."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from handlers.checks import csv_files
from handlers.checks.csv_files import OTHER_COLUMNS, FormatError
from handlers.glossary.formats import fitting
from handlers.glossary.formats.fitting import fitted, in_two, related, relations_in
from handlers.glossary.formats.plain_text import plain
from handlers.glossary.formats.rows import Entry
from storage.glossary.double_names import is_short_for
from storage.glossary.glossary import NewSense, Status

#: What people call a column, by the field of a meaning; the first of a field that the table has is it.
_CALLED: Mapping[str, str] = {
    "word": "word term concept entry phrase jargon title name key acronym abbreviation",
    "gloss": "gloss short_definition one_liner summary",
    "definition": "definition meaning description explanation what_it_means details more_detail notes",
    "discipline": "discipline category domain area department team topic",
    "example": "example examples example_sentence usage",
    "source_title": "source source_title reference references",
    "source_link": "source_link link url",
    "status": "status state",
}
_EXPLAINS = _CALLED["definition"].split()
#: Columns that hold other names, and words that a meaning is related to.
_NAME_COLUMNS = (
    "aliases alias synonyms synonym other_names also_known_as aka alternative_names abbreviations expansion full_name "
    "long_form stands_for spelled_out full_form expanded acronym abbreviation term name"
)
_NAMES = frozenset(_NAME_COLUMNS.split())
_RELATED = frozenset(("related", "related_terms", "related_words", "see_also"))
_MARKDOWN_RULE = re.compile(r"\s*+\|?+\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
_OWN = frozenset(NewSense.model_fields)
_LISTS = ("aliases", "misspellings", "relations")
_STATES = frozenset(get_args(Status))
_NEEDED = "the first line should name the columns, with word and definition among them"


@dataclass(frozen=True, slots=True)
class Table:
    """The names of columns, in small letters, and the rows below them, once, each with the number of its last line."""

    names: tuple[str, ...]
    rows: Iterator[tuple[int, tuple[str, ...]]]
    is_markdown: bool = False


def table_of(text: str) -> Table:
    """Take a text apart into columns and rows, without rows that are empty. Raises FormatError, at any row."""
    lines = text.split("\n", 2)[:2]
    is_markdown = len(lines) > 1 and "|" in lines[0] and bool(_MARKDOWN_RULE.fullmatch(lines[1]))
    rows = _markdown_rows(text.splitlines()) if is_markdown else _csv_rows(text)
    _, names = next(rows, (0, ()))
    shown = tuple(re.sub(r"[\s_]+", "_", each.strip().casefold()) for each in names)
    if twice := [name for name, often in Counter(shown).items() if name and often > 1]:
        raise FormatError(f"two columns are called {twice[0]}; keep one of them")
    return Table(shown, (row for row in rows if any(map(str.strip, row[1]))), is_markdown)


def _markdown_rows(lines: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, line in enumerate(lines, start=1):
        if number != 2 and line.strip():  # noqa: PLR2004
            is_framed = line.strip().startswith("|")
            inside = line.strip().removeprefix("|").removesuffix("|" if is_framed else "")
            yield number, tuple(each.replace("\\|", "|").strip() for each in re.split(r"(?<!\\)\|", inside))


def _csv_rows(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=mark)
    try:
        for row in filter(None, reader):
            yield reader.line_num, tuple(map(csv_files.restored, row))
    except csv.Error as error:
        raise FormatError(f"the file can't be read as CSV: {error}") from None


def cells_of(table: Table) -> Iterator[tuple[str, dict[str, str] | FormatError]]:
    """Give the place of each row and its cells by column.

    More cells than columns may stand there empty, and a row of a wiki's table may end early.
    """
    wide = len(table.names)
    for number, row in table.rows:
        is_whole = (len(row) >= wide or table.is_markdown) and not any(map(str.strip, row[wide:]))
        cells = (*row, *[""] * (wide - len(row)))
        yield f"line {number}", dict(zip(table.names, cells, strict=False)) if is_whole else FormatError(OTHER_COLUMNS)


def is_own(table: Table) -> bool:
    return {"word", "gloss"} <= {*table.names} <= _OWN


def read_own(table: Table) -> Iterator[Entry]:
    for place, cells in cells_of(table):
        yield Entry(place, cells if isinstance(cells, FormatError) else {**cells, **_lists(cells)})


def _lists(cells: Mapping[str, str]) -> dict[str, object]:
    return {name: _from_cell(name, cells[name]) for name in _LISTS if name in cells}


def _from_cell(name: str, value: str) -> object:
    return relations_in(value) if name == "relations" else [line for line in value.split("\n") if line.strip()]


def read(table: Table) -> Iterator[Entry]:
    """Read a table by what people call its columns; those that say nothing of a meaning are lost."""
    called = {
        field: name
        for field, names in _CALLED.items()
        if (name := next((each for each in names.split() if each in table.names), ""))
    }
    if "word" not in called or not {"gloss", "definition"} & called.keys():
        raise FormatError(_NEEDED)
    for place, cells in cells_of(table):
        yield Entry(place, cells) if isinstance(cells, FormatError) else _entry(place, cells, called, table)


def _entry(place: str, cells: Mapping[str, str], called: Mapping[str, str], table: Table) -> Entry:
    lost: list[str] = []
    if table.is_markdown:
        read_cells = {name: plain(cell) for name, cell in cells.items()}
        cells = {name: each.text for name, each in read_cells.items()}
        lost += dict.fromkeys(gone for each in read_cells.values() for gone in each.lost)
    told: dict[str, object] = {field: cells[name] for field, name in called.items()}
    others = {name: cell for name, cell in cells.items() if name not in called.values()}
    told |= {name: cell for name, cell in others.items() if name in _OWN} | _lists(others)
    told["aliases"] = [name for column in others if column in _NAMES for name in _several(others[column])]
    words = [word for column in others if column in _RELATED for word in _several(others[column])]
    told["relations"] = [*_listed(told.get("relations")), *related("related", words)]
    explained = [name for name in _EXPLAINS if name in others]
    told |= _in_two(
        str(told.get("gloss", "")), [str(told.get("definition", "")), *(others[name] for name in explained)]
    )
    if is_short_for(str(told["word"]), str(told["gloss"])):
        told["aliases"] = [told["gloss"], *_listed(told["aliases"])]
    told |= _source(str(told.get("source_title", "")), str(told.get("source_link", "")))
    status = str(told.pop("status", "")).strip().casefold()
    told |= {"status": status} if status in _STATES else {}
    lost += fitting.told("status", "" if status in _STATES else status)
    left = others.keys() - _OWN - _NAMES - _RELATED - {*explained}
    lost += [gone for name in table.names if name in left for gone in fitting.told(name or "a column", others[name])]
    if not told["word"] or not told["gloss"]:
        return Entry(place, FormatError(f"it has no {'definition' if told['word'] else 'word'}"))
    return fitted(place, told, lost)


def _in_two(gloss: str, definitions: Sequence[str]) -> dict[str, object]:
    """Return what one line says and the rest; people keep both in one column, or more than a line in the first."""
    told = [each for each in (gloss, *definitions) if each.strip()] or [""]
    first, more = in_two(told[0])
    return {"gloss": first, "definition": "\n\n".join(filter(None, (more, *told[1:])))}


def _source(title: str, link: str) -> dict[str, object]:
    is_link = title.startswith(("http://", "https://")) and not link
    return {"source_title": "", "source_link": title} if is_link else {"source_title": title, "source_link": link}


def _several(cell: str) -> list[str]:
    return [each.strip() for each in re.split(r"[,;\n]", cell) if each.strip()]


def _listed(value: object) -> list[object]:
    return [*value] if isinstance(value, list) else []
