"""How a message ends that asks of what it said."""

import pytest

from handlers.framework import tails


@pytest.mark.parametrize(
    "message",
    [
        "PCA on slide four, this is?",
        "PCA on slide four, wots that then",
        "PCA on slide four. ok, and that does?",
        "PCA on slide four, and that's what",
        "PCA on slide four. so??",
        "PCA on slide four, translate for a librarian",
        "PCA on slide four. One of them is a what?",
        "PCA on slide four … and that would be?",
    ],
)
def test_what_asks_at_the_end_of_a_message_is_read_in_the_usual_words(message: str) -> None:
    assert tails.asked(message) == "PCA on slide four. What is that?"


@pytest.mark.parametrize(
    "message",
    [
        "PCA on slide four: wat it mean",
        "PCA on slide four :grimacing: signifies what",
        "PCA on slide four. meaning what, exactly?",
        "PCA on slide four, defn?",
    ],
)
def test_what_asks_for_a_meaning_does_so_afterwards(message: str) -> None:
    assert tails.asked(message) == "PCA on slide four. What does that mean?"


def test_a_word_in_quotes_may_be_left_open() -> None:
    assert tails.asked("'drift' being…") == "'drift'. What is that?"


@pytest.mark.parametrize(
    "message",
    [
        "the bus is late, that is",
        "a batch of scones, that's what",
        "they said it was fine, that's what she thought",
        "what is that",
        "which regression's that please",
        "what does that mean",
        "a def in Python",
    ],
)
def test_what_says_more_or_says_it_alone_is_left_as_it_is(message: str) -> None:
    assert tails.asked(message) == message
