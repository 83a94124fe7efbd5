"""What is offered for a word that has no definition: names a slip of the hand away, and names with a part of it."""

import pytest

from handlers.glossary.rules import near

NAMES = {"precision": "precision", "recall": "recall", "basis": "basis", "drift": "drift", "regression": "regression"}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("percision", ("precision",)),
        ("recal", ("recall",)),
        ("basiss", ("basis",)),
        ("regresed", ("regression",)),
        ("drfited", ("drift",)),
        ("zzzz", ()),
        ("xx", ()),
    ],
)
def test_a_slip_of_the_hand_finds_its_neighbours_nearest_first(typed: str, names: tuple[str, ...]) -> None:
    assert near.nearest(typed, NAMES) == names


def test_a_very_short_word_is_near_only_to_its_own_letters() -> None:
    names = {"api": "API", "poc": "PoC"}
    assert (near.nearest("KPI", names), near.nearest("AIP", names)) == ((), ("API",))


def test_at_most_five_are_suggested_each_once() -> None:
    names = {f"word{letter}": f"word{letter}" for letter in "abcdefgh"} | {"wordy": "worda"}
    assert near.nearest("wordx", names) == ("worda", "wordb", "wordc", "wordd", "worde")


@pytest.mark.parametrize(
    ("asked", "name"),
    [("universe", "university"), ("organisation", "organ"), ("seedling", "seed"), ("generalisation", "general")],
)
def test_a_word_that_only_has_another_ones_stem_is_no_slip(asked: str, name: str) -> None:
    assert near.nearest(asked, {name: name}) == ()
    assert near.similar(asked, [name]) == ()


def test_similar_names_share_a_word_and_the_closest_come_first() -> None:
    names = ["booking window", "berth", "launch", "window of the berth plan", "the window"]
    assert near.similar("berth window", names) == ("berth", "the window", "booking window", "window of the berth plan")


def test_one_word_is_a_part_of_longer_names_in_any_of_its_forms() -> None:
    names = ["confusion matrix", "matrix", "training-serving skew"]
    assert near.similar("matrices", names) == ("confusion matrix",)
    assert near.similar("skew", names) == ("training-serving skew",)
