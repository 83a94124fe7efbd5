"""Whether a component is ready for its launch, who may say so, and when it is asked what happened. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from handlers.agreements.recorded import Form, title
from handlers.checks.dates import day_in
from handlers.checks.outcomes import NotAllowed
from handlers.hooks.readiness import STANDINGS, Point, Standing
from storage.decisions.decisions import NewDecision
from storage.launches.launches import Launch, Verdict
from storage.responsibilities.responsibilities import Component

#: So long before its day the launch page comes up, and so long after it is asked what happened.
OPENS = timedelta(days=14)
REVIEWS: Mapping[str, timedelta] = {"2": timedelta(weeks=2), "8": timedelta(weeks=8)}
_ASKED_FOR = timedelta(weeks=4)
_TITLES: Mapping[Verdict, Form] = {
    "go": "Launch {name}",
    "go with risk": "Launch {name} at a risk",
    "no-go": "Don't launch {name} yet",
}
When = Literal["none", "far", "near", "past"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is decided of a launch: why, and of a risk who has it, and until which day (ISO).

    ``read`` names the launch as it stood on the page on which they decide.
    """

    verdict: Verdict
    by: str
    why: str = ""
    owner: str = ""
    until: str = ""
    read: str = ""


def as_read(launch: Launch) -> str:
    """Return what names a launch as it stands: its day, and what was decided of it last."""
    return f"{launch.launch_on}:{launch.decision_id}"


def decision_of(component_id: str) -> str:
    """Return by what a message that asks whether a component launches is found again, which its button carries."""
    return f"{component_id}:launch"


def review_of(component_id: str, weeks: str) -> str:
    """Return the same of a message that asks what happened after a launch."""
    return f"{component_id}:{weeks}"


def by_standing(points: Iterable[Point]) -> dict[Standing, list[str]]:
    """Return what was looked at by how it stands, the worst first."""
    found: dict[Standing, list[str]] = {}
    for each in points:
        found.setdefault(each.standing, []).append(each.told)
    return {each: found[each] for each in STANDINGS if each in found}


def is_ready(points: Iterable[Point]) -> bool:
    return all(each.standing == "met" for each in points)


def when(component: Component, today: date) -> When:
    launch = day_in(component.launch_on)
    if launch is None:
        return "none"
    return "past" if launch < today else "near" if launch - OPENS <= today else "far"


def to_review(launch: Launch, today: date) -> str:
    """Return after how many weeks it is to be said now what happened; empty where nothing is."""
    due = [
        each
        for each in REVIEWS
        if may_be_told(launch, each, today) and not may_be_told(launch, each, today - _ASKED_FOR)
    ]
    return next((each for each in due if each not in launch.reviewed), "")


def may_be_told(launch: Launch, weeks: str, today: date) -> bool:
    """Tell whether a launch is so many weeks ago that it can be said what happened."""
    began = day_in(launch.launch_on)
    return began is not None and launch.verdict != "no-go" and began + REVIEWS[weeks] <= today


def why_not(component: Component, user_id: str, lead: str, *, is_admin: bool) -> NotAllowed | None:
    """Say why somebody does not decide about a launch; ``lead`` is how its lead is called."""
    if is_admin or user_id == component.lead:
        return None
    told = f"Only {lead or 'its lead'} or an admin can decide that."
    return NotAllowed(told, kind="launch", id=component.id, visibility=component.visibility)


def recorded(component: Component, choice: Choice, standing: Mapping[Standing, Sequence[str]]) -> NewDecision:
    """Return the decision that records it: a risk comes back on the day on which it ends."""
    open_ = "; ".join(f"{name}: {', '.join(told)}" for name, told in standing.items() if name != "met")
    return NewDecision(
        visibility=component.visibility,
        title=title(_TITLES[choice.verdict], component.name),
        why=choice.why,
        context=f"Open then: {open_}." if open_ else "Nothing was open then.",
        decider=choice.by,
        component_id=component.id,
        informed=tuple(each for each in (choice.owner,) if each and each != choice.by),
        review_on=choice.until,
    )
