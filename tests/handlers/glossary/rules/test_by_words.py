"""Which names of several words are meant by words that are mistyped one by one."""

import pytest

from handlers.glossary.rules import by_words

NAMES = (
    "prompt injection",
    "prompt cache",
    "anomaly detection",
    "dimensionality reduction",
    "blue-green deployment",
    "model registry",
    "model card",
    "false alarm",
    "feature",
    "data lake",
)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("prompt injekshun", "prompt injection"),
        ("anomoly detecton", "anomaly detection"),
        ("dimention reducton", "dimensionality reduction"),
        ("blu-grean", "blue-green deployment"),
        ("modle regstry", "model registry"),
        ("fals alarm", "false alarm"),
    ],
)
def test_a_name_is_meant_by_words_of_which_each_may_have_a_slip(said: str, name: str) -> None:
    assert by_words.may_be(said)
    assert [found for _, found in by_words.slips(said, NAMES)] == [name]


@pytest.mark.parametrize(
    "said",
    ["model card", "model cart", "model guard", "data bake", "prompt invention", "blue cat", "featre", "the fals"],
)
def test_english_words_and_one_word_are_no_such_slip(said: str) -> None:
    assert by_words.slips(said, NAMES) == []


def test_words_sound_alike() -> None:
    assert by_words.sounded("injekshun") == by_words.sounded("injection")
    assert by_words.sounded("fase") == by_words.sounded("phase")
    assert by_words.sounded("kwantization") == by_words.sounded("quantisation")
    assert by_words.sounded("recall") != by_words.sounded("retail")


def test_a_text_of_one_word_or_of_few_letters_is_no_name_of_several() -> None:
    assert not by_words.may_be("injekshun")
    assert not by_words.may_be("a b c")
