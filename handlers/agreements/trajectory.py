"""Which way a component came about, and what has to be settled early because of it. Pure.

A product that grows around a model finds out late who will use it, and how; a model that is added to a product is asked
for what the data cannot give; who builds both at once builds past each other between the points where they meet.
Source: Nahar et al., Collaboration Challenges in Building ML-Enabled Systems, ICSE 2022.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from storage.requirements.requirements import Aspect
from storage.responsibilities.responsibilities import Component, SetUp

#: What is settled early is asked for so soon after a component was added.
SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Early:
    """The duties that come first, as the catalogue calls them, the aspects of a card that do, and why."""

    duties: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    why: str


EARLY: Mapping[SetUp, Early] = {
    "model first": Early(
        ("usability", "requirements", "feedback"),
        ("usability", "purpose", "context", "affected"),
        "Model first: who uses it, and how, comes up late. Settle that first.",
    ),
    "product first": Early(
        ("data-ownership", "data-monitoring", "adequacy", "evaluation"),
        ("adequacy", "groundedness", "evaluation", "inputs", "weaknesses"),
        "Product first: check early what the data and a model can give.",
    ),
    "parallel": Early(
        ("interface", "integration", "system-testing"),
        ("inputs", "outputs", "versioning", "unsure", "away"),
        "Both at once: agree on the interface and when both sides meet.",
    ),
}


def why_early(component: Component) -> str:
    """Return what has to be settled early, and why, in a sentence or two."""
    return EARLY[component.set_up].why


def has_an_order(component: Component) -> bool:
    """Tell whether some things are asked for before others; where both sides begin at once, none waits for another."""
    return component.set_up != "parallel"
