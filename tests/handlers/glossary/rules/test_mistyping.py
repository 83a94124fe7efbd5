"""Which words of a text may be mistyped, and what the text says with them put right."""

import pytest

from handlers.glossary.rules import mistyping
from handlers.glossary.rules.mistyping import Reading, Slip
from handlers.glossary.rules.stretches import Stretch


def odd(text: str, *known: str) -> list[str]:
    return [each.text for each in mistyping.odd_words(text, known.__contains__)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("can somebody explain the databse drift to me", ["databse"]),
        ("imblanced clases, is there a name for that problm", ["imblanced", "clases", "problm"]),
        ("Ana's neighbour organised the labelled samples", []),
        ("the KPWX and model7 are up", []),
        ("`webhook`s", ["webhook"]),
        ("wat abt tbh", []),
    ],
)
def test_a_word_may_be_mistyped_that_is_no_english_one(text: str, words: list[str]) -> None:
    assert odd(text) == words


def test_what_has_a_name_is_not_mistyped() -> None:
    assert odd("quantise the hyperparameter", "hyperparameter") == []


def test_a_name_is_looked_for_round_a_mistyped_word() -> None:
    text = "is the decision bounday a line"
    words = mistyping.odd_words(text, lambda _: False)
    assert [each.text for each in mistyping.around(text, words)] == ["decision bounday", "bounday"]
    assert mistyping.around("fals, positives", mistyping.odd_words("fals, positives", lambda _: False)) == []


def test_the_slip_that_is_nearest_to_a_name_is_taken_and_of_those_the_longest() -> None:
    one, two, other = Stretch(0, 1, "fals"), Stretch(0, 2, "fals postive"), Stretch(1, 2, "postive")
    assert mistyping.chosen({one: [(2, "falls")], two: [(2, "false positive")]}) == [Slip(two, ("false positive",))]
    assert mistyping.chosen({two: [(2, "false positive")], other: [(1, "positive")]}) == [Slip(other, ("positive",))]


def test_a_text_is_put_right_at_each_slip() -> None:
    first, second = Stretch(0, 1, "recal"), Stretch(2, 3, "precison")
    slips = [Slip(first, ("recall", "rescale")), Slip(second, ("precision",))]
    reading = Reading("recal or precison?", slips[:1], slips[1:])
    assert (reading.meant, reading.said) == ("recall or precision?", "recal or precison")
    far = Slip(Stretch(6, 7, "precison"), ("precision",))
    assert Reading("recal and then a lot of precison", [slips[0], far]).said == "recal"
    assert slips[0].has_any_of([first])
    assert not slips[0].has_any_of([second])
