"""The columns that somebody pasted: a header line, or a CREATE TABLE. Pure."""

import re
from importlib import import_module

from handlers.agreements.columns import Column
from handlers.data_requests.samples.names import guessed

_CREATE = re.compile(r"\bcreate\s+(?:\w+\s+){0,4}?table\b[^()]*", re.IGNORECASE)
_DELIMITERS = ",;\t|"
_NAME = re.compile(r"[^\W\d]\w{0,60}")
#: What tells names with spaces between them from a list in a sentence.
_TECHNICAL = re.compile(r"\w_\w|[a-z][A-Z]|[a-z]\d")
_FEWEST = 3
_MOST = 100


def columns_pasted(text: str) -> list[Column]:
    """Return the columns that a text holds, as a CREATE TABLE or as a header line; none where it has neither."""
    statement, _ = table_in(text)
    if statement:
        # Most people never paste SQL, and its parser takes a third of a second to load.
        read: list[Column] = import_module("handlers.data_requests.samples.sql").columns_created(statement)
        return read[:_MOST]
    return next((found for line in text.splitlines() if (found := _header(line.strip()))), [])[:_MOST]


def table_in(text: str) -> tuple[str, str]:
    """Return the CREATE TABLE that a text holds, up to the end of its columns, and the rest of the text."""
    begin = _CREATE.search(text)
    depth = 0
    for place, character in enumerate(text[begin.end() :] if begin is not None else ""):
        depth += (character == "(") - (character == ")")
        if begin is not None and depth <= 0:
            end = begin.end() + place + 1
            return text[begin.start() : end], text[: begin.start()] + text[end:]
    return "", text


def _header(line: str) -> list[Column]:
    told = re.sub(r"^(?:header|columns)\s*:\s*", "", line, flags=re.IGNORECASE)
    delimiter = max(_DELIMITERS, key=told.count)
    cells = [each.strip().strip("\"'`") for each in told.split(delimiter)]
    is_listed = len(cells) >= _FEWEST and len(set(cells)) == len(cells) and all(map(_NAME.fullmatch, cells))
    is_meant = told != line or f"{delimiter} " not in told or any(map(_TECHNICAL.search, cells))
    if not (is_listed and is_meant):
        return []
    return [guessed(name, is_first=place == 0) for place, name in enumerate(cells)]
