"""When a launch comes up, who decides about it, and how it is recorded."""

from datetime import date

import pytest

from handlers.hooks.readiness import Point
from handlers.launches import rules
from handlers.launches.rules import Choice
from storage.launches.launches import Launch
from storage.responsibilities.responsibilities import Component

TODAY = date(2026, 3, 2)


def component(launch_on: str = "2026-03-10") -> Component:
    told = {"id": "c1", "team_id": "T1", "name": "berth model", "kind": "model", "lead": "UANA", "look_up_key": "b"}
    return Component.model_validate({**told, "launch_on": launch_on, "created_by": "UANA", "created_at": "2026-01-01"})


def launch(**changes: object) -> Launch:
    return Launch.model_validate({"team_id": "T1", "component_id": "c1", "launch_on": "2026-03-10", **changes})


@pytest.mark.parametrize(
    ("launch_on", "expected"),
    [("", "none"), ("2026-03-17", "far"), ("2026-03-16", "near"), ("2026-03-02", "near"), ("2026-03-01", "past")],
)
def test_a_launch_is_near_in_the_two_weeks_before(launch_on: str, expected: str) -> None:
    assert rules.when(component(launch_on), TODAY) == expected


@pytest.mark.parametrize(
    ("today", "reviewed", "verdict", "expected"),
    [
        (date(2026, 3, 23), (), "go", ""),
        (date(2026, 3, 24), (), "go", "2"),
        (date(2026, 3, 24), ("2",), "go", ""),
        (date(2026, 3, 24), (), "no-go", ""),
        (date(2026, 4, 21), (), "go", ""),
        (date(2026, 5, 5), ("2",), "", "8"),
        (date(2026, 6, 2), (), "go", ""),
    ],
)
def test_it_is_asked_what_happened_after_two_and_eight_weeks(
    today: date, reviewed: tuple[str, ...], verdict: str, expected: str
) -> None:
    assert rules.to_review(launch(reviewed=reviewed, verdict=verdict), today) == expected


def test_what_is_worst_stands_first_and_only_what_is_met_is_ready() -> None:
    points = [Point("met", "cost"), Point("not set", "safety"), Point("missed", "latency"), Point("missed", "cost")]
    assert rules.by_standing(points) == {"missed": ["latency", "cost"], "not set": ["safety"], "met": ["cost"]}
    assert rules.is_ready([Point("met", "cost")])
    assert not rules.is_ready(points)


def test_the_decision_says_what_was_open_and_comes_back_when_the_risk_ends() -> None:
    choice = Choice("go with risk", "UANA", "Few ships", "UBEN", "2026-04-01")
    new = rules.recorded(component(), choice, {"missed": ["latency"], "met": ["cost"]})
    assert (new.title, new.context) == ("Launch berth model at a risk", "Open then: missed: latency.")
    assert (new.decider, new.informed, new.review_on) == ("UANA", ("UBEN",), "2026-04-01")
    assert rules.recorded(component(), Choice("go", "UANA"), {}).context == "Nothing was open then."
