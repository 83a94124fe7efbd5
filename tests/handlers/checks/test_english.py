"""English words are told from mistyped ones, as they are spelt on both sides of the sea."""

import pytest

from handlers.checks.english import a_slip_from, is_english


@pytest.mark.parametrize("word", ["weather", "restrain", "heights", "labelled", "labeled", "organisations", "aardvark"])
def test_a_word_is_english_in_all_its_forms(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["databse", "featuers", "smeone", "trashhold", "", "a" * 100, "zzzzzz"])
def test_a_mistyped_word_is_none(word: str) -> None:
    assert not is_english(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("imblanced", "imbalanced"), ("databse", "database"), ("problm", "problem"), ("featuers", "features")],
)
def test_the_words_that_may_be_meant_are_a_letter_away(typed: str, meant: str) -> None:
    assert a_slip_from(typed)[0] == meant


def test_a_letter_may_be_too_many_or_another_one() -> None:
    assert {"class", "classes", "clauses"} <= set(a_slip_from("clases"))
    assert "boundary" in a_slip_from("boundarry")
    assert "boundary" in a_slip_from("boundery")
    assert a_slip_from("qqqqqq") == ()
