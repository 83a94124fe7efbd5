"""The map before it is drawn: teams, numbered points and how each stands, and nothing of what is hidden."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from handlers.hooks.seams import Artefact, Seam, Standing
from handlers.responsibilities.rules.collaboration import planned
from handlers.responsibilities.rules.plans import Plan, Point, Seen
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from storage.responsibilities.links import Link
from storage.responsibilities.responsibilities import Component
from tests.handlers.responsibilities.making import BY_ID, a_component, a_duty
from tests.handlers.responsibilities.rules.test_flow import linked

DATA = a_component("arrivals", kind="dataset", team="Harbour data", lead="UDEV")
MODEL = a_component("model", team="Models")
PLANNER = a_component("planner", kind="product", lead="UBEN")
ROBOT = a_component("robot", kind="service", team="models ")
ALL = [PLANNER, MODEL, DATA, ROBOT]
LINKS = linked("arrivals feeds model", "model serves planner", "model deployed by robot")
NAMES = {"UDEV": "Dev Patel", "UBEN": "Ben Okafor", "UANA": "Ana Ruiz"}
BUTTON = blocks.button("Open", "open", "x")


def seen(
    parts: Sequence[Component] = ALL,
    links: Sequence[Link] = LINKS,
    artefacts: Sequence[Artefact] = (),
    duties: Sequence[ComponentDuty] = (),
) -> Seen:
    confirmed = [each.model_copy(update={"state": "confirmed"}) for each in links]
    return Seen(parts, confirmed, duties, artefacts, NAMES)


def owned(component: Component, duty: str, **more: object) -> ComponentDuty:
    return ComponentDuty(component, BY_ID[duty], a_duty(component_id=component.id, duty=duty, **more))


def promised(seam: Seam, source: str, target: str, standing: Standing, told: str, **more: str) -> Artefact:
    return Artefact(seam, source, target, standing, told, BUTTON, **more)


def retired(component: Component) -> Component:
    return component.model_copy(update={"retires_on": "2026-01-02", "retired_at": "2026-01-03T00:00:00.000000+00:00"})


def points(plan: Plan) -> list[tuple[int, str, str, str]]:
    return [(each.number, each.seam, each.state, each.sentence) for each in plan.points]


def one(plan: Plan, number: int) -> Point:
    return next(each for each in plan.points if each.number == number)


def test_a_team_s_box_names_who_is_accountable_for_it() -> None:
    harbour = ALL[0].model_copy(update={"team": "Harbour"})
    told = replace(seen([harbour, *ALL[1:]]), accountable={"harbour": "UANA", "others": "UBEN"})
    names = [each.name for each in planned(told, None).teams if harbour.name in [part.name for part in each.parts]]
    assert names == [f"Harbour ({NAMES['UANA']})"]
    unknown = replace(told, accountable={"harbour": "UNOBODY"})
    assert "Harbour" in [each.name for each in planned(unknown, None).teams]


def test_teams_have_their_components_and_points_are_numbered_as_things_flow() -> None:
    plan = planned(seen(), PLANNER)
    assert plan.title == "planner: who builds what with whom"
    assert [(each.name, [part.name for part in each.parts]) for each in plan.teams] == [
        ("Harbour data", ["arrivals"]),
        ("Models", ["model", "robot"]),
        ("Ben Okafor", ["planner"]),
    ]
    # What the team of the model deploys itself is no point where teams meet.
    assert points(plan) == [
        (1, "data", "open", "arrivals feeds model"),
        (2, "requirements", "open", "model serves planner"),
        (3, "integration", "open", "model serves planner"),
    ]
    assert [each.told for each in plan.points] == ["no data request", "no requirement card", "interface not documented"]


def test_only_a_model_has_requirements_beside_its_integration() -> None:
    plan = planned(seen(links=linked("robot serves planner", "arrivals part of planner")), None)
    assert [(each.seam, each.sentence) for each in plan.points] == [
        ("integration", "arrivals is a part of planner"),
        ("integration", "robot serves planner"),
    ]


def test_what_is_asked_of_a_language_model_is_a_point_too() -> None:
    assistant = a_component("robot", kind="language model", team="Assistants")
    plan = planned(seen([assistant, PLANNER], linked("robot serves planner")), None)
    assert [each.seam for each in plan.points] == ["requirements", "integration"]


def test_a_point_says_how_its_record_stands_and_whose_duty_it_is() -> None:
    artefacts = [
        promised("data", "arrivals", "model", "good", "DR-1 agreed"),
        promised("data", "arrivals", "model", "broken", "DR-2 overdue"),
        promised("data", "arrivals", "elsewhere", "broken", "DR-3 overdue"),
        promised("requirements", "model", "", "good", "11 of 11 requirements agreed"),
    ]
    duties = [
        owned(DATA, "data-ownership", state="accepted", owner="UDEV"),
        owned(MODEL, "requirements"),
        owned(PLANNER, "integration", state="disputed", claimants=("UANA", "UBEN")),
    ]
    plan = planned(seen(artefacts=artefacts, duties=duties), PLANNER)
    assert [(each.state, each.told, each.owner) for each in plan.points] == [
        ("broken", "DR-2 overdue, 1 more", "Dev Patel"),
        ("nobody", "11 of 11 requirements agreed", ""),
        ("open", "interface not documented", "Ana Ruiz, Ben Okafor"),
    ]


@pytest.mark.parametrize(
    ("state", "expected"), [("unowned", "nobody"), ("proposed", "nobody"), ("accepted", "open"), ("not needed", "open")]
)
def test_a_duty_that_nobody_has_marks_its_point(state: str, expected: str) -> None:
    duty = owned(DATA, "data-ownership", state=state, owner="UDEV" if state == "accepted" else "", proposed_to="UANA")
    assert one(planned(seen(duties=[duty]), None), 1).state == expected


def test_data_that_the_register_does_not_have_stands_with_who_provides_it() -> None:
    tides = promised("data", "", "model", "open", "DR-2 negotiating", named="tide tables", provider="UANA", record="r2")
    fed = promised("data", "robot", "planner", "good", "DR-4 agreed", record="r4")
    plan = planned(seen(artefacts=[tides, fed]), PLANNER)
    outside = next(each for each in plan.teams if each.is_outside)
    assert (outside.name, [each.name for each in outside.parts]) == ("Ana Ruiz", ["tide tables"])
    assert points(plan)[0] == (1, "data", "open", "tide tables feeds model")
    assert "robot feeds planner" in [each.sentence for each in plan.points]
    assert one(plan, 1).owner == "Ana Ruiz"
    assert {"r2", "r4", "model", "0"} <= set(plan.records)


def test_what_is_hidden_joins_nothing_is_not_counted_and_leaves_no_gap() -> None:
    hidden = a_component("secret", visibility="C1", team="Secret team")
    through = [*LINKS, *linked("secret serves planner", "arrivals feeds secret")]
    told = planned(seen(parts=[*ALL, hidden], links=through), PLANNER)
    assert "secret" in str(told)
    assert told.visibilities == {"workspace", "C1"}
    without = planned(seen(links=through), PLANNER)
    assert without == planned(seen(), PLANNER)
    assert [each.number for each in without.points] == [1, 2, 3]
    # It hangs together by what is hidden alone.
    assert [each.parts for each in planned(seen([DATA, PLANNER], through), PLANNER).teams] == [
        planned(seen([PLANNER], []), PLANNER).teams[0].parts
    ]


def test_the_same_said_twice_is_one_point_and_what_both_confirmed_comes_first() -> None:
    twice = [LINKS[0].model_copy(update={"id": "x", "visibility": "C1"}), LINKS[0]]
    proposed = Seen(ALL, [twice[0], twice[1].model_copy(update={"state": "confirmed"})], (), (), NAMES)
    (point,) = planned(proposed, None).points
    assert (point.link, point.is_proposed) == (proposed.links[1], False)
    alone = planned(Seen(ALL, [twice[0]], (), (), NAMES), None)
    assert [each.is_proposed for each in alone.points] == [True]


def test_how_many_duties_of_a_component_have_an_owner_is_told_without_those_that_are_not_needed() -> None:
    duties = [
        owned(MODEL, "latency", state="accepted", owner="UANA"),
        owned(MODEL, "rollback"),
        owned(MODEL, "fairness", state="not needed"),
        owned(DATA, "labelling"),
    ]
    plan = planned(seen(duties=duties), None)
    parts = {part.name: part for team in plan.teams for part in team.parts}
    assert (parts["model"].told, parts["model"].is_unowned) == ("model · 1 of 2 owned", False)
    assert (parts["arrivals"].told, parts["arrivals"].is_unowned) == ("dataset · 0 of 1 owned", True)
    assert (parts["robot"].told, parts["robot"].is_unowned) == ("service", False)


def test_what_has_retired_is_there_only_while_something_uses_it() -> None:
    gone, kept = retired(MODEL), promised("requirements", "model", "", "good", "8 of 8 agreed")
    duty = owned(gone, "requirements", state="accepted", owner="UANA")
    plan = planned(seen(parts=[PLANNER, gone, DATA, ROBOT], artefacts=[kept], duties=[duty]), None)
    # Nothing flows into it any more, and how its requirements stood is nobody's business.
    assert points(plan) == [(1, "integration", "broken", "model serves planner")]
    assert one(plan, 1).told == "retired Fri 2 Jan"
    assert [part.told for team in plan.teams for part in team.parts if part.name == "model"] == [
        "model · retired Fri 2 Jan"
    ]
    plan = planned(seen(parts=[retired(PLANNER), gone, DATA, ROBOT]), None)
    assert [part.name for team in plan.teams for part in team.parts] == ["arrivals", "robot"]


def test_a_point_says_that_its_source_retires_and_is_not_good_any_more() -> None:
    going = MODEL.model_copy(update={"retires_on": "2026-01-02"})
    kept = promised("requirements", "model", "", "good", "8 of 8 agreed")
    plan = planned(seen(parts=[PLANNER, going, DATA, ROBOT], artefacts=[kept]), None)
    point = next(each for each in plan.points if each.seam == "requirements")
    assert (point.state, point.told) == ("open", "8 of 8 agreed, retires Fri 2 Jan")
    one_version = going.model_copy(update={"retires_version": "1.x"})
    plan = planned(seen(parts=[PLANNER, one_version, DATA, ROBOT], artefacts=[kept]), None)
    assert [each.state for each in plan.points if each.seam == "requirements"] == ["good"]


def test_how_components_of_one_team_are_linked_stands_in_its_box_and_is_no_point() -> None:
    plan = planned(seen(), None)
    assert plan.inside == ["model is deployed by robot"]
    assert [(part.name, part.inside) for team in plan.teams for part in team.parts if part.inside] == [
        ("model", ("is deployed by robot",))
    ]
    assert "is deployed by robot" not in str(plan.points)
    served_twice = planned(seen(links=linked("model serves robot")), None)
    assert served_twice.inside == ["model serves robot"]
