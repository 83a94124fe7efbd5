"""What a side says is the same whoever said it when, and other once a word of it is."""

import pytest

from storage.records.offers import Offer

SAID = Offer(parts={"amount": "4 rows"}, by="UANA", at="2026-01-05")


def test_who_said_it_and_when_makes_no_difference() -> None:
    assert SAID.says_the_same(SAID.model_copy(update={"by": "UBEN", "at": "2026-01-06"}))


@pytest.mark.parametrize(
    "changes",
    [
        {"parts": {"amount": "5 rows"}},
        {"stance": "not needed", "reason": "We predict it"},
        {"finder": "UBEN", "until": "2026-02-02"},
        {"senses": ("1:2",)},
    ],
)
def test_any_other_word_does(changes: dict[str, object]) -> None:
    other = SAID.model_copy(update=changes)
    assert not SAID.says_the_same(other)
    assert other.says_the_same(other.model_copy(update={"by": "UBEN"}))
