"""How a word is found, which words are near it, and in which order its meanings stand."""

import pytest

from handlers.glossary.rules import naming
from storage.glossary.glossary import Sense


def sense(discipline: str, number: int = 1) -> Sense:
    return Sense(
        id=f"{number}",
        team_id="T1",
        visibility="workspace",
        word="drift",
        look_up_key="drift",
        discipline=discipline,
        gloss="g",
        definition="",
        example="",
        origin="people",
        version=1,
        updated_at="",
        status="approved",
    )


@pytest.mark.parametrize(
    "text",
    [
        '"drift"',
        "drift?",
        "  drift ",
        "“drift”",
        "`drift`.",
        "*drift*",
        "_drift_?",
        "~drift~",
        "«drift»",
        "„drift“!?",
        "(drift)",
        "[drift]",
        "<drift>",
        "'drift',",
        "dr\u00adift",
        "drift\u200b",
        "drift\u00a0",
        "<http://drift|drift>",
        "<http://drift>",
        "<mailto:drift|drift>",
        "<#C123|drift>",
        "<@U123> drift",
        "drift …",
    ],
)
def test_quotes_and_question_marks_are_no_part_of_the_word(text: str) -> None:
    assert naming.asked_word(text) == "drift"


NAMES = {"bias": "bias", "basis": "basis", "batch": "batch", "recall": "recall", "precision": "precision"}


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("bais", ("bias", "basis")),
        ("baas", ("bias",)),
        ("precison", ("precision",)),
        ("percision", ("precision",)),
        ("recal", ("recall",)),
        ("basiss", ("basis",)),
        ("zzzz", ()),
        ("xx", ()),
    ],
)
def test_a_slip_of_the_hand_finds_its_neighbours_nearest_first(typed: str, near: tuple[str, ...]) -> None:
    assert naming.nearest(typed, [NAMES]) == near


def test_a_very_short_word_is_near_only_to_its_own_letters() -> None:
    names = {"api": "API", "poc": "PoC"}
    assert (naming.nearest("KPI", [names]), naming.nearest("AIP", [names])) == ((), ("API",))


def test_at_most_five_are_suggested_each_once() -> None:
    names = {f"word{letter}": f"word{letter}" for letter in "abcdefgh"}
    assert len(naming.nearest("wordx", [names, names])) == 5


def test_meanings_stand_in_the_workspaces_order_and_others_follow_by_name() -> None:
    senses = [sense(name) for name in ("legal", "product", "data science", "art")]
    ordered = naming.in_order(senses, ("data science", "software engineering", "product"))
    assert [each.discipline for each in ordered] == ["data science", "product", "art", "legal"]


def test_similar_names_share_a_word_and_the_closest_come_first() -> None:
    names = ["booking window", "berth", "launch", "window of the berth plan", "the window"]
    assert naming.similar("berth window", names) == (
        "berth",
        "the window",
        "booking window",
        "window of the berth plan",
    )
    assert naming.similar("what is the of", names) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("precision vs recall", ("precision", "recall")),
        ("precision vs. recall versus accuracy", ("precision", "recall", "accuracy")),
        ("a vs b vs c vs d", ()),
        ("precision", ()),
        ("precision vs ?", ()),
    ],
)
def test_two_or_three_words_are_compared(text: str, words: tuple[str, ...]) -> None:
    assert naming.compared_words(text) == words


def test_a_name_that_is_short_for_something_else_is_contradicted() -> None:
    known = naming.Found("cross-validation", (sense("data science").model_copy(update={"word": "cross-validation"}),))
    assert not naming.contradicts(known, ("CV", "cross validation"))
    assert naming.contradicts(known, ("CV", "curriculum vitae"))
    assert not naming.contradicts(known, ("XV", "xylophone virtuoso"))
