"""Which two components a sentence links, and how: in the words that people use, whatever the components are called."""

import pytest

from handlers.agreements.links import Joining
from handlers.responsibilities.rules.links import entered, said, sides_of, versions_in, waits_for, why_not
from handlers.slack.interactions import Fields, Wrong
from storage.responsibilities.links import Link
from tests.handlers.responsibilities.making import a_component

ARRIVALS, MODEL = a_component("berth arrivals", kind="dataset"), a_component("berth model")
PLANNER, FEEDS = a_component("berth planner", kind="product"), a_component("weather feeds pipeline")
KNOWN = [ARRIVALS, MODEL, PLANNER, FEEDS]


def told(text: str) -> tuple[str, str, str, str] | None:
    found = said(text, KNOWN)
    return None if found is None else (found.source.name, found.kind, found.target.name, found.versions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("berth arrivals feeds berth model", ("berth arrivals", "feeds", "berth model", "")),
        ("Berth Arrivals feed the berth model.", ("berth arrivals", "feeds", "berth model", "")),
        ("berth model serves berth planer", ("berth model", "serves", "berth planner", "")),
        ("berth model is part of berth planner", ("berth model", "part of", "berth planner", "")),
        ("berth model is a part of berth planner", ("berth model", "part of", "berth planner", "")),
        ("berth model is deployed by berth planner", ("berth model", "deployed by", "berth planner", "")),
        ("berth model deployed by berth planner", ("berth model", "deployed by", "berth planner", "")),
        ("weather feeds pipeline feeds berth model", ("weather feeds pipeline", "feeds", "berth model", "")),
        ("berth model serves berth planner, versions >=2, <3", ("berth model", "serves", "berth planner", ">=2,<3")),
        ("berth model serves berth planner version ==2.*", ("berth model", "serves", "berth planner", "==2.*")),
        ("berth model serves berth planner, versions soon", None),
        ("berth model feeds the printer", None),
        ("berth model berth planner", None),
        ("", None),
    ],
)
def test_a_sentence_says_which_component_is_joined_to_which(text: str, expected: object) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(("text", "kept"), [("", ""), (" >= 2 , < 3 ", ">=2,<3"), ("2", None), ("^2", None)])
def test_a_range_of_versions_is_written_one_way(text: str, kept: str | None) -> None:
    assert versions_in(text) == kept


def test_a_form_names_the_fields_that_are_empty_or_cannot_be_read() -> None:
    whole = {"source": MODEL.id, "joint": "serves", "target": PLANNER.id, "versions": ">=2"}
    assert entered(Fields(whole), KNOWN) == Joining(MODEL, "serves", PLANNER, ">=2")
    wrong = entered(Fields({**whole, "versions": "soon"}), KNOWN)
    assert isinstance(wrong, Wrong)
    assert list(wrong.errors) == ["versions"]
    nothing = entered(Fields({"target": "hidden"}), KNOWN)
    assert isinstance(nothing, Wrong)
    assert list(nothing.errors) == ["source", "joint", "target"]


def test_a_component_is_linked_to_another_that_somebody_can_see_with_it() -> None:
    assert why_not(Joining(MODEL, "serves", PLANNER), "workspace") is None
    itself, apart = (
        why_not(Joining(MODEL, "serves", MODEL), "workspace"),
        why_not(Joining(MODEL, "serves", PLANNER), None),
    )
    assert itself is not None
    assert "can't be linked to itself" in itself.told
    assert apart is not None
    assert "two private channels" in apart.told


def test_a_link_waits_for_the_ends_of_which_nobody_has_confirmed_it() -> None:
    ends = {"source_id": "a", "kind": "feeds", "target_id": "b", "created_at": "", "changed_at": ""}
    link = Link.model_validate({"id": "L1", "team_id": "T1", **ends, "source_by": "UDEV"})
    assert waits_for(link) == ["target"]
    assert sides_of({"source": frozenset(["UDEV"]), "target": frozenset(["UDEV", "UANA"])}, "UANA") == ["target"]
