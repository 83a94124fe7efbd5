"""What the register knows: whose a duty can become, and where it is unclear whose it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from handlers.responsibilities.catalogue import DutyKind
from storage.database import to_text
from storage.responsibilities import Component, Duty, DutyEvent

Act = Literal["propose", "claim", "accept", "decline", "suggest", "need", "not needed", "confirm", "give back"]

#: How near a launch is when what is unowned must be settled before it.
LAUNCH_NEAR = timedelta(days=28)
_BEFORE_LAUNCH = ("online-testing", "monitoring", "rollback")
#: More accepted duties than this are too many for one person.
MANY = 12
_ANSWER_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something cannot be done with a duty, for who tried."""

    told: str


@dataclass(frozen=True, slots=True)
class Done:
    """A duty as it is now, and the step that made it so."""

    duty: Duty
    event: DutyEvent


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does with a duty: ``person`` is whom it is about, ``note`` the reason or the need."""

    act: Act
    by: str
    person: str = ""
    note: str = ""


def duties_for(component: Component, catalogue: Sequence[DutyKind]) -> list[Duty]:
    """Return the duties of a new component, all without an owner."""
    return [
        Duty(team_id=component.team_id, component_id=component.id, duty=kind.id, changed_at=component.created_at)
        for kind in catalogue
        if component.kind in kind.kinds
    ]


def step(duty: Duty, taken: Step, now: datetime) -> Done | Refused:
    """Do something with a duty. Ownership is a proposal, never a verdict: only the person asked makes it theirs."""
    change = _STEPS[taken.act](duty, taken, to_text(now))
    if isinstance(change, Refused):
        return change
    event = DutyEvent(
        component_id=duty.component_id, duty=duty.duty, at=to_text(now), by=taken.by, what=taken.act,
        person=taken.person, note=taken.note,
    )  # fmt: skip
    return Done(duty.model_copy(update=change), event)


Changes = dict[str, object]


def _propose(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    """Ask somebody to take a duty; one that somebody has, or claims, is not taken away by asking another."""
    if duty.state == "accepted" and duty.owner == taken.person:
        return Refused("They have this duty already.")
    if duty.state == "accepted" and taken.by == duty.owner:
        return _suggest(duty, taken, at)
    if duty.state == "accepted":
        return Refused("Somebody has this duty. Ask them to hand it over.")
    if duty.state == "disputed":
        return Refused("Several people say that this duty is theirs. That is to be settled first.")
    return _proposed(taken)


def _proposed(taken: Step) -> Changes:
    return {"state": "proposed", "owner": "", "proposed_to": taken.person, "proposed_by": taken.by, "reason": ""}


def _claim(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    """Say that a duty is one's own; where somebody else says so too, it is disputed, and nobody is overruled."""
    others = [each for each in (duty.owner, *duty.claimants) if each and each != taken.by]
    if not others:
        return _accepted(taken.by, at)
    if duty.state == "disputed" and taken.by in duty.claimants:
        return Refused("You have said so already; it is not settled yet whose it is.")
    claimants = tuple(dict.fromkeys([*others, taken.by]))
    return {"state": "disputed", "owner": "", "claimants": claimants, "proposed_to": "", "proposed_by": ""}


def _accept(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    if duty.state != "proposed" or duty.proposed_to != taken.by:
        return Refused("This duty is not proposed to you any more.")
    return _accepted(taken.by, at)


def _accepted(owner: str, at: str) -> Changes:
    settled = {"claimants": (), "proposed_to": "", "proposed_by": "", "reason": "", "need": ""}
    return {"state": "accepted", "owner": owner, "since": at, "confirmed_at": at, **settled}


def _decline(duty: Duty, taken: Step, _at: str) -> Changes | Refused:
    """Free a person at once, whether they were asked, had it, or claimed it."""
    if taken.by not in (duty.proposed_to, duty.owner, *duty.claimants):
        return Refused("This duty is neither yours nor proposed to you.")
    declined = tuple(dict.fromkeys([*duty.declined_by, taken.by]))
    left = tuple(each for each in duty.claimants if each != taken.by)
    freed: Changes = {"proposed_to": "", "proposed_by": "", "declined_by": declined, "need": ""}
    if duty.state == "disputed" and len(left) == 1:
        return {**freed, "state": "accepted", "owner": left[0], "claimants": (), "since": _at, "confirmed_at": _at}
    if duty.state == "disputed":
        return {**freed, "claimants": left}
    return {**freed, "state": "unowned", "owner": "", "since": "", "confirmed_at": ""}


def _suggest(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    """Step back, and propose somebody else where that leaves the duty without an owner."""
    if taken.person == taken.by:
        return Refused("To take it yourself, press “I own this”.")
    if taken.by not in (duty.proposed_to, duty.owner, *duty.claimants):
        return _propose(duty, taken, at)
    freed = _decline(duty, taken, at)
    if isinstance(freed, Refused) or freed.get("state") != "unowned":
        return freed
    return {**freed, **_proposed(taken), "since": "", "confirmed_at": ""}


def _need(duty: Duty, taken: Step, _at: str) -> Changes | Refused:
    if taken.by not in (duty.proposed_to, duty.owner):
        return Refused("This duty is neither yours nor proposed to you.")
    if not taken.note:
        return Refused("Say what you need.")
    return {"need": taken.note}


def _not_needed(_duty: Duty, taken: Step, _at: str) -> Changes | Refused:
    if not taken.note:
        return Refused("Say why it is not needed.")
    cleared = {"owner": "", "claimants": (), "proposed_to": "", "proposed_by": "", "need": "", "since": ""}
    return {"state": "not needed", "reason": taken.note, "confirmed_at": "", **cleared}


def _confirm(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    if duty.state != "accepted" or duty.owner != taken.by:
        return Refused("Only who has this duty can confirm it.")
    return {"confirmed_at": at}


def _give_back(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    return _decline(duty, taken, at)


_STEPS: Mapping[Act, Callable[[Duty, Step, str], Changes | Refused]] = {
    "propose": _propose,
    "claim": _claim,
    "accept": _accept,
    "decline": _decline,
    "suggest": _suggest,
    "need": _need,
    "not needed": _not_needed,
    "confirm": _confirm,
    "give back": _give_back,
}


Reason = Literal[
    "no owner", "two owners", "unanswered", "owner left", "declined before", "not confirmed", "launch near", "too many"
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
    name, launch = f"{kind.name} of {component.name}", _launch(component)
    is_near = launch is not None and now.date() <= launch <= (now + LAUNCH_NEAR).date()
    reason: Reason | None = None
    told, since = "", duty.changed_at
    match duty.state:
        case "accepted" if duty.owner in gone:
            reason, told = "owner left", f"Whoever had {name} is not here any more."
        case "accepted" if _is_stale(duty, kind, now):
            reason, told, since = "not confirmed", f"Nobody has confirmed {name} for a while.", duty.confirmed_at
        case "disputed":
            reason, told = "two owners", f"{len(duty.claimants)} people say that {name} is theirs."
        case "proposed" if duty.proposed_to in duty.declined_by:
            reason, told = "declined before", f"{name.capitalize()} was proposed to somebody who declined it before."
        case "proposed" if now - datetime.fromisoformat(duty.changed_at) >= _ANSWER_WITHIN:
            reason, told = "unanswered", f"The proposal for {name} has no answer yet."
        case "unowned" if is_near and kind.id in _BEFORE_LAUNCH:
            reason, told = (
                "launch near",
                f"{component.name} launches on {component.launch_on}, and nobody has {kind.name}.",
            )
        case "unowned":
            reason, told = "no owner", f"Nobody has {name}. {kind.why}"
    return None if reason is None else Unclear(duty, reason, since, told)


def too_many(duties: Sequence[Duty]) -> dict[str, int]:
    """Return who is accountable for too many duties at once, and for how many."""
    counts: dict[str, int] = {}
    for duty in duties:
        if duty.state == "accepted":
            counts[duty.owner] = counts.get(duty.owner, 0) + 1
    return {person: count for person, count in counts.items() if count > MANY}


def _is_stale(duty: Duty, kind: DutyKind, now: datetime) -> bool:
    last = datetime.fromisoformat(duty.confirmed_at) if duty.confirmed_at else None
    return last is not None and now - last >= timedelta(days=kind.confirm_after_days)


def _launch(component: Component) -> date | None:
    return date.fromisoformat(component.launch_on) if component.launch_on else None
