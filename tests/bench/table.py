"""What was measured, a row each; and made-up words to measure with."""

import random
import sys
from datetime import UTC, datetime
from typing import NamedTuple

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeio"]


class Goal(NamedTuple):
    """What a figure should be, and whether it is."""

    told: str
    is_met: bool

    def __str__(self) -> str:
        return f"{self.told}: {'met' if self.is_met else 'missed'}"


class Table:
    """What was measured, a row each."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []

    def add(self, what: str, measured: str, goal: str | Goal = "", **figures: float) -> None:
        self.rows.append({"what": what, "measured": measured, "goal": str(goal), **figures})
        sys.stdout.write(f"{what:<62} {measured:>34}  {goal}\n")
        sys.stdout.flush()


def words(count: int) -> list[str]:
    """Return so many different made-up words of four to six syllables."""
    dice = random.Random(7)  # noqa: S311 - the same words each time
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(dice.choices(_SYLLABLES, k=dice.randint(4, 6)))] = None
    return list(made)
