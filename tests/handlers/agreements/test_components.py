"""Components of the register as every feature knows them: which is seen, named, may be edited, launches soon."""

from datetime import UTC, datetime

import pytest

from handlers.agreements.components import launches_soon, may_edit, named, seen
from storage.engine.interface import Database
from storage.responsibilities.responsibilities import add_component, new_key
from tests.handlers.responsibilities.making import NOW, a_component
from tests.writing import write

KNOWN = [a_component(name, look_up_key=new_key(name)) for name in ("berth model", "berth arrivals", "pilot app", "UX")]
KNOWN.append(a_component("Berth-Model", id="hidden", look_up_key=new_key("berth model"), visibility="CSECRET"))


@pytest.mark.parametrize(
    ("visible", "found"), [(["workspace"], None), (["workspace", "CSECRET"], "falcon"), (["COTHER"], None)]
)
async def test_a_component_is_found_as_far_as_it_may_be_seen(
    store: Database, visible: list[str], found: str | None
) -> None:
    for each in (a_component("falcon", visibility="CSECRET"), a_component("berth model")):
        assert await write(store, add_component, each, ())
    told = seen(store.reader, "T1", "falcon", visible)
    assert (told.name if told else None) == found
    assert (seen(store.reader, "T1", "berth model", visible) is not None) is ("workspace" in visible)
    assert seen(store.reader, "T2", "falcon", visible) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pilot app", ["pilot app"]),
        ("  Pilot-App ", ["pilot app"]),
        ("pilot ap", ["pilot app"]),
        ("pilot app, do we have that written", ["pilot app"]),
        ("berth model", ["berth model", "hidden"]),
        ("birth model", ["berth model", "hidden"]),
        ("berth", []),
        ("U", []),
        ("UX", ["UX"]),
        ("", []),
        ("!?", []),
    ],
)
def test_a_component_is_named_in_any_writing_or_misspelled(text: str, found: list[str]) -> None:
    assert [each.id for each in named(text, KNOWN)] == found


def test_where_no_component_is_known_none_is_named() -> None:
    assert named("pilot app", KNOWN) == [KNOWN[2]]
    assert named("pilot app", []) == []


@pytest.mark.parametrize(
    ("who", "expected"),
    [("ULEAD", True), ("UANA", True), ("UMODEL", True), ("UPRODUCT", True), ("UBEN", False), ("", False)],
)
def test_a_component_is_edited_by_its_lead_its_sides_who_added_it_and_the_admins(who: str, *, expected: bool) -> None:
    component = a_component(model_side=("UMODEL",), product_side=("UPRODUCT",))
    assert may_edit(component, who, is_admin=False) is expected
    assert may_edit(component, who, is_admin=True) is True


@pytest.mark.parametrize(
    ("launch_on", "expected"),
    [
        ("2026-01-04", False),
        ("2026-01-05", True),
        ("2026-02-02", True),
        ("2026-02-03", False),
        ("", False),
        ("soon", False),
    ],
)
def test_a_launch_is_near_from_four_weeks_before_until_its_day(launch_on: str, *, expected: bool) -> None:
    assert datetime(2026, 1, 5, 9, tzinfo=UTC) == NOW
    assert launches_soon(a_component(launch_on=launch_on), NOW) is expected
