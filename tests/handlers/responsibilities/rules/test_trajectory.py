"""Which way a component came about decides what is settled early."""

import pytest

from handlers.agreements.trajectory import EARLY
from handlers.responsibilities.rules import trajectory
from handlers.responsibilities.rules.standing import ComponentDuty
from tests.handlers.responsibilities.making import BY_ID, a_component, a_duty


def about(set_up: str, duty: str) -> ComponentDuty:
    return ComponentDuty(a_component(set_up=set_up), BY_ID[duty], a_duty(duty=duty))


@pytest.mark.parametrize(
    ("set_up", "duty", "expected"),
    [
        ("model first", "usability", True),
        ("model first", "evaluation", False),
        ("product first", "evaluation", True),
        ("product first", "usability", False),
        ("parallel", "interface", False),
    ],
)
def test_who_uses_it_comes_first_for_a_model_and_what_is_possible_for_a_product(
    set_up: str, duty: str, *, expected: bool
) -> None:
    assert trajectory.comes_first(about(set_up, duty)) is expected


def test_where_both_begin_at_once_the_points_where_they_meet_are_named() -> None:
    assert trajectory.is_early(about("parallel", "interface"))
    assert not trajectory.comes_first(about("parallel", "interface"))


def test_every_duty_that_comes_first_is_in_the_catalogue() -> None:
    early = {duty for each in EARLY.values() for duty in each.duties}
    assert early <= set(BY_ID)


def test_another_way_is_a_decision_and_the_same_is_none() -> None:
    old, new = a_component(), a_component(set_up="product first")
    decided = trajectory.changed(old, new, "UANA")
    assert decided is not None
    assert decided.title == "churn model: product first instead of model and product at once"
    assert (decided.decider, decided.component_id) == ("UANA", "churn model")
    assert trajectory.changed(old, a_component(lead="UBEN"), "UANA") is None
