"""Whether a name is spoken of as a word, or stands for a thing or a deed of every day."""

import pytest

from handlers.glossary.rules.stretches import Stretch, anywhere
from handlers.glossary.rules.usage import is_clear, is_job, is_spoken_of, is_topic, may_ask, may_be_word


def _in(text: str, name: str) -> Stretch:
    return next(each for each in anywhere(text) if each.text == name)


@pytest.mark.parametrize(
    ("text", "name", "may_be"),
    [
        ("I recall he said Tuesday", "recall", False),
        ("recall keeps being quoted at me", "recall", True),
        ("can someone test the new coffee beans", "test", False),
        ("his weight is going up", "weight", False),
        ("what does weight mean", "weight", True),
        ("he is often in production", "production", False),
        ("the model is in production", "production", True),
        ("my train's stuck outside town", "train's", False),
        ("my shadow deployed itself on the wall", "shadow deployed", False),
        ("the shadow deployed model", "shadow deployed", True),
    ],
)
def test_what_somebody_does_has_or_is_in_is_no_word(text: str, name: str, *, may_be: bool) -> None:
    assert may_be_word(text, _in(text, name)) is may_be


@pytest.mark.parametrize(
    ("text", "name", "is_word"),
    [
        ("the label on my coat says wash", "label", False),
        ("the ablation of his heart went well", "ablation", False),
        ("they keep telling me the label was wrong", "label", True),
        ("the threshold for the model", "threshold", True),
    ],
)
def test_a_thing_that_is_tied_to_another_world_is_no_word(text: str, name: str, *, is_word: bool) -> None:
    assert is_spoken_of(text, _in(text, name)) is is_word


@pytest.mark.parametrize(
    ("text", "name", "is_first"),
    [
        ("labels - plain words please", "labels", True),
        ("the kernel, as in Linux", "kernel", True),
        ("where is the kernel, please", "kernel", False),
        ("kernel panic", "kernel", False),
    ],
)
def test_a_name_with_a_mark_at_the_beginning_is_what_a_text_is_about(text: str, name: str, *, is_first: bool) -> None:
    assert is_topic(text, _in(text, name)) is is_first


def test_a_job_is_what_people_are() -> None:
    assert is_job("data engineer")
    assert not is_job("engineering")


@pytest.mark.parametrize(
    ("text", "name", "is_about"),
    [
        ("is holdout just fake data", "holdout", True),
        ("heard telemetry thrice today", "telemetry", True),
        ("the telemetry of Hamilton's car was on TV", "telemetry", False),
        ("the rollback truck towed my Golf", "rollback", False),
        ("which bar makes a proper sidecar", "sidecar", False),
        ("ETL, is that a football club", "ETL", False),
        ("who owns the sidecar", "sidecar", False),
        ("in the ETL docs", "ETL", False),
        ('what is a "store", in the telemetry', "telemetry", False),
        ("kernel: what is this", "kernel", True),
        ("drift, yes?", "drift", True),
        ("drift, yes", "drift", False),
        ("which train do I take", "train", False),
    ],
)
def test_a_text_is_about_a_name_that_nothing_of_another_world_belongs_to(
    text: str, name: str, *, is_about: bool
) -> None:
    named = [_in(text, name)]
    assert is_clear(text, named, named) is is_about


def test_whose_word_it_is_is_not_asked_for() -> None:
    said = "pipeline as a software engineer uses it"
    assert not may_be_word(said, _in(said, "software engineer"))
    assert may_be_word("what is a software engineer", _in("what is a software engineer", "software engineer"))


def test_a_text_may_ask_something() -> None:
    assert may_ask("imbalance, we have it apparently")
    assert may_ask("what kind of mesh is it")
    assert not may_ask("they released the prisoners")
