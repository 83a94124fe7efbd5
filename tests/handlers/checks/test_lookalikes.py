"""Letters that only look Latin are named; words of other scripts, units and signs are not."""

import pytest

from handlers.checks.lookalikes import latin, warning


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("d\u0430ta", "“\u0430” is a Cyrillic letter that looks like “a”."),
        ("\u0420recision", "“\u0420” is a Cyrillic letter that looks like “P”."),
        ("rec\u03b1ll", "“\u03b1” is a Greek letter that looks like “a”."),
        ("\u0441\u043e\u0440\u0443 of data", "“\u0441” is a Cyrillic letter that looks like “c”."),
        ("\uff44\uff41\uff54\uff41", "“\uff44” is a full-width letter that looks like “d”."),
        ("\U0001d41data", "“\U0001d41d” is a mathematical letter that looks like “d”."),
    ],
)
def test_a_letter_that_only_looks_latin_is_named(name: str, told: str) -> None:
    assert warning(["berth", name]) == f"Check the spelling of “{name}”: {told}"


@pytest.mark.parametrize(
    "name",
    [
        "data", "naïve", "Übung", "Ærø", "café", "\u00b5s", "\u03bcs", "\u03c3", "\u03c1 (correlation)", "\u0394t",
        "\u03c7\u00b2 test", "\u0442\u043e\u0447\u043d\u043e\u0441\u0442\u044c", "\u0440\u043e\u0441\u0430",
        "\u03b1\u03ba\u03c1\u03af\u03b2\u03b5\u03b9\u03b1", "AI\u6280\u8853", "T\u30b7\u30e3\u30c4", "F1", "№ 5", "",
    ],
)  # fmt: skip
def test_what_is_written_as_it_is_read_is_not(name: str) -> None:
    assert warning([name]) == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("d\u0430ta drift", "data drift"),
        ("\uff44\uff41\uff54\uff41", "data"),
        ("rec\u03b1ll", "recall"),
        ("\u0440\u043e\u0441\u0430 \u03c1", "\u0440\u043e\u0441\u0430 \u03c1"),
        ("naïve Übung №", "naïve Übung №"),
        ("data", "data"),
    ],
)
def test_letters_that_only_look_latin_are_read_as_latin_ones_beside_some(written: str, read: str) -> None:
    assert latin(written) == read
