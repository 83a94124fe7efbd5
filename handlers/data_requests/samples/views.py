"""A sample of data as a view, which is asked in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from handlers.data_requests.samples.limits import Watch

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Sample:
    """A file as the view ``sample`` with the columns c0, c1, …, every cell of it as text.

    ``names`` are those that the file gives them: ones that differ only in case are one to DuckDB, so it never hears
    them. ``noticed`` is how the file was read, where that was a guess or left something out. ``delimiter`` is what
    stood between the cells of a text. ``commas`` are the places of columns with a comma before their decimals.
    """

    connection: "DuckDBPyConnection"
    watch: Watch
    names: Sequence[str]
    noticed: Sequence[str] = ()
    delimiter: str = ""
    commas: frozenset[int] = frozenset()

    @property
    def read_as(self) -> str:
        return "; ".join(self.noticed)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        self.watch.check()
        return self.connection.execute(query).fetchall()

    def row(self, query: str) -> tuple[Any, ...]:
        return self.rows(query)[0]

    def number(self, place: int) -> str:
        """Return the SQL of a column's cells where they are numbers, as text with a point before the decimals."""
        return _number(cell(place)) if place in self.commas else cell(place)


def cell(place: int) -> str:
    """Return the SQL of a column's cells, by the place of the column in the file."""
    return f"trim(c{place})"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def how_many(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"


def with_commas(sample: Sample, places: Sequence[int]) -> Sample:
    """Look which of some columns have a comma before the decimals of their numbers, as in 4,5.

    One cell with a point there speaks against it. 1,500 alone may be thousands, but not between semicolons.
    """
    if not sample.delimiter or not places:
        return sample
    asked = [how_many(each) for place in places for each in _forms(cell(place))]
    counts = sample.row(f"SELECT {', '.join(asked)} FROM sample")
    by_place = zip(places, counts[::3], counts[1::3], counts[2::3], strict=True)
    commas = frozenset(
        place
        for place, with_comma, grouped, with_point in by_place
        if not with_point and with_comma > (0 if sample.delimiter == ";" else grouped)
    )
    return replace(sample, commas=commas, noticed=[*sample.noticed, *(["decimal commas"] if commas else [])])


def _forms(text: str) -> tuple[str, str, str]:
    """Return the SQL of whether a cell has a decimal comma, one that may be between thousands, and a decimal point."""
    comma, point = f"strpos({text}, ',')", f"strpos({text}, '.')"
    plain = f"replace({text}, ',', '')"
    is_comma = f"{comma} > {point} AND {_is_number(_with_point(text))}"
    is_grouped = f"{is_comma} AND {_before_three(text, ',')}"
    is_point = f"{point} > {comma} AND NOT ({comma} = 0 AND {_before_three(text, '.')})"
    are_many = f"length({text}) - length({plain}) > 1"
    return is_comma, is_grouped, f"({is_point} OR {are_many}) AND {_is_number(plain)}"


def _before_three(text: str, mark: str) -> str:
    return f"length({text}) - strpos({text}, '{mark}') = 3 AND left({text}, 1) <> '0'"


def _is_number(text: str) -> str:
    return f"TRY_CAST({text} AS DOUBLE) IS NOT NULL"


def _with_point(text: str) -> str:
    return f"replace(replace({text}, '.', ''), ',', '.')"


def _number(text: str) -> str:
    """Return the SQL of a number in a column with commas before decimals, with a point there."""
    is_grouped = f"contains({text}, '.') AND {_before_three(text, '.')}"
    other = _with_point(text)
    return f"CASE WHEN (contains({text}, ',') OR {is_grouped}) AND {_is_number(other)} THEN {other} ELSE {text} END"
