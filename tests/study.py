"""Reads the tables of docs/study.md: what the study found, and what stands at the trial's railway for it."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_PAGE = Path(__file__).parents[1] / "docs" / "study.md"
_COLUMNS = 6
_NO_FINDING = ("The study", "---")
_TYPED = re.compile(r"`(/[^`]+)`")


class Row(NamedTuple):
    """A finding, what to type for its artefact, and whose it is and how it stands, as the answer says it."""

    finding: str
    asks: tuple[str, ...]
    owner: str
    state: str


@cache
def rows() -> tuple[Row, ...]:
    lines = _PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines if line.startswith("| ")]
    return tuple(_row(each) for each in cells if each[0] not in _NO_FINDING)


def _row(cells: list[str]) -> Row:
    """Return a row of a table; what it lacks is empty."""
    finding, _, _, asks, owner, state = [*cells, *[""] * _COLUMNS][:_COLUMNS]
    return Row(finding, tuple(_TYPED.findall(asks)), owner, state.strip("*"))
