"""Decisions as files: Markdown, written as MADR and read from what others wrote, too; JSON and CSV."""

from handlers.decisions.formats.reading import Read, read
from handlers.decisions.formats.rows import as_csv, as_json, from_csv, from_json
from handlers.decisions.formats.states import quoted
from handlers.decisions.formats.writing import LINKS, Linked, by_number, file_name, index, write

__all__ = [
    "LINKS",
    "Linked",
    "Read",
    "as_csv",
    "as_json",
    "by_number",
    "file_name",
    "from_csv",
    "from_json",
    "index",
    "quoted",
    "read",
    "write",
]
