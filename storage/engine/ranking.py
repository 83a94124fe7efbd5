"""How well a row answers words that are searched for, the same in every engine.

By BM25 (https://sqlite.org/fts5.html#the_bm25_function) among the rows of one workspace: what others have counts for
nothing, and costs nothing. SQLite's own function counts the rows of all, and PostgreSQL has none.
"""

from collections.abc import Sequence
from typing import NamedTuple

#: So many words of a long text are searched for.
SOUGHT = 64
#: A word that so many rows have is as frequent as any, and a workspace with so many is as large as any.
FREQUENT, LARGE = 10_000, 20_000
#: What a row gets for one word: that ``hits`` of ``every`` row have it, this one of a ``length`` so ``often``.
SCORE = """
    (CASE WHEN 2 * hits < every THEN ln((every - hits + 0.5) / (hits + 0.5)) ELSE 0.000001 END)
    * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * length / usual))
"""


class Searched(NamedTuple):
    """A table whose rows are found by the words in some of its columns, each in its own workspace."""

    table: str
    columns: tuple[str, ...]

    @property
    def length(self) -> str:
        """Return how many words a row has, as far as spaces tell."""
        named = [f"{self.table}.{each}" for each in self.columns]
        return " + ".join(f"length({each}) - length(replace({each}, ' ', '')) + 1" for each in named)


def sought(words: Sequence[str]) -> list[str]:
    """Return each of some words once, and of very many the first."""
    return list(dict.fromkeys(words))[:SOUGHT]
