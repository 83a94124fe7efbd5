"""What is about something that was said before, and what says itself what it is about."""

import pytest

from handlers.framework import pointing


@pytest.mark.parametrize(
    ("part", "points"),
    [
        ("who watches it on the churn model", True),
        ("what does it mean that the model regressed", False),
        ("same thing with a fancier name", True),
        ("same thing as drift", False),
        ("who owns the feed and its quality", False),
        ("is that the thing where it crashes", True),
        ("that last word", True),
        ("explain it like I'm on the till", True),
        ("what would that have involved", True),
        ("plain english", True),
        ("explain for a non techie", True),
        ("explain to me drift", False),
        ("is that bad", True),
        ("who gets paged", True),
        ("explain the words above", True),
        ("translate the last word for a clinician", True),
        ("explain the words above and drift", False),
        ("what does she mean with it", True),
        ("what is she on about", True),
        ("in which sense", True),
        ("what's the thing they rolled out", True),
        ("what's the thing with the crane", False),
        ("Trust IT keep asking", False),
        ("trust it", True),
        ("what that opening phrase is", True),
        ("a false negative, is it, by the book", False),
        ("which of us gets the alert for that model", True),
        ("which of us gets the alert for that churn model", False),
        ("was that ever signed off", True),
        ("where is this written", True),
        ("what did we land on", True),
        ("is that logged anywhere", True),
        ("how often did we say, four times a year", True),
        ("how often did we say the loaf model is retrained", False),
    ],
)
def test_a_part_is_about_what_was_said_before(part: str, *, points: bool) -> None:
    assert pointing.points_back(part) == points


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("and the retraining?", True),
        ("what about labels", True),
        ("same question for fairness", True),
        ("and that?", False),
        ("and what does drift mean?", False),
        ("the retraining?", False),
    ],
)
def test_a_message_goes_on_with_a_question_for_something_else(text: str, *, goes_on: bool) -> None:
    assert pointing.goes_on(text) == goes_on


def test_a_short_question_for_somebody_names_no_thing() -> None:
    assert pointing.is_bare_who("who fixes it")
    assert not pointing.is_bare_who("who monitors the churn model")


def test_what_only_points_does_not_tell_itself_what_it_is_about() -> None:
    assert not pointing.tells_itself("sorry what")
    assert not pointing.tells_itself("one line for me")
    assert pointing.tells_itself("what about the churn model")


def test_a_question_takes_up_a_word_of_what_was_said_before_or_tells_nothing() -> None:
    said = "it runs in shadow mode"
    assert pointing.takes_up("sorry, in what mode?", said)
    assert pointing.takes_up("no clue about either of the two", said)
    assert not pointing.takes_up("is lunch at twelve?", said)
    assert pointing.takes_up("shad-what?", said)
    assert not pointing.takes_up("idem-what?", said)


def test_what_somebody_did_not_catch_begins_the_word() -> None:
    assert pointing.begun("huh, idem-what?") == "idem"
    assert pointing.begun("what is it") == ""


def test_what_only_asks_for_a_unit_says_nothing_of_what_it_is_about() -> None:
    assert pointing.is_fragment("what unit")
    assert not pointing.is_fragment("what unit test")
