"""Where it is unclear who has a duty: each reason is a pure rule with a sentence of its own for people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from handlers.agreements.components import launches_soon
from handlers.responsibilities.catalogue import DutyKind
from storage.responsibilities.responsibilities import Component, Duty

_BEFORE_LAUNCH = ("online-testing", "monitoring", "rollback")
#: More accepted duties than this are too many for one person.
MANY = 12
ANSWER_WITHIN = timedelta(days=3)

Reason = Literal[
    "no owner",
    "two owners",
    "unanswered",
    "needs something",
    "owner left",
    "lead left",
    "declined before",
    "not confirmed",
    "launch near",
    "too many",
]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Where it is unclear who has a duty, since when, and the sentence that says so to people."""

    duty: Duty
    reason: Reason
    since: str
    told: str


def unclear(
    component: Component, duties: Sequence[Duty], catalogue: Mapping[str, DutyKind], gone: frozenset[str], now: datetime
) -> list[Unclear]:
    """Return what is unclear about a component's duties, each for its most harmful reason.

    ``gone`` are the people who left, were deactivated, or are guests.
    """
    found = [_unclear(component, duty, catalogue[duty.duty], gone, now) for duty in duties if duty.duty in catalogue]
    return [each for each in found if each is not None]


def _unclear(component: Component, duty: Duty, kind: DutyKind, gone: frozenset[str], now: datetime) -> Unclear | None:
    name, is_near = f"{kind.name} of {component.name}", launches_soon(component, now)
    reason: Reason | None = None
    told, since = "", duty.changed_at
    match duty.state:
        case "accepted" if duty.owner in gone:
            reason, told = "owner left", f"Whoever had {name} is not here any more."
        case "accepted" if _is_stale(duty, kind, now):
            reason, told, since = "not confirmed", f"Nobody has confirmed {name} for a while.", duty.confirmed_at
        case "disputed":
            reason = "two owners"
            told = f"{len(duty.claimants)} people say that {name} is theirs. One of them can press “Not me”."
        case "proposed" if duty.proposed_to in gone:
            reason, told = "owner left", f"Whoever was asked to take {name} is not here any more."
        case "proposed" if duty.need:
            reason, told = "needs something", f"Whoever was asked to take {name} can, but needs: {duty.need}."
        case "proposed" if duty.proposed_to in duty.declined_by:
            reason, told = "declined before", f"Somebody who declined {name} before was asked again."
        case "proposed" if now - datetime.fromisoformat(duty.changed_at) >= ANSWER_WITHIN:
            reason, told = "unanswered", f"The proposal for {name} has no answer yet."
        case "unowned" if is_near and kind.id in _BEFORE_LAUNCH:
            reason = "launch near"
            told = f"{component.name} launches on {component.launch_on}, and nobody has {kind.name}."
        case "unowned":
            reason, told = "no owner", f"Nobody has {name}."
    told = f"{told} Without an owner: {kind.why}"
    return None if reason is None else Unclear(duty, reason, since, told)


def too_many(duties: Sequence[Duty]) -> dict[str, int]:
    """Return who is accountable for too many duties at once, and for how many."""
    counts = Counter(duty.owner for duty in duties if duty.state == "accepted")
    return {person: count for person, count in counts.items() if count > MANY}


def _is_stale(duty: Duty, kind: DutyKind, now: datetime) -> bool:
    last = datetime.fromisoformat(duty.confirmed_at) if duty.confirmed_at else None
    return last is not None and now - last >= timedelta(days=kind.confirm_after_days)
