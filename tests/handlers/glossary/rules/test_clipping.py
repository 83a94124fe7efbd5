"""Which names are meant by their initials, and by the beginnings of their words."""

import pytest

from handlers.glossary.rules import clipping

NAMES = (
    "human in the loop",
    "statistical significance",
    "multicollinearity",
    "feature store",
    "feature engineering",
    "confusion matrix",
    "unsupervised learning",
    "training-serving skew",
    "model card",
    "machine learning",
)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("HITL", "human in the loop"),
        ("hil", "human in the loop"),
        ("TSS", "training-serving skew"),
        ("stat sig", "statistical significance"),
        ("stat signif", "statistical significance"),
        ("multi-collin", "multicollinearity"),
        ("ft store", "feature store"),
        ("feat eng", "feature engineering"),
        ("conf mat", "confusion matrix"),
        ("unsup learning", "unsupervised learning"),
        ("conf mats", "confusion matrix"),
    ],
)
def test_a_name_is_said_short(short: str, name: str) -> None:
    assert clipping.may_be_short(short, ()) == [short]
    assert clipping.among(short, NAMES) == (name,)


@pytest.mark.parametrize("short", ["machine learning", "model", "card", "mac learn store", "ZZZ", "hum"])
def test_what_is_whole_or_another_word_is_no_short_form(short: str) -> None:
    assert clipping.among(short, NAMES) == ()


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("the vendor slides are full of HITL", ["HITL"]),
        ("can anyone explain stat sig to me", ["explain stat sig", "stat sig"]),
        ("KB, anyone?", ["KB"]),
        ("FNs. We had three", ["FNs"]),
        ("p vals. somebody tell me", ["p vals"]),
        ("that is from the kb only", ["kb"]),
        ("the dr lives 5 km from here", []),
        ("OK, anyone?", []),
        ("since March the PD model drifts", []),
        ("THIS IS NOT SHORT at all", []),
        ("who moved my green cup", []),
    ],
)
def test_in_a_sentence_capitals_and_clipped_words_may_be_short_forms(text: str, short: list[str]) -> None:
    assert clipping.may_be_short(text, ()) == short


def test_what_is_asked_for_may_be_said_short_by_words_that_are_whole_elsewhere() -> None:
    assert clipping.may_be_short("what is the ref rate again", ["ref rate"]) == ["ref rate"]


def test_of_many_names_three_are_offered_those_of_the_fewest_words_first() -> None:
    names = ("deep learning", "data lineage", "double loop", "day long list")
    assert clipping.among("DL", names) == ("double loop", "data lineage", "deep learning")


def test_letters_without_a_vowel_may_be_initials_in_whatever_case() -> None:
    assert clipping.may_be_one("kb")
    assert clipping.may_be_short("it is only from there", ["kb"]) == ["kb"]
    assert not clipping.may_be_one("keep")
