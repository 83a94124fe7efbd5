"""Who carries too much and who always gives way: counted from duties and quarrels, and told to few."""

from dataclasses import replace

import pytest

from handlers.hooks.quarrels import Quarrel
from handlers.responsibilities.rules.load import Load, loads, quarrels, told_to
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.responsibilities.responsibilities import Duty, DutyEntry
from tests.handlers.responsibilities.making import ACCEPTED, BY_ID, a_component, a_duty

QUARREL = a_duty(state="disputed", claimants=("UANA", "UBEN"))


def steps(*listed: tuple[str, str, Duty]) -> list[tuple[DutyEntry, Duty]]:
    return [
        (DutyEntry(at=f"2026-01-0{day}T09:00:00+00:00", by=by, what=what), then)
        for day, (what, by, then) in enumerate(listed, start=1)
    ]


def test_who_steps_back_in_a_quarrel_gives_way_and_who_stays_does_not() -> None:
    found = quarrels(
        steps(
            ("claim", "UBEN", a_duty(state="accepted", owner="UBEN")),
            ("dispute", "UANA", QUARREL),
            ("decline", "UANA", a_duty(state="accepted", owner="UBEN")),
            ("dispute", "UANA", QUARREL),
            ("decline", "UBEN", ACCEPTED),
            ("decline", "UANA", a_duty()),
        ),
        "",
    )
    both = frozenset({"UANA", "UBEN"})
    assert list(found) == [Quarrel(both, frozenset({"UANA"})), Quarrel(both, frozenset({"UBEN"}))]


def test_a_quarrel_that_ended_long_ago_or_goes_on_does_not_count() -> None:
    told = steps(("dispute", "UANA", QUARREL), ("decline", "UANA", ACCEPTED), ("dispute", "UBEN", QUARREL))
    assert list(quarrels(told, "2026-01-03")) == []
    assert len(list(quarrels(told, "2026-01-01"))) == 1


def test_of_three_who_claim_a_duty_two_may_give_way() -> None:
    three = QUARREL.model_copy(update={"claimants": ("UANA", "UBEN", "UDEV")})
    told = steps(("dispute", "UDEV", three), ("decline", "UDEV", QUARREL), ("decline", "UANA", ACCEPTED))
    (found,) = quarrels(told, "")
    assert found.gave_way == {"UDEV", "UANA"}


def test_a_person_s_load_is_what_they_own_and_where_they_stepped_back() -> None:
    about = ComponentDuty(a_component(), BY_ID["monitoring"], ACCEPTED)
    led_by_ana = ComponentDuty(a_component("berth model", lead="UANA"), BY_ID["monitoring"], ACCEPTED)
    past = {about.value: [Quarrel(frozenset({"UANA", "UBEN"}), frozenset({"UBEN"}))]}
    found = loads([about, led_by_ana], past)
    assert found["UANA"] == Load(2, 1, 0, frozenset({"ULEAD"}))
    assert found["UBEN"] == Load(0, 1, 1, frozenset({"ULEAD"}))


def test_quarrels_over_other_things_count_with_those_over_duties_for_who_leads_them() -> None:
    both = frozenset({"UANA", "UBEN"})
    about = ComponentDuty(a_component(), BY_ID["monitoring"], ACCEPTED)
    others = [(Quarrel(both, frozenset({"UBEN"})), "UANA"), (Quarrel(both, frozenset()), "")]
    found = loads([about], {about.value: [Quarrel(both, frozenset({"UBEN"}))]}, others)
    assert found["UBEN"] == Load(0, 3, 2, frozenset({"ULEAD", "UANA"}))
    assert found["UANA"] == Load(1, 3, 0, frozenset({"ULEAD"}))


def test_a_lead_who_left_leads_nobody_s_work() -> None:
    about = ComponentDuty(a_component(), BY_ID["monitoring"], ACCEPTED, frozenset({"ULEAD"}))
    assert loads([about], {})["UANA"].leads == frozenset()


@pytest.mark.parametrize(
    "load", [Load(13, leads=frozenset({"ULEAD"})), Load(1, 3, 3, frozenset({"ULEAD"}))], ids=["heavy", "gives way"]
)
def test_a_lead_is_told_of_who_has_too_much_or_always_steps_back(load: Load) -> None:
    assert told_to({"UANA": load}, "ULEAD", is_admin=False) == {"UANA": load}
    assert told_to({"UANA": load}, "UANA", is_admin=True) == {}
    assert told_to({"UANA": load}, "UBEN", is_admin=False) == {}
    assert told_to({"UANA": load}, "UBEN", is_admin=True) == {}


@pytest.mark.parametrize("load", [Load(12), Load(1, 3, 2), Load(1, 2, 2)])
def test_nobody_is_told_of_who_carries_no_more_than_others(load: Load) -> None:
    assert told_to({"UANA": replace(load, leads=frozenset({"ULEAD"}))}, "ULEAD", is_admin=False) == {}


def test_an_admin_is_told_where_nobody_else_leads_the_work() -> None:
    alone = {"UANA": Load(13)}
    assert told_to(alone, "UCHLOE", is_admin=True) == alone
    assert told_to(alone, "UCHLOE", is_admin=False) == {}
