"""CSV as spreadsheets read and write it: no cell is taken for a formula, and each row is named by its line."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from handlers.checks.dialects import dialect_of, why_not

#: Lines that show how a file is written.
_HEAD = 200
#: What a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
#: Characters of what is said of a file.
_LONGEST_TOLD = 600
OTHER_COLUMNS = "a different number of columns than the first line"


class FormatError(Exception):
    """A file cannot be read, or one row where it stands in the place of that; the message says what is wrong.

    What it repeats of the file may be as long as that.
    """

    def __init__(self, told: str) -> None:
        super().__init__(told if len(told) <= _LONGEST_TOLD else f"{told[:_LONGEST_TOLD]}…")


def written(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV, each cell as one line of a spreadsheet shows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(_defused(str(cell)) for cell in row)
    return out.getvalue()


def read(
    text: str, needed: str, names_of: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[str, dict[str, str] | None]]:
    """Yield the place of each row and its cells by column; None for one that has other columns.

    ``names_of`` are names of columns by what people write over them, in small letters. Columns without a name are left
    out as long as they are empty, as are rows without any cell. Raises FormatError where it is no CSV, the column
    ``needed`` is missing, or two columns have one name.
    """
    rows = records(text)
    _, header = next(rows, (0, []))
    names = [names_of.get(" ".join(name.split()).casefold(), name.strip()) for name in header]
    if twice := [name for name, often in Counter(names).items() if name and often > 1]:
        raise FormatError(f"two columns are for {twice[0]}; keep one of them")
    if needed not in names:
        raise FormatError(f"the first line should name the columns, with {needed} among them")
    for line, told in rows:
        if len(names) == 1 or any(each.strip() for each in told):
            yield f"line {line}", _by_column(names, told)


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table, the header among them, each with the line that it ends on.

    Cells are as they were before ``written`` kept them from being formulas. Raises FormatError where it is no CSV.
    """
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    dialect = dialect_of(lines[:_HEAD])
    reader = dialect.reader(lines[dialect.above :])
    line = dialect.above
    try:
        for row in reader:
            line = dialect.above + reader.line_num
            if row:
                yield line, [*map(restored, row)]
    except csv.Error as error:
        raise FormatError(f"the file can't be read as CSV: {why_not(error, line + 1)}") from None


def _by_column(names: Sequence[str], told: Sequence[str]) -> dict[str, str] | None:
    """Return the cells of a row by their columns; None where it has other columns."""
    rest = [*told[len(names) :], *(cell for name, cell in zip(names, told, strict=False) if not name)]
    if len(told) < len(names) or any(each.strip() for each in rest):
        return None
    return {name: cell for name, cell in zip(names, told, strict=False) if name}


def _defused(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if _FORMULA.match(plain) else plain


def restored(value: str) -> str:
    """Return a cell as it was before ``written`` kept it from being a formula."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value) else value
