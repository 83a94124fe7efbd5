"""How a table in text is written: what stands above its header, between its cells, and before its quotes. Pure.

DuckDB's own sniffer takes rows that begin with # for comments, knows no "sep=;", and drops what follows a quote that is
never closed.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_BACKSLASH = "\\"
#: Characters of one cell: Python takes 131,072 unless told, and a cell may be a whole document.
LONGEST = 10_000_000
csv.field_size_limit(LONGEST)


@dataclass(frozen=True, slots=True)
class Dialect:
    """``above`` are the lines before the header, of which ``comments`` say something.

    ``is_spaced``: spaces after a delimiter belong to no cell. ``escape`` stands before a quote that is none.
    """

    delimiter: str
    is_spaced: bool = False
    escape: str | None = None
    above: int = 0
    comments: int = 0

    def reader(self, lines: Iterable[str]) -> "Reader":
        """Read records of lines. It raises csv.Error for what is none."""
        return csv.reader(
            lines,
            strict=True,
            skipinitialspace=self.is_spaced,
            delimiter=self.delimiter,
            escapechar=self.escape,
            doublequote=self.escape is None,
        )

    def records(self, lines: Iterable[str]) -> list[list[str]]:
        """Return the records of lines up to the first that is none."""
        found: list[list[str]] = []
        with suppress(csv.Error):
            found += (each for each in self.reader(lines) if each)
        return found


def dialect_of(head: Sequence[str]) -> Dialect:
    """Return how a text is written, by its first lines; what is plain where both fit."""
    told = _SEPARATOR.fullmatch(head[0]) if head else None
    delimiters = told[1] if told is not None else _DELIMITERS
    spaced = (False, True) if any(' "' in each for each in head) else (False,)
    escapes = (None, _BACKSLASH) if any(f'{_BACKSLASH}"' in each for each in head) else (None,)
    above = 1 if told is not None else 0
    tried = [_placed(Dialect(*way, above=above), head) for way in product(delimiters, spaced, escapes)]
    return max(tried, key=lambda each: _fit(each, head))


def why_not(error: csv.Error, line: int) -> str:
    """Say what is wrong with the record that begins on a line."""
    if "field larger" in str(error) or "end of data" in str(error):
        return f"line {line} opens a quote that is never closed"
    return f"line {line} has a quote inside a quoted cell; write it twice"


def _placed(dialect: Dialect, head: Sequence[str]) -> Dialect:
    """Skip what stands above the header: empty lines, and comments, which have other cells than what follows."""
    above, comments = dialect.above, 0
    while above < len(head) and (not head[above].strip() or _is_comment(dialect, head[above:])):
        comments += bool(head[above].strip())
        above += 1
    return replace(dialect, above=above, comments=comments)


def _is_comment(dialect: Dialect, lines: Sequence[str]) -> bool:
    """A header may begin with # too, as #id does: it has as many cells as the rows below it."""
    if not lines[0].startswith("#"):
        return False
    rest = [each for each in lines[1:] if each.strip()]
    below = next((each for each in rest if not each.startswith("#")), rest[0] if rest else "")
    here, there = (len(next(iter(dialect.records([each])), ())) for each in (lines[0], below))
    return lines[0].startswith("# ") or not rest or here <= 1 or there not in (0, here)


def _fit(dialect: Dialect, head: Sequence[str]) -> tuple[int, int, int]:
    """Say how well a text is read so: rows like the header, where that has several cells, then their number."""
    records = dialect.records(head[dialect.above :])
    width = len(records[0]) if records else 0
    alike = sum(len(each) == width and not any(cell.startswith(' "') for cell in each) for each in records)
    return (alike if width > 1 else 0, width, alike)
