"""Where it is unclear who has a duty."""

from datetime import timedelta

import pytest

from handlers.responsibilities.rules import unclear
from storage.responsibilities.responsibilities import Component, Duty
from tests.handlers.responsibilities.making import ACCEPTED, BY_ID, NOW, a_component, a_duty


@pytest.mark.parametrize(
    ("duty", "later", "component", "reason"),
    [
        (a_duty(), 0, a_component(), "no owner"),
        (a_duty(), 0, a_component(launch_on="2026-01-20"), "launch near"),
        (a_duty(duty="fairness"), 0, a_component(launch_on="2026-01-20"), "no owner"),
        (a_duty(), 30, a_component(launch_on="2026-01-20"), "no owner"),
        (a_duty(state="disputed", claimants=("UANA", "UBEN")), 0, a_component(), "two owners"),
        (a_duty(state="proposed", proposed_to="UANA"), 2, a_component(), None),
        (a_duty(state="proposed", proposed_to="UANA"), 3, a_component(), "unanswered"),
        (a_duty(state="proposed", proposed_to="UANA", declined_by=("UANA",)), 0, a_component(), "declined before"),
        (ACCEPTED, 89, a_component(), None),
        (ACCEPTED, 90, a_component(), "not confirmed"),
        (ACCEPTED.model_copy(update={"owner": "UGONE"}), 0, a_component(), "owner left"),
        (a_duty(state="not needed", reason="A prototype"), 400, a_component(), None),
    ],
)
def test_what_is_unclear_has_its_reason(duty: Duty, later: int, component: Component, reason: str | None) -> None:
    found = unclear.unclear(component, [duty], BY_ID, frozenset({"UGONE"}), NOW + timedelta(days=later))
    assert [each.reason for each in found] == ([reason] if reason else [])


def test_a_person_with_too_many_duties_is_found() -> None:
    many = [ACCEPTED.model_copy(update={"duty": str(number)}) for number in range(unclear.MANY + 1)]
    assert unclear.too_many(many) == {"UANA": unclear.MANY + 1}
    assert unclear.too_many(many[1:]) == {}


def test_a_need_and_a_person_asked_who_left_are_reasons_of_their_own() -> None:
    asked = a_duty(state="proposed", proposed_to="UANA", need="two days")
    gone = asked.model_copy(update={"proposed_to": "UGONE"})
    found = unclear.unclear(a_component(), [asked, gone], BY_ID, frozenset({"UGONE"}), NOW)
    assert [each.reason for each in found] == ["needs something", "owner left"]
