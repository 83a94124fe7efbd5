"""Decisions as Markdown files, written as MADR and read from what others wrote, too."""

from handlers.decisions.formats.reading import Read, read
from handlers.decisions.formats.writing import LINKS, Linked, by_number, file_name, index, write

__all__ = ["LINKS", "Linked", "Read", "by_number", "file_name", "index", "read", "write"]
