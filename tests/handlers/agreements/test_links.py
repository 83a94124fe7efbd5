"""How components are joined by what is agreed, and whom a change concerns: with cycles, and with what is hidden."""

from datetime import UTC, datetime

from handlers.agreements.links import (
    End,
    Joining,
    confirm_served,
    downstream,
    home_of,
    join,
    reached,
    speakers,
    who_knows,
)
from storage.engine.interface import WORKSPACE, Database, to_text
from storage.responsibilities import links, responsibilities
from storage.responsibilities.links import Joint, Link
from storage.responsibilities.responsibilities import Component, Duty
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
AT = to_text(NOW)
ENDS: tuple[End, ...] = ("source", "target")
BOTH: dict[End, str] = {"source": "UDEV", "target": "UCHLOE"}


def part(name: str, visibility: str = WORKSPACE, **more: object) -> Component:
    told = {"kind": "model", "lead": "UCHLOE", "created_by": "UCHLOE", "created_at": AT, "version": 1, **more}
    named = {"id": name, "name": name, "look_up_key": responsibilities.new_key(name), "visibility": visibility}
    return Component.model_validate({"team_id": "T1", **named, **told})


async def added(store: Database, *parts: Component, duties: tuple[Duty, ...] = ()) -> None:
    for each in parts:
        await write(store, responsibilities.add_component, each, [one for one in duties if one.component_id == each.id])


async def joined(store: Database, source: Component, kind: Joint, target: Component, /, **by: str) -> Link | None:
    confirmed: dict[End, str] = {end: by[end] for end in ENDS if end in by} or BOTH
    return await write(store, join, Joining(source, kind, target), confirmed, "UANA", NOW)


async def test_one_side_proposes_and_the_other_confirms(store: Database) -> None:
    data, model = part("arrivals"), part("berth model")
    await added(store, data, model)
    first = await joined(store, data, "feeds", model, source="UDEV")
    assert first is not None
    assert (first.state, first.source_by, first.target_by, first.version) == ("proposed", "UDEV", "", 1)
    again = await joined(store, data, "feeds", model, source="UELI")
    assert again == first
    both = await joined(store, data, "feeds", model, target="UCHLOE")
    assert both is not None
    assert (both.id, both.state, both.source_by, both.target_by) == (first.id, "confirmed", "UDEV", "UCHLOE")


async def test_an_import_does_not_bring_back_what_was_refused_and_a_person_does(store: Database) -> None:
    data, model = part("arrivals"), part("berth model")
    await added(store, data, model)
    first = await joined(store, data, "feeds", model)
    assert first is not None
    entry = links.LINKS.entries(at=AT, by="UDEV", what="refused")
    await write(store, links.LINKS.change, first, {"state": "refused", "source_by": "", "target_by": ""}, entry)
    imported = await write(store, join, Joining(data, "feeds", model), {}, "", NOW)
    assert imported is not None
    assert imported.state == "refused"
    said = await joined(store, data, "feeds", model, source="UDEV")
    assert said is not None
    assert (said.state, said.source_by, said.target_by) == ("proposed", "UDEV", "")


async def test_nothing_is_joined_to_itself_nor_what_nobody_sees_both_ends_of(store: Database) -> None:
    data, one, other = part("arrivals"), part("here", "C1"), part("there", "C2")
    await added(store, data, one, other)
    assert await joined(store, data, "feeds", data) is None
    assert await joined(store, one, "feeds", other) is None
    hidden = await joined(store, data, "feeds", one)
    assert hidden is not None
    assert hidden.visibility == "C1"
    assert home_of(Joining(data, "feeds", data, visibility="C3")) == "C3"


async def test_who_agrees_to_a_models_card_confirms_for_their_side_what_it_serves(store: Database) -> None:
    model, product, other = part("berth model"), part("planner", lead="UBEN"), part("other", lead="UELI")
    await added(store, model, product, other)
    await joined(store, model, "serves", product, source="UCHLOE")
    await joined(store, model, "serves", other, source="UCHLOE")
    await joined(store, model, "deployed by", product, source="UCHLOE")
    assert await write(store, confirm_served, model, "UDEV", NOW) == []
    confirmed = await write(store, confirm_served, model, "UBEN", NOW)
    assert [(each.target_id, each.target_by) for each in confirmed] == [("planner", "UBEN")]
    assert await write(store, confirm_served, model, "UBEN", NOW) == []
    states = {(each.kind, each.target_id): each.state for each in links.links(store.reader, "T1")}
    assert states == {
        ("serves", "planner"): "confirmed",
        ("serves", "other"): "proposed",
        ("deployed by", "planner"): "proposed",
    }


async def test_a_change_concerns_what_comes_after_nearest_first_and_goes_round_once(store: Database) -> None:
    data, model, product, robot = part("arrivals"), part("berth model"), part("planner"), part("robot")
    await added(store, data, model, product, robot, part("unrelated"))
    await joined(store, data, "feeds", model)
    await joined(store, model, "serves", product)
    await joined(store, product, "feeds", data)
    await joined(store, model, "deployed by", robot)
    assert [each.name for each in downstream(store.reader, data)] == ["berth model", "planner"]
    assert [each.name for each in downstream(store.reader, model)] == ["planner", "arrivals", "robot"]
    assert [each.name for each in downstream(store.reader, robot)] == ["berth model"]


async def test_what_only_one_side_says_concerns_nobody_yet(store: Database) -> None:
    data, model = part("arrivals"), part("berth model")
    await added(store, data, model)
    await joined(store, data, "feeds", model, source="UDEV")
    assert downstream(store.reader, data) == []


async def test_what_is_hidden_joins_nothing_for_whoever_may_not_see_it(store: Database) -> None:
    data, hidden, product = part("arrivals"), part("secret model", "C1"), part("planner")
    await added(store, data, hidden, product)
    await joined(store, data, "feeds", hidden)
    await joined(store, hidden, "serves", product)
    assert [each.name for each in downstream(store.reader, data)] == ["secret model", "planner"]
    assert downstream(store.reader, data, [WORKSPACE]) == []


async def test_who_owns_the_duty_at_an_end_knows_best_and_everybody_of_it_may_speak(store: Database) -> None:
    data, model = part("arrivals", kind="dataset", lead="UELI"), part("berth model", model_side=("UANA",))
    owned = Duty(team_id="T1", component_id="arrivals", duty="data-ownership", state="accepted", owner="UDEV")
    await added(store, data, model, duties=(owned,))
    assert who_knows(store.reader, Joining(data, "feeds", model), "source") == ["UDEV", "UELI", "UCHLOE"]
    assert who_knows(store.reader, Joining(data, "feeds", model), "target") == ["UCHLOE", "UANA"]
    assert speakers(store.reader, data) == {"UDEV", "UELI", "UCHLOE"}


def test_what_is_reached_is_listed_once_from_near_to_far() -> None:
    steps = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "d"), ("d", "c"), ("x", "y")]
    assert reached("a", steps) == ["b", "d", "c"]
    assert reached("c", steps) == ["a", "b", "d"]
    assert reached("y", steps) == []
