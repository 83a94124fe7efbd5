"""What the register knows: whose a duty can become, step by step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handlers.checks.outcomes import NotAllowed, Refused
from handlers.responsibilities.catalogue import DutyKind
from storage.engine.interface import to_text
from storage.responsibilities.responsibilities import Component, Duty, DutyEntry

Act = Literal["propose", "claim", "dispute", "decline", "suggest", "need", "not needed", "confirm", "help"]


@dataclass(frozen=True, slots=True)
class Done:
    """A duty as it is now, and the step that made it so."""

    duty: Duty
    entry: DutyEntry


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does with a duty: ``person`` is whom it is about, ``note`` the reason or the need.

    For ``help``, ``person`` is the backup and ``people`` are the helpers. ``team`` is the id of the team for which it
    is taken, empty for none; None where nothing is said of that.
    """

    act: Act
    by: str
    person: str = ""
    note: str = ""
    people: tuple[str, ...] = ()
    team: str | None = None


def duties_for(component: Component, catalogue: Sequence[DutyKind]) -> list[Duty]:
    """Return the duties of a new component, all without an owner."""
    return [
        Duty(team_id=component.team_id, component_id=component.id, duty=kind.id, changed_at=component.created_at)
        for kind in catalogue
        if component.kind in kind.kinds
    ]


def present(duty: Duty, gone: frozenset[str]) -> Duty:
    """Return a duty as it stands without the people who left: nobody can be asked to settle it with them."""
    if duty.owner in gone or duty.proposed_to in gone:
        freed: Changes = {"state": "unowned", "owner": "", "proposed_to": "", "proposed_by": "", "need": ""}
        return duty.model_copy(update={**freed, "since": "", "confirmed_at": ""})
    left = tuple(each for each in duty.claimants if each not in gone)
    if duty.state != "disputed" or left == duty.claimants:
        return duty
    if len(left) > 1:
        return duty.model_copy(update={"claimants": left})
    if not left:
        return duty.model_copy(update={"state": "unowned", "claimants": ()})
    return duty.model_copy(update=_accepted(left[0], duty.changed_at))


def step(duty: Duty, taken: Step, now: datetime) -> Done | Refused:
    """Do something with a duty. Ownership is a proposal, never a verdict: only the person asked makes it theirs."""
    change = _STEPS[taken.act](duty, taken, to_text(now))
    if isinstance(change, Refused):
        return change
    entry = DutyEntry(at=to_text(now), by=taken.by, what=taken.act, person=taken.person, note=taken.note)
    return Done(duty.model_copy(update=change), entry)


def is_late(duty: Duty, taken: Step) -> bool:
    """Tell whether somebody else took a duty on before, which who takes it did not see: no quarrel is meant."""
    others = {duty.owner, *duty.claimants} - {"", taken.by}
    return taken.act == "claim" and bool(others) and taken.by not in duty.claimants


Changes = dict[str, object]


def _not_theirs(told: str, duty: Duty) -> NotAllowed:
    """Say why; who sees the duty is known to its component."""
    return NotAllowed(told, kind="duty", id=duty.component_id)


def _propose(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    """Ask somebody to take a duty; one that somebody has, or claims, is not taken away by asking another."""
    if duty.state == "accepted" and duty.owner == taken.person:
        return Refused("They own this duty already.")
    if duty.state == "accepted" and taken.by == duty.owner:
        return _suggest(duty, taken, at)
    if duty.state == "accepted":
        return Refused("This duty has an owner. Ask them to hand it over.")
    if duty.state == "disputed":
        return Refused("Two people say they own this duty. They have to agree first.")
    return _proposed(taken)


def _proposed(taken: Step) -> Changes:
    asked = {"proposed_to": taken.person, "proposed_by": taken.by}
    return {"state": "proposed", "owner": "", "reason": "", "need": "", **asked}


def _claim(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    """Say that a duty is one's own; where somebody else says so too, it is disputed, and nobody is overruled."""
    if duty.state == "accepted" and duty.owner == taken.by:
        return Refused("You own this duty already.")
    others = [each for each in (duty.owner, *duty.claimants) if each and each != taken.by]
    if not others:
        return _accepted(taken.by, at)
    if duty.state == "disputed" and taken.by in duty.claimants:
        return Refused("You've already said so, and it isn't decided yet.")
    claimants = tuple(dict.fromkeys([*others, taken.by]))
    return {"state": "disputed", "owner": "", "claimants": claimants, "proposed_to": "", "proposed_by": ""}


def _accepted(owner: str, at: str) -> Changes:
    settled: Changes = {"claimants": (), "proposed_to": "", "proposed_by": "", "reason": "", "need": ""}
    return {"state": "accepted", "owner": owner, "since": at, "confirmed_at": at, **settled}


def _decline(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    """Free a person at once, whether they were asked, had it, claimed it, or might be asked next."""
    declined = tuple(dict.fromkeys([*duty.declined_by, taken.by]))
    if duty.state == "unowned":
        return {"declined_by": declined}
    if taken.by not in (duty.proposed_to, duty.owner, *duty.claimants):
        return _not_theirs("Only its owner, or whoever was asked, can do that.", duty)
    left = tuple(each for each in duty.claimants if each != taken.by)
    freed: Changes = {"proposed_to": "", "proposed_by": "", "declined_by": declined, "need": ""}
    if duty.state == "disputed" and len(left) == 1:
        return {**freed, **_accepted(left[0], at)}
    if duty.state == "disputed":
        return {**freed, "claimants": left}
    return {**freed, "state": "unowned", "owner": "", "since": "", "confirmed_at": ""}


def _suggest(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    """Step back, and propose somebody else where that leaves the duty without an owner."""
    if taken.person == taken.by:
        return Refused("That's you. To take it on yourself, press “I'll take it”.")
    if taken.by not in (duty.proposed_to, duty.owner, *duty.claimants):
        return _propose(duty, taken, at)
    freed = _decline(duty, taken, at)
    if isinstance(freed, Refused) or freed.get("state") != "unowned":
        return freed
    return {**freed, **_proposed(taken), "since": "", "confirmed_at": ""}


def _need(duty: Duty, taken: Step, _at: str) -> Changes | Refused:
    if taken.by not in (duty.proposed_to, duty.owner):
        return _not_theirs("Only its owner, or whoever was asked, can do that.", duty)
    if not taken.note:
        return Refused("Say what you need.")
    return {"need": taken.note}


def _not_needed(duty: Duty, taken: Step, _at: str) -> Changes | Refused:
    if duty.state == "accepted" and duty.owner != taken.by:
        return Refused("This duty has an owner. Only they can mark it as not needed.")
    if duty.state == "disputed":
        return Refused("Two people say they own this duty. They have to agree first.")
    if not taken.note:
        return Refused("Say why it isn't needed.")
    cleared = {"owner": "", "claimants": (), "proposed_to": "", "proposed_by": "", "need": "", "since": ""}
    return {"state": "not needed", "reason": taken.note, "confirmed_at": "", **cleared}


def _confirm(duty: Duty, taken: Step, at: str) -> Changes | Refused:
    if duty.state != "accepted" or duty.owner != taken.by:
        return _not_theirs("Only its owner can confirm it.", duty)
    return {"confirmed_at": at}


def _help(duty: Duty, taken: Step, _at: str) -> Changes | Refused:
    if duty.state != "accepted" or duty.owner != taken.by:
        return _not_theirs("Only its owner can name who helps.", duty)
    helpers = tuple(each for each in dict.fromkeys(taken.people) if each not in (taken.by, taken.person))
    return {"backup": "" if taken.person == taken.by else taken.person, "helpers": helpers}


_STEPS: Mapping[Act, Callable[[Duty, Step, str], Changes | Refused]] = {
    "propose": _propose,
    "claim": _claim,
    "dispute": _claim,
    "decline": _decline,
    "suggest": _suggest,
    "need": _need,
    "not needed": _not_needed,
    "confirm": _confirm,
    "help": _help,
}
