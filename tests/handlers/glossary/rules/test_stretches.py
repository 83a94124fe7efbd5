"""Which stretches of a text may be names."""

import pytest

from handlers.glossary.rules.stretches import (
    anywhere,
    apart,
    beyond,
    inside,
    jargon,
    may_name,
    stretches,
    telling,
    unusual,
    verbs,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("confusing precision with recall", {"precision", "recall"}),
        ("what does the model railway club mean", {"model railway club"}),
        ("are we on call, or not", {"on call"}),
        ("label != target", {"label", "target"}),
        ("on page 3 imputation, on slide 4 ablation", {"imputation", "ablation"}),
        ("what is it", set[str]()),
    ],
)
def test_a_name_stands_between_words_that_tell_nothing(text: str, names: set[str]) -> None:
    assert {each.text for each in stretches(text)} >= names
    assert names or not stretches(text)


def test_of_names_that_share_words_the_longest_is_kept_and_all_stand_in_their_order() -> None:
    told = stretches("recall, for people, or on call")

    assert [each.text for each in apart(told)] == ["recall", "people", "on call"]


def test_what_hardly_stands_there_by_chance_may_stand_beside_other_words() -> None:
    assert {"early stopping", "why use early stopping"} & {each.text for each in inside("why use early stopping")}
    assert "embeddings" in {each.text for each in inside("the vendor keeps selling embeddings")}
    assert "recall" not in {each.text for each in inside("please recall the email")}


def test_what_is_said_of_a_thing_stands_behind_it() -> None:
    assert [each.text for each in verbs("so my model overfits")] == ["overfits"]
    assert verbs("overfits") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the overfitting again", {"overfitting"}),
        ("cadence of overfitting", set[str]()),
        ("overfitting of models", {"overfitting"}),
    ],
)
def test_what_something_is_of_is_not_what_is_asked_for(text: str, names: set[str]) -> None:
    assert {each.text for each in jargon(text)} == names


def test_words_of_every_day_are_no_unusual_names() -> None:
    assert "boosting" in {each.text for each in unusual("boosting, in the review")}
    assert "train" not in {each.text for each in unusual("train, to the office")}


def test_each_word_of_a_row_may_be_a_name() -> None:
    assert {each.text for each in anywhere("precision recall pls")} >= {"precision recall", "precision", "recall"}
    assert "pls" not in {each.text for each in anywhere("precision recall pls")}


@pytest.mark.parametrize(
    ("text", "may"),
    [("drift", True), ("model railway club", True), ("for the record", False), ("the minutes", False), ("", False)],
)
def test_what_only_says_where_a_word_was_heard_is_no_name(text: str, *, may: bool) -> None:
    assert may_name(text) is may


def test_of_a_text_what_tells_something_is_left() -> None:
    assert telling("that skew thing between training and serving, please") == "skew training serving"


def test_a_name_may_begin_a_longer_one_where_a_small_word_follows() -> None:
    text = "Reinforcement learning from human feedback, has it a short name"
    short = next(each for each in anywhere(text) if each.text == "Reinforcement learning")
    assert [each.text for each in beyond(text, short)] == ["Reinforcement learning from human feedback"]
    text = "reinforcement learning beats human feedback any day"
    short = next(each for each in anywhere(text) if each.text == "reinforcement learning")
    assert list(beyond(text, short)) == []
