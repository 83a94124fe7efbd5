"""Sentences as people write them, without what stands round them."""

import pytest

from handlers.framework import sentences


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("hey team, what does drift mean?", "what does drift mean"),
        ("Good morning all! could somebody please tell me who owns drift, thanks", "who owns drift"),
        ("kindly do the needful and explain bias", "explain bias"),
        ("sorry for the dumb question but what is overfitting??", "what is overfitting"),
        ("confusion matrix please", "confusion matrix"),
        ("is that logged anywhere mun", "is that logged anywhere"),
        ("read only", "read only"),
        ("scrum team", "scrum team"),
    ],
)
def test_greetings_and_politeness_are_taken_off(said: str, left: str) -> None:
    assert sentences.unwrapped(said) == left


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("what's drift? and who watches it?", ("what's drift", "who watches it")),
        ("quick one, what's a feature store", ("what's a feature store",)),
        ("zero-shot, what is it", ("zero-shot", "what is it")),
        ("prompt injection, do I need a needle", ("prompt injection", "do I need a needle")),
        ("what, if I may ask, is drift", ("what is drift",)),
        ("explain drift when you have a minute", ("explain drift",)),
        ("label vs. annotation", ("label vs. annotation",)),
        ("define bagging. also boosting", ("define bagging and boosting",)),
        ("hi all! thanks", ()),
        ("1) drift 2) recall", ("drift", "recall")),
        ("an epoch against a batch, what is the relation", ("an epoch against a batch", "what is the relation")),
        ("arent they the same", ("aren't they the same",)),
        ("what is she on about, confidence?", ("confidence", "what is she on about")),
        ("wait, what's drift", ("what's drift",)),
        ("explain it like I sell bread: recall", ("recall", "explain it like I sell bread")),
        ("a sample of oil, and I got a csv. Sample?", ("a sample of oil, and I got a csv", "Sample")),
        ("which seed is this, and in which sense", ("which seed is this", "in which sense")),
    ],
)
def test_a_message_is_taken_apart_into_what_it_asks(message: str, parts: tuple[str, ...]) -> None:
    assert sentences.parts(message) == parts


def test_only_the_words_that_say_something_are_looked_for() -> None:
    assert sentences.telling("did anyone report berths that are too short?") == "berths short"
    assert sentences.telling("hi, how are you?") == ""


@pytest.mark.parametrize(
    ("text", "is_name"),
    [("drift?", True), ("proof of concept", True), ("CI/CD", True), ("sing a song", False), ("what is it", False)],
)
def test_a_name_stands_alone(text: str, *, is_name: bool) -> None:
    assert sentences.is_name(text) == is_name


def test_it_stands_for_what_was_said_before() -> None:
    assert sentences.with_before("who watches it", "what's drift") == "who watches drift"
    assert sentences.with_before("who", "churn model security") == "churn model security, who"
    assert sentences.with_before("who do I ring", "the feed is down") == "the feed is down, who do I ring"
    assert sentences.with_before("is anybody checking its quality", "feed") == "is anybody checking feed quality"


def test_a_word_that_a_message_ends_with_and_said_before_is_meant() -> None:
    assert sentences.said_again("they want a poc by Friday. poc?") == "poc"
    assert sentences.said_again("the planner is late. what now?") == ""


def test_what_one_asks_for_the_word_that_was_said_before() -> None:
    assert sentences.said_again("the platform people want a canary. What canary?") == "canary"
    assert sentences.said_again("the platform people want a canary. What parrot?") == ""


def test_what_is_set_aside_is_not_read() -> None:
    assert sentences.readable("F1, motor racing aside, what is it") == "F1, what is it"


def test_whose_word_it_is_stays_with_the_question() -> None:
    assert sentences.parts("In operations, what is a threshold?") == ("In operations, what is a threshold",)


def test_a_deed_that_is_asked_for_is_no_name() -> None:
    assert not sentences.is_name("can someone release meeting room 4 please")
    assert sentences.is_name("can you tell me drift")


@pytest.mark.parametrize("row", [",", "?", "?!", ", ", "- ", "…", ": "])
def test_a_row_of_marks_is_read_as_three_of_them(row: str) -> None:
    assert len(sentences.readable(f"a{row * 50}x")) <= len(f"a{row * 3}x") + 3
    assert sentences.readable(f"what is drift{row * 50}x").endswith("x")


def test_no_more_of_a_message_is_read_than_a_question_needs() -> None:
    assert len(sentences.readable("word " * 4000)) == 1000


def test_who_or_what_asks_for_no_person() -> None:
    assert sentences.parts("who or what is the judge?") == ("what is the judge",)
