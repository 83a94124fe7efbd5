"""What may become of feedback, who may do it, whose move it is, and what looks like the same. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rapidfuzz import fuzz

from handlers.checks.outcomes import NotAllowed, Refused
from storage.data_requests.data_requests import DataRequest
from storage.feedback.feedback import SEVERITIES, Feedback, State
from storage.outbox.redactions import REDACTED

Act = Literal["answer", "fix", "meant", "data", "reopen"]
ACTS: tuple[Act, ...] = get_args(Act)
Role = Literal["team", "reporter"]
Changes = Mapping[str, object]
OPEN: tuple[State, ...] = ("new", "will fix", "needs data")
ENDED: tuple[State, ...] = ("answered", "works as meant")
#: So much alike (in per cent) are two reports that may be of the same.
_ALIKE = 78.0
#: States of a data request in which nobody works on it any more.
_DONE = ("accepted", "declined", "withdrawn", "expired")


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does with feedback: ``note`` is what they say with it, ``fix_by`` the day by which it is fixed.

    ``receiver`` is the name of who it goes to now.
    """

    act: Act
    by: str
    roles: frozenset[Role] = frozenset()
    note: str = ""
    fix_by: str = ""
    receiver: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states an act leads to which, whose it is, and what is to be said with it."""

    states: tuple[State, ...]
    to: State
    role: Role
    who: str
    needs: str = ""


_STANDS: Mapping[State, str] = {
    "new": "is still open",
    "will fix": "is already going to be fixed",
    "needs data": "already needs data",
    "answered": "has already been answered",
    "works as meant": "has already been answered: it works as intended",
}
_TEAM = "the model side and admins can answer feedback on it."
RULES: Mapping[Act, Rule] = {
    "answer": Rule(OPEN, "answered", "team", _TEAM, "Write the answer."),
    "fix": Rule(OPEN, "will fix", "team", _TEAM),
    "meant": Rule(OPEN, "works as meant", "team", _TEAM, "Say why it works like this."),
    "data": Rule(("new", "will fix"), "needs data", "team", _TEAM, "Say what data is missing."),
    "reopen": Rule(ENDED, "new", "reporter", "Only people who reported it can reopen it.", "Say what's still wrong."),
}


def why_not(item: Feedback, act: Act, roles: frozenset[Role], receiver: str = "") -> Refused | None:
    """Say why the state or somebody's role does not allow an act; None where both do.

    ``receiver`` is the name of who it goes to now.
    """
    rule = RULES[act]
    if rule.role not in roles:
        told = f"Only {receiver or 'its receiver'}, {rule.who}" if rule.role == "team" else rule.who
        return NotAllowed(told, kind="feedback", id=item.id, visibility=item.visibility)
    if item.got == REDACTED:
        return Refused(f"{item.number} was redacted. Please report it again.")
    return None if item.state in rule.states else Refused(f"{item.number} {_STANDS[item.state]}.")


def may(item: Feedback, act: Act, roles: frozenset[Role]) -> bool:
    return why_not(item, act, roles) is None


def step(item: Feedback, taken: Step) -> Changes | Refused:
    """Return what changes in feedback, or why nothing may."""
    if refused := why_not(item, taken.act, taken.roles, taken.receiver):
        return refused
    rule = RULES[taken.act]
    if rule.needs and not taken.note:
        return Refused(rule.needs, "note")
    answer = taken.note if rule.to in ENDED else item.answer
    return {"state": rule.to, "note": taken.note, "by": taken.by, "fix_by": taken.fix_by, "answer": answer}


def rank(item: Feedback) -> int:
    return SEVERITIES.index(item.severity)


def waits_for_data(item: Feedback, requests: Sequence[DataRequest]) -> bool:
    """Tell whether a request for the data that it needs is open, so that nobody of the team can go on."""
    return item.state == "needs data" and any(each.state not in _DONE for each in requests)


def reporters(item: Feedback) -> tuple[str, ...]:
    return tuple(dict.fromkeys((item.reporter, *item.joined)))


def alike(item: Feedback, others: Sequence[Feedback]) -> list[Feedback]:
    """Return the reports that may be of the same, the most alike first."""
    said = _words(item)
    scored = [(fuzz.token_set_ratio(said, _words(each)), each) for each in others]
    near = [(score, each) for score, each in scored if score >= _ALIKE]
    return [each for _, each in sorted(near, key=lambda pair: -pair[0])]


def _words(item: Feedback) -> str:
    return f"{item.input} {item.expected} {item.got}".casefold()
