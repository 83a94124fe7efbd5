"""Where it is unclear who has a duty: each reason is a pure rule."""

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
    "team left",
    "declined before",
    "not confirmed",
    "launch near",
    "too many",
]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Where it is unclear who has a duty, and since when."""

    duty: Duty
    reason: Reason
    since: str


def unclear(
    component: Component, duties: Sequence[Duty], catalogue: Mapping[str, DutyKind], gone: frozenset[str], now: datetime
) -> list[Unclear]:
    """Return what is unclear about a component's duties, each for its most harmful reason.

    ``gone`` are the people who left, were deactivated, or are guests.
    """
    found = [
        (each, _reason(component, each, catalogue[each.duty], gone, now)) for each in duties if each.duty in catalogue
    ]
    return [Unclear(each, reason, _since(each, reason)) for each, reason in found if reason is not None]


def _reason(component: Component, duty: Duty, kind: DutyKind, gone: frozenset[str], now: datetime) -> Reason | None:
    reason: Reason | None = None
    match duty.state:
        case "accepted" | "proposed" if duty.owner in gone or duty.proposed_to in gone:
            reason = "owner left"
        case "accepted" if _is_stale(duty, kind, now):
            reason = "not confirmed"
        case "disputed":
            reason = "two owners"
        case "proposed" if duty.need:
            reason = "needs something"
        case "proposed" if duty.proposed_to in duty.declined_by:
            reason = "declined before"
        case "proposed" if now - datetime.fromisoformat(duty.changed_at) >= ANSWER_WITHIN:
            reason = "unanswered"
        case "unowned":
            is_near = launches_soon(component, now) and kind.id in _BEFORE_LAUNCH
            reason = "launch near" if is_near else "no owner"
    return reason


def _since(duty: Duty, reason: Reason) -> str:
    return duty.confirmed_at if reason == "not confirmed" else duty.changed_at


def too_many(duties: Sequence[Duty]) -> dict[str, int]:
    """Return who is accountable for too many duties at once, and for how many."""
    counts = Counter(duty.owner for duty in duties if duty.state == "accepted")
    return {person: count for person, count in counts.items() if count > MANY}


def _is_stale(duty: Duty, kind: DutyKind, now: datetime) -> bool:
    last = datetime.fromisoformat(duty.confirmed_at) if duty.confirmed_at else None
    return last is not None and now - last >= timedelta(days=kind.confirm_after_days)
