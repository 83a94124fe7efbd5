"""The titles of decisions that are written down of a step with a component."""

import pytest

from handlers.agreements.recorded import Form, names_it, title

NAME = "R&D (v1.0) model"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("{what} is not needed for {name}", f"latency is not needed for {NAME}"),
        ("Not needed for {name}: {what}", f"Not needed for {NAME}: latency"),
        ("{name}: {what} instead of {old}", f"{NAME}: latency instead of parallel"),
        ("Launch {name}", f"Launch {NAME}"),
        ("Launch {name} at a risk", f"Launch {NAME} at a risk"),
        ("Don't launch {name} yet", f"Don't launch {NAME} yet"),
    ],
)
def test_each_is_found_by_the_name_in_it_and_by_no_other(form: Form, expected: str) -> None:
    told = title(form, NAME, "latency", "parallel")
    assert told == expected
    assert names_it(told, NAME)
    assert not names_it(told, "R&D model")


@pytest.mark.parametrize("told", [f"Keep {NAME}", f"Launch {NAME} in May", f"We launch {NAME}", NAME])
def test_what_people_call_their_own_decisions_is_none_of_these(told: str) -> None:
    assert not names_it(told, NAME)
