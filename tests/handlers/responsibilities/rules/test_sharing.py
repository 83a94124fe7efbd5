"""Who of a side is asked: whoever has the fewest duties, and never who declined, or is gone."""

from handlers.responsibilities.rules.sharing import has_already, shared
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.responsibilities.responsibilities import Component
from tests.handlers.responsibilities.making import BY_ID, a_component, a_duty

SIDES = a_component(model_side=("UANA", "UBEN"), product_side=("UDEV",))


def gap(name: str, component: Component = SIDES, gone: frozenset[str] = frozenset(), **more: object) -> ComponentDuty:
    return ComponentDuty(component, BY_ID[name], a_duty(duty=name, **more), gone)


def people(*gaps: ComponentDuty, **has: int) -> list[str]:
    planned = shared(gaps, has)
    return [planned.get(each.value, "") for each in gaps]


def test_people_of_a_side_get_as_many_each() -> None:
    assert people(gap("labelling"), gap("evaluation"), gap("retraining")) == ["UANA", "UBEN", "UANA"]


def test_whoever_has_fewer_already_gets_more() -> None:
    assert people(gap("labelling"), gap("evaluation"), gap("retraining"), UANA=2) == ["UBEN", "UBEN", "UANA"]


def test_who_declined_or_is_gone_is_not_asked_and_a_side_without_people_stays_open() -> None:
    assert people(gap("labelling", declined_by=("UANA",))) == ["UBEN"]
    assert people(gap("labelling", gone=frozenset({"UANA", "UBEN"}))) == [""]
    assert people(gap("rollback")) == [""]


def test_what_somebody_owns_or_is_asked_about_counts() -> None:
    owned, asked = a_duty(state="accepted", owner="UANA"), a_duty(state="proposed", proposed_to="UBEN")
    assert has_already([owned, asked, asked, a_duty()]) == {"UANA": 1, "UBEN": 2}
