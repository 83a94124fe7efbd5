"""Values that nobody meant: what is put in the place of a field, typed into a box, or written into a file."""

import os
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import Any, TypeVar
from zlib import crc32

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

T = TypeVar("T")
#: Few, so that CI is quick; more where somebody asks for them: CASES=1000.
CASES = int(os.environ.get("CASES", "0"))
_DEEP = 300


def _nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


#: Texts that have broken programs before: numbers, days, ids, marks of Slack's, letters of every kind.
TEXTS = (
    *(
        "",
        " ",
        "\n",
        "\t \u00a0",
        "\x00",
        "a\x00b",
        "\x1b[2J",
        "\ud800",
        "a\udfffb",
        "\ufeff",
        "\u202eabc\u202c",
        "\u200b",
    ),
    *(
        "x" * 3001,
        "word " * 2000,
        "😀" * 76,
        "👩‍👩‍👧‍👦" * 40,
        "é" * 151,
        "ﷺ" * 300,
        "&" * 3000,
        "<" * 3000,
        "*_~`" * 700,
    ),
    *(
        "0",
        "-1",
        "1e400",
        "NaN",
        "Infinity",
        "9" * 30,
        "1" * 5000,
        "٣",
        "½",
        "1,000,000.5",
        "1.000,5",
        "0x10",
        "1e9 rows",
    ),
    *("99999999999999999999 days", "1000000 years", "-3 %", "100.0001 %", "1e-400", "10 000 000 requests/s"),
    *("2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "tomorrow", "31/12/99", "2026-W53-7"),
    *("25:61", "24:00", "2026-01-05T09:00[Nowhere/None]", "Europe/../../etc", "CON", "../../x"),
    *(
        "<@UNOBODY>",
        "<@U",
        "<@UANA|ana>",
        "<#CNOWHERE|gone>",
        "<!channel>",
        "<!subteam^S1|@x>",
        "<http://[|x>",
        "<mailto:a>",
    ),
    *("UNOBODY", "CNOWHERE", "DNOBODY", "BNOBODY", "T0OTHER", "D-0", "DR-99999999999", "FB-", "D-1 D-2", "F1", "V1"),
    *(
        "null",
        "[]",
        "{}",
        '{"in": 1}',
        '{"in": "", "note": ""}',
        "a:b:c:d:e",
        "::",
        ":",
        " vs ",
        "a vs b vs c vs d",
        "help",
    ),
    *(
        "=cmd|x",
        "'; DROP TABLE senses; --",
        "%s%n",
        "{0}",
        "{{x}}",
        "$(x)",
        "\\",
        '"',
        "'",
        "```",
        "|||",
        "# x",
        "---",
        ">" * 200,
    ),
    *("| a |\n| - |\n" * 50, "a | number | | 0 to 1\n" * 99, "\n" * 3000, "line\n" * 600),
)
#: What JSON can hold and a field of that name never has.
PLAIN: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, -(2**63) - 1, 1e308, float("nan"), float("inf")),
    *([], {}, [None], [[]], [1, 2], [""], ["x"] * 500, {"": ""}, {"id": None}, {"id": 1}, {"type": "x"}),
    *({"text": {"text": {}}}, {"value": []}, [{"value": None}], [{"id": []}], {"selected_option": 1}),
    _nested(_DEEP),
)


def one_of(pool: Sequence[T]) -> st.SearchStrategy[T]:
    """Return one of these; as ``sampled_from``, which would write all of them into its name."""
    return st.integers(0, len(pool) - 1).map(lambda place: pool[place])


def texts() -> st.SearchStrategy[str]:
    """Return texts that have broken programs, others that nobody thought of, and both joined."""
    any_letter = st.characters(exclude_categories=[])
    found = st.one_of(one_of(TEXTS), st.text(any_letter, max_size=200))
    return st.one_of(found, found, st.lists(found, min_size=2, max_size=4).map(" ".join))


def values() -> st.SearchStrategy[Any]:
    """Return anything that JSON can hold."""
    leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts())
    tree = st.recursive(leaves, lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=9), each))
    return st.one_of(one_of(PLAIN), one_of(PLAIN), texts(), texts(), tree)


def drawn(strategy: st.SearchStrategy[T], count: int) -> list[T]:
    """Return so many values, the same ones each time."""
    found: list[T] = []

    @settings(max_examples=count, phases=[Phase.generate])
    @given(strategy)
    def collect(value: T) -> None:
        found.append(value)

    collect()
    return found


def begun_by(name: str, pool: Sequence[T]) -> Iterator[T]:
    """Return these without end, from a place that a test's name gives: what it tries hangs on no test before it."""
    return islice(cycle(pool), crc32(name.encode()) % len(pool), None)
