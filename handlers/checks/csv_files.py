"""CSV as spreadsheets read and write it: no cell is taken for a formula, and each row is named by its line."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

#: What a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
OTHER_COLUMNS = "a different number of columns than the first line"


class FormatError(Exception):
    """A file cannot be read, or one row where it stands in the place of that; the message says what is wrong."""


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

    ``names_of`` are names of columns by what people write over them, in small letters. Raises FormatError where it is
    no CSV, the column ``needed`` is missing, or two columns have one of these names.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [names_of.get(" ".join(name.split()).casefold(), name) for name in next(reader, [])]
        if names_of and (twice := [name for name, often in Counter(names).items() if name and often > 1]):
            raise FormatError(f"two columns are for {twice[0]}; keep one of them")
        if needed not in names:
            raise FormatError(f"the first line should name the columns, with {needed} among them")
        for told in filter(None, reader):
            is_whole = len(told) == len(names)
            yield f"line {reader.line_num}", dict(zip(names, map(restored, told), strict=True)) if is_whole else None
    except csv.Error as error:
        raise FormatError(f"the file can't be read as CSV: {error}") from None


def _defused(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if _FORMULA.match(plain) else plain


def restored(value: str) -> str:
    """Return a cell as it was before ``written`` kept it from being a formula."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value) else value
