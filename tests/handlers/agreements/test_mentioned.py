"""Which component a message names: wherever the name stands, however it is written, with slips of the hand in it."""

import pytest

from handlers.agreements.mentioned import mentioned
from tests.handlers.responsibilities.making import a_component

_NAMES = ("berth model", "berth planner", "culture grader", "fall-risk model", "wave model", "ECG reader")
KNOWN = [a_component(each) for each in _NAMES]


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("is it fair, that culture grader? somebody must know", "culture grader", "is it fair, it? somebody must know"),
        ("Our Culture-Grader: who", "culture grader", "it: who"),
        ("who labels for the culture graders", "culture grader", "who labels for it"),
        ("the culture grader's labels", "culture grader", "it's labels"),
        ("culturegrader, who has it", "culture grader", "it, who has it"),
        ("fall risk model", "fall-risk model", "it"),
        ("berth model is slow. who speeds the berth model up?", "berth model", "it is slow. who speeds it up?"),
        ("who is on the cultrue grader", "culture grader", "who is on it"),
        ("the berth planer", "berth planner", "it"),
        ("ecg raeder: owner", "ECG reader", "it: owner"),
        ("the culture gradrr", "culture grader", "it"),
        ("cultruegrader, who watches?", "culture grader", "it, who watches?"),
    ],
)
def test_a_component_is_named_anywhere_and_it_stands_in_its_place(text: str, name: str, rest: str) -> None:
    found = mentioned(text, KNOWN)
    assert found is not None
    assert (found.component.name, found.rest) == (name, rest)


@pytest.mark.parametrize(
    "text",
    [
        "does the berth model feed the berth planner",
        "wage model",
        "wave",
        "the model",
        "a grader of cultures",
        "ECG",
        "",
    ],
)
def test_several_a_part_of_one_and_another_word_name_none(text: str) -> None:
    assert mentioned(text, KNOWN) is None


@pytest.mark.parametrize("name", ["berth model", "berth"])
def test_the_longest_name_is_meant(name: str) -> None:
    found = mentioned(f"who is on the {name}", [*KNOWN, a_component("berth")])
    assert found is not None
    assert found.component.name == name


def test_where_no_component_is_known_none_is_named() -> None:
    assert mentioned("who monitors the berth model", []) is None
