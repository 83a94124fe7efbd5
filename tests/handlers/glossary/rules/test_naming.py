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


def test_meanings_stand_in_the_workspaces_order_and_others_follow_by_name() -> None:
    senses = [sense(name) for name in ("legal", "product", "data science", "art")]
    ordered = naming.in_order(senses, ("data science", "software engineering", "product"))
    assert [each.discipline for each in ordered] == ["data science", "product", "art", "legal"]


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
