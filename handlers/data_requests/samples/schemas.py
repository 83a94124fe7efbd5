"""The columns that somebody pasted: a header line, or a CREATE TABLE. Pure."""

import re
from importlib import import_module

from handlers.agreements.columns import Column
from handlers.data_requests.samples.names import guessed

_CREATE = re.compile(
    r"\bcreate\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|external\s+)?table\b.*", re.IGNORECASE | re.DOTALL
)
_DELIMITERS = ",;\t|"
_NAME = re.compile(r"[^\W\d]\w{0,60}")
#: What tells names with spaces between them from a list in a sentence.
_TECHNICAL = re.compile(r"\w_\w|[a-z][A-Z]|[a-z]\d")
_FEWEST = 3
_MOST = 100


def columns_pasted(text: str) -> list[Column]:
    """Return the columns that a text holds, as a CREATE TABLE or as a header line; none where it has neither."""
    created = _CREATE.search(text)
    if created is not None:
        # Most people never paste SQL, and its parser takes a third of a second to load.
        read: list[Column] = import_module("handlers.data_requests.samples.sql").columns_created(created[0])
        return read[:_MOST]
    return next((found for line in text.splitlines() if (found := _header(line.strip()))), [])[:_MOST]


def _header(line: str) -> list[Column]:
    told = re.sub(r"^(?:header|columns)\s*:\s*", "", line, flags=re.IGNORECASE)
    delimiter = max(_DELIMITERS, key=told.count)
    cells = [each.strip().strip("\"'`") for each in told.split(delimiter)]
    is_listed = len(cells) >= _FEWEST and len(set(cells)) == len(cells) and all(map(_NAME.fullmatch, cells))
    is_meant = told != line or f"{delimiter} " not in told or any(map(_TECHNICAL.search, cells))
    if not (is_listed and is_meant):
        return []
    return [guessed(name, is_first=place == 0) for place, name in enumerate(cells)]
