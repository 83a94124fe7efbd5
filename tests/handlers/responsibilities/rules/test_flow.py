"""What belongs to one system, and in which order its parts come, also where links go round."""

import pytest

from handlers.responsibilities.rules.flow import in_order, in_system
from storage.responsibilities.links import Link

ENDS = {"team_id": "T1", "created_at": "", "changed_at": ""}


def linked(*told: str) -> list[Link]:
    """Return links from texts such as "data feeds model"."""
    found = []
    for number, each in enumerate(told):
        source, *kind, target = each.split()
        named = {"id": str(number), "source_id": source, "kind": " ".join(kind), "target_id": target}
        found.append(Link.model_validate({**ENDS, **named}))
    return found


LINKS = linked(
    "arrivals feeds model",
    "model serves planner",
    "form part of planner",
    "model deployed by robot",
    "other deployed by robot",
    "arrivals feeds other",
    "other serves elsewhere",
)


@pytest.mark.parametrize(
    ("start", "belongs"),
    [
        ("planner", "arrivals form model planner robot"),
        ("model", "arrivals model planner robot"),
        ("arrivals", "arrivals elsewhere model other planner robot"),
        ("robot", "model other robot"),
        ("alone", "alone"),
    ],
)
def test_a_system_is_what_goes_into_it_what_it_goes_into_and_who_deploys_that(start: str, belongs: str) -> None:
    assert sorted(in_system(start, LINKS)) == belongs.split()


def test_what_goes_round_in_a_circle_belongs_to_one_system() -> None:
    assert in_system("a", linked("a feeds b", "b feeds a")) == {"a", "b"}


def test_what_comes_before_stands_before() -> None:
    order = in_order(["planner", "model", "data"], [("data", "model"), ("model", "planner"), ("gone", "data")])
    assert sorted(order, key=order.__getitem__) == ["data", "model", "planner"]


def test_a_circle_is_begun_where_it_comes_first_and_each_stands_once() -> None:
    order = in_order(["a", "b", "c", "d"], [("a", "b"), ("b", "a"), ("b", "c"), ("c", "c"), ("b", "c"), ("d", "c")])
    assert sorted(order, key=order.__getitem__) == ["d", "a", "b", "c"]
