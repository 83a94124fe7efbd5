"""Which way a component came about, and what has to be settled early because of it. Pure.

A product that grows around a model finds out late who will use it, and how; a model that is added to a product is asked
for what the data cannot give; who builds both at once builds past each other between the points where they meet.
Source: Nahar et al., Collaboration Challenges in Building ML-Enabled Systems, ICSE 2022.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from handlers.responsibilities.rules.standing import ComponentDuty
from storage.decisions.decisions import NewDecision
from storage.responsibilities.responsibilities import Component, SetUp

#: What is settled early is asked for so soon after a component was added.
SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Early:
    """The duties that come first, as the catalogue calls them, and why."""

    duties: tuple[str, ...]
    why: str


EARLY: Mapping[SetUp, Early] = {
    "model first": Early(
        ("usability", "requirements", "feedback"),
        "Model first: who uses it, and how, comes up late. Settle that first.",
    ),
    "product first": Early(
        ("data-ownership", "data-monitoring", "adequacy", "evaluation"),
        "Product first: check early what the data and a model can give.",
    ),
    "parallel": Early(
        ("interface", "integration", "system-testing"),
        "Both at once: agree on the interface and when both sides meet.",
    ),
}

_NAMED: Mapping[SetUp, str] = {
    "model first": "model first",
    "product first": "product first",
    "parallel": "model and product at once",
}


def why_early(component: Component) -> str:
    """Return what has to be settled early, and why, in a sentence or two."""
    return EARLY[component.set_up].why


def is_early(about: ComponentDuty) -> bool:
    return about.kind.id in EARLY[about.component.set_up].duties


def comes_first(about: ComponentDuty) -> bool:
    """Tell whether a duty is asked for before others; where both sides begin at once, none waits for another."""
    return about.component.set_up != "parallel" and is_early(about)


def changed(old: Component, new: Component, by: str) -> NewDecision | None:
    """Return the decision that another way was chosen; None where it is the same."""
    if old.set_up == new.set_up:
        return None
    return NewDecision(
        visibility=new.visibility,
        title=f"{new.name}: {_NAMED[new.set_up]} instead of {_NAMED[old.set_up]}"[:200],
        context=why_early(new),
        decider=by,
        component_id=new.id,
    )
