"""Reads a table in text, as spreadsheets and programs write it, and writes it anew as DuckDB takes it untold."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from pathlib import Path
from typing import IO

from handlers.checks.dialects import LONGEST, Dialect, dialect_of, why_not
from handlers.data_requests.samples.limits import MOST_COLUMNS, SampleError, Watch

#: Characters that show how a text is written.
_HEAD = 1 << 16
#: What pandas calls a column without a name, such as the numbers of its rows.
_NAMELESS = re.compile(r"|Unnamed: \d+|__index_level_\d+__")
_OFTEN = 1 << 12


@dataclass(frozen=True, slots=True)
class Table:
    """What a table is called by: its columns that have a name, what stands between cells, and what was left out."""

    names: tuple[str, ...]
    delimiter: str
    left_out: Sequence[str]


def _named(cell: str) -> str:
    name = cell.strip().strip("\0")
    return "" if is_nameless(name) else name


def is_nameless(name: str) -> bool:
    """Tell whether a column has no name of its own, as the numbers that a program gave to rows."""
    return _NAMELESS.fullmatch(name) is not None


def rewritten(path: Path, to: Path, watch: Watch) -> Table:
    """Write the rows of a table in UTF-8 without their header, and return what it is.

    Raises SampleError, which names the line.
    """
    with path.open(encoding="utf-8", newline="") as file, to.open("w", encoding="utf-8", newline="") as plain:
        lines = _lines(file, watch)
        head = _head(lines)
        dialect = dialect_of(head)
        rows = _Rows(chain(head[dialect.above :], lines), dialect)
        header = rows.header(dialect.records(head[dialect.above :])[1:])
        csv.writer(plain, lineterminator="\n").writerows(rows.cells(header))
    return Table(tuple(filter(None, header)), dialect.delimiter, rows.left_out())


def _lines(file: IO[str], watch: Watch) -> Iterator[str]:
    number = 0
    while line := file.readline(LONGEST):
        number += 1
        if len(line) == LONGEST:
            raise SampleError(f"Line {number} is longer than {LONGEST:,} characters.")
        if number % _OFTEN == 0:
            watch.check()
        yield line


def _head(lines: Iterator[str]) -> list[str]:
    found: list[str] = []
    left = _HEAD
    while left > 0 and (line := next(lines, "")):
        found.append(line)
        left -= len(line)
    return found


class _Rows:
    """The records of a table, of which it is known on which line each begins, and what of them is left out."""

    def __init__(self, lines: Iterator[str], dialect: Dialect) -> None:
        self._reader = dialect.reader(lines)
        self._above, self._line = dialect.above, dialect.above + 1
        self._comments, self._nameless = dialect.comments, set[int]()

    def header(self, below: Sequence[Sequence[str]]) -> list[str]:
        """Return the names of all columns, empty where one has none; ``below`` are the first rows.

        Raises SampleError.
        """
        names = [_named(each) for each in next(filter(None, self._records()), [])]
        wider = [each[0] for each in below if len(each) == len(names) + 1]
        if wider and wider == [str(number) for number, _ in enumerate(below, 1)]:
            # R numbers the rows, and names no column for that.
            names.insert(0, "")
        if not any(names):
            raise SampleError("This file has no first line that names the columns.")
        if len(names) > MOST_COLUMNS:
            raise SampleError(f"Line {self._line} names {len(names):,} columns. I read {MOST_COLUMNS:,} at most.")
        first: dict[str, int] = {}
        for place, name in enumerate(names):
            before = first.setdefault(name, place)
            if name and before != place:
                told = f"Line {self._line} gives columns {before + 1} and {place + 1} the same name."
                raise SampleError(told, name)
        return names

    def cells(self, header: Sequence[str]) -> Iterator[list[str]]:
        """Yield the cells of each row that have a column with a name. Raises SampleError for a row with more."""
        width, without = len(header), [place for place, name in enumerate(header) if not name]
        for row in self._records():
            # An empty line is an empty cell where there is one column, and nothing where there are several.
            if not row and width > 1:
                continue
            if len(row) > width:
                self._check_rest(row, width)
            cells = [*row[:width], *[""] * (width - len(row))]
            if without:
                self._nameless.update(place for place in without if cells[place].strip())
                cells = list(compress(cells, header))
            yield cells

    def left_out(self) -> list[str]:
        """Say what of the rows that were read is nowhere."""
        lines = "1 comment line" if self._comments == 1 else f"{self._comments} comment lines"
        nameless = [f"column {place + 1}, which has no name, left out" for place in sorted(self._nameless)]
        return [*([f"{lines} left out"] if self._comments else []), *nameless]

    def _check_rest(self, row: Sequence[str], width: int) -> None:
        rest = next((each for each in row[width:] if each.strip()), "")
        if rest:
            raise SampleError(f"Line {self._line} has {len(row)} cells, and the header {width}.", rest)

    def _records(self) -> Iterator[list[str]]:
        while True:
            self._line = self._above + self._reader.line_num + 1
            try:
                row = next(self._reader, None)
            except csv.Error as error:
                told = why_not(error, self._line)
                raise SampleError(f"{told[0].upper()}{told[1:]}.") from None
            if row is None:
                return
            if self._comments and row and row[0].startswith("#") and (len(row) == 1 or row[0].startswith("# ")):
                self._comments += 1
            else:
                yield row
