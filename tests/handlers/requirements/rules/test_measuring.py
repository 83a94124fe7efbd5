"""Who measures what where, when a result is expected, and which didn't come."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from handlers.requirements.rules import measuring, status
from handlers.requirements.rules.measuring import Around, Check
from storage.engine.interface import to_text
from storage.records.offers import Offer
from storage.requirements.requirements import Card, Evaluation, Plan, Requirement
from storage.workspaces.webhooks import Webhook
from tests.handlers.requirements.playing import LATENCY
from tests.handlers.requirements.rules.test_status import card, evaluation
from tests.handlers.responsibilities.making import a_component

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
OWNERS = {"evaluation": "UANA", "online-testing": "UELI", "monitoring": "UBEN"}


def ago(days: float) -> str:
    return to_text(NOW - timedelta(days=days))


def a_plan(*stages: str, **told: object) -> Plan:
    every = "weekly" if "in production" in stages else ""
    return Plan.model_validate({"stages": stages, "every": every, "at": ago(60), **told})


def a_card(plan: Plan | None) -> Card:
    return card(latency=Requirement(said=Offer(parts=LATENCY, by="UANA", at=ago(90)), plan=plan))


def measured(days: float, stage: str = "", value: str = "280 ms") -> Evaluation:
    day = (NOW - timedelta(days=days)).date().isoformat()
    return evaluation(day, latency=value).model_copy(update={"stage": stage, "at": ago(days)})


def hook(**told: object) -> Webhook:
    made = {"id": "h1", "team_id": "T1", "target_kind": "component", "target_id": "c", "sealed": "", "sealed_by": ""}
    return Webhook.model_validate({**made, "made_by": "UANA", "created_at": ago(90), **told})


def checks(
    plan: Plan, *evaluations: Evaluation, launch_on: str = "", hooks: tuple[Webhook, ...] = (), releases: str = ""
) -> list[Check]:
    around = Around(a_component(launch_on=launch_on), OWNERS, hooks, releases=releases.split())
    return measuring.checks(around, a_card(plan), evaluations, NOW)


@pytest.mark.parametrize(
    ("stage", "expected"), [("before release", "UANA"), ("in shadow", "UELI"), ("in production", "UBEN")]
)
def test_where_nobody_is_named_the_owner_of_the_duty_measures_and_else_the_lead(stage: str, expected: str) -> None:
    (check,) = checks(a_plan(stage))
    assert check.measurer == expected
    assert Around(a_component()).measurer(check.plan, check.stage) == "ULEAD"
    assert checks(a_plan(stage, by="UDEV"))[0].measurer == "UDEV"


def test_who_left_or_was_forgotten_measures_no_more() -> None:
    around = Around(a_component(), OWNERS, gone=frozenset(("UDEV",)))
    for gone in ("UDEV", "UFORMERMEMBER1"):
        plan = a_plan("in production", by=gone)
        assert around.measurer(plan, "in production") == "UBEN"
        assert measuring.left_behind(around, a_card(plan)) == {(gone, "UBEN"): ["latency"]}
    both = a_card(a_plan("before release", "in production", by="UDEV"))
    assert list(measuring.left_behind(around, both)) == [("UDEV", "UANA"), ("UDEV", "UBEN")]
    everybody = Around(a_component(), OWNERS, gone=frozenset(("UBEN", "ULEAD")))
    assert everybody.measurer(a_plan("in production"), "in production") == ""
    assert measuring.left_behind(around, a_card(a_plan("in production", by="UELI"))) == {}
    assert measuring.left_behind(around, a_card(a_plan("in production"))) == {}


def test_a_result_counts_where_it_was_measured_and_else_for_the_first_stage() -> None:
    plan = a_plan("before release", "in production")
    before, live = checks(plan, measured(1, "in production"), measured(2))
    assert before.last is not None
    assert live.last is not None
    assert (before.last.stage, live.last.stage) == ("", "in production")
    (alone,) = checks(a_plan("in production"), measured(2))
    assert alone.last is not None


@pytest.mark.parametrize(("every", "in_time", "late"), [("daily", 1, 2), ("weekly", 8, 9), ("monthly", 38, 40)])
def test_a_result_is_overdue_a_quarter_later_than_it_should_come(every: str, in_time: float, late: float) -> None:
    plan = a_plan("in production", every=every)
    assert not checks(plan, measured(in_time, "in production"))[0].is_overdue
    assert checks(plan, measured(late, "in production"))[0].is_overdue


def test_what_was_measured_long_ago_and_entered_today_is_no_new_result() -> None:
    late = measured(20, "in production").model_copy(update={"at": ago(0)})
    assert checks(a_plan("in production"), late)[0].is_overdue


def test_before_the_launch_and_right_after_it_was_planned_nothing_is_overdue() -> None:
    assert checks(a_plan("in production"))[0].is_overdue
    assert not checks(a_plan("in production"), launch_on="2026-03-11")[0].is_overdue
    assert not checks(a_plan("in production"), launch_on="2026-03-09")[0].is_overdue
    assert checks(a_plan("in production"), launch_on="2026-02-09")[0].is_overdue
    assert not checks(a_plan("in production", at=ago(3)))[0].is_overdue


def test_with_each_release_a_result_is_expected_within_a_week_and_a_quarter() -> None:
    plan, states = a_plan("in production", every="each release"), {"version": {"state": "2.0.0", "at": ago(9)}}
    assert not checks(plan)[0].due_at
    released = hook(states=json.dumps(states))
    assert checks(plan, hooks=(released,))[0].is_overdue
    assert checks(plan, measured(20, "in production"), hooks=(released,))[0].is_overdue
    assert not checks(plan, measured(5, "in production"), hooks=(released,))[0].due_at
    assert not checks(plan, hooks=(hook(states=json.dumps({"version": {"state": "2", "at": ago(8)}})),))[0].is_overdue
    assert checks(plan, launch_on="2026-02-20")[0].is_overdue


def test_releases_that_follow_one_another_put_no_result_off() -> None:
    plan = a_plan("in production", every="each release")
    weekly = " ".join(map(ago, (16, 9, 2)))
    (never,) = checks(plan, releases=weekly)
    assert (never.is_overdue, never.due_at) == (True, ago(7.25))
    (before,) = checks(plan, measured(12, "in production"), releases=weekly)
    assert (before.is_overdue, before.due_at) == (True, ago(0.25))
    (since,) = checks(plan, measured(5, "in production"), releases=weekly)
    assert (since.is_overdue, since.due_at) == (False, ago(-6.75))


def test_what_a_late_web_hook_reports_was_told_already() -> None:
    plan = a_plan("in production", webhook="h1")
    late, revoked = (hook(is_late=True),), ()
    assert [checks(plan, hooks=each)[0].is_told for each in (late, (hook(),), revoked)] == [True, False, False]


def test_before_release_and_in_shadow_something_is_missing_only_while_it_never_came() -> None:
    plan = a_plan("before release", "in shadow", "in production")
    found = checks(plan, measured(300, "before release"))
    assert [each.stage for each in measuring.missing(found)] == ["in shadow"]
    assert [each.stage for each in measuring.overdue(found)] == ["in production"]


def test_a_requirement_with_an_amount_and_no_plan_is_unplanned() -> None:
    assert measuring.unplanned(a_card(None)) == ["latency"]
    assert measuring.unplanned(a_card(a_plan("in shadow"))) == measuring.unplanned(None) == []
    waived = Offer(stance="not needed", reason="none", at=ago(1))
    card_ = card(latency=Requirement(said=waived, plan=a_plan("in shadow")), cost=Requirement(said=waived))
    assert (measuring.unplanned(card_), measuring.planned(card_)) == ([], {})


def test_what_is_missed_in_production_is_missed_until_it_is_met_there() -> None:
    said = a_card(None).requirements["latency"]
    live, later = measured(2, "in production", "420 ms"), measured(1, "before release")
    found = status.judged("latency", said, [later, live])
    assert found is not None
    assert (found.verdict, found.evaluation) == ("missed", live)
    found = status.judged("latency", said, [measured(0, "in production"), later, live])
    assert found is not None
    assert found.verdict == "met"
