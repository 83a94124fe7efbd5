"""How a word is found, and which words are near it."""

import itertools
from dataclasses import replace
from functools import partial

import pytest

from handlers.glossary.rules import naming
from tests.handlers.glossary.rules.test_ordering import sense


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


def test_what_was_made_of_a_word_is_made_once_and_is_of_that_word_as_it_was_found_alone() -> None:
    made = itertools.count(1)
    found = naming.Found("drift", (sense("data science", word="drift"),))
    assert [found.keep(name, partial(next, made)) for name in ("answer", "answer", "weights", "answer")] == [1, 1, 2, 1]
    assert replace(found, asked="drifts").keep("answer", partial(next, made)) == 3


@pytest.mark.parametrize(
    "outcome",
    [
        naming.Found("drift", (sense("data science", word="drift"),)),
        naming.DidYouMean("drif", ("drift",)),
        naming.Unknown("yaw"),
    ],
)
def test_an_answer_is_kept_once_it_is_asked_for_again(
    outcome: naming.Found | naming.DidYouMean | naming.Unknown,
) -> None:
    made = itertools.count(1)
    assert [outcome.keep_if_again("answer", partial(next, made)) for _ in range(4)] == [1, 2, 2, 2]
    assert outcome.keep_if_again("another", partial(next, made)) == 3


def test_a_name_in_other_forms_or_another_order_is_that_name() -> None:
    assert naming.put_otherwise("imbalanced classes", ["class imbalance", "classes"]) == "class imbalance"
    assert naming.put_otherwise("classes", ["class"]) == ""
    assert naming.put_otherwise("human in loop", ["human review", "human in the loop"]) == "human in the loop"


def test_all_words_of_a_long_name_hardly_stand_in_a_text_by_chance() -> None:
    assert naming.has_all_of("skew thing between training and serving", "training-serving skew")
    assert not naming.has_all_of("the drift of a concept", "concept drift")


def test_a_name_that_is_short_for_something_else_is_contradicted() -> None:
    known = naming.Found("cross-validation", (sense("data science", word="cross-validation"),))
    assert not naming.contradicts(known, ("CV", "cross validation"))
    assert naming.contradicts(known, ("CV", "curriculum vitae"))
    assert not naming.contradicts(known, ("XV", "xylophone virtuoso"))


def test_a_second_name_is_no_form_of_the_first() -> None:
    found = naming.Found(
        "train", (sense("product", word="train").model_copy(update={"aliases": ["training", "coach"]}),)
    )
    assert naming.is_other_name(found, "coach")
    assert not naming.is_other_name(found, "training")
    assert not naming.is_other_name(found, "train")
