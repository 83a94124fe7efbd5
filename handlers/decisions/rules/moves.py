"""What may become of a decision, and who may say so. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from handlers.agreements.touching import is_theirs
from handlers.checks.dates import wrong_ahead
from handlers.checks.outcomes import NotAllowed, Refused
from storage.decisions.decisions import Decision, NewDecision, State
from storage.decisions.votes import Opinion
from storage.engine.interface import WORKSPACE

Act = Literal["accept", "reject", "agree", "object", "still holds", "amend", "extend", "supersede", "deprecate", "pin"]
Changes = Mapping[str, object]

NOT_SEEN_ALIKE = "One of them belongs to a private channel: both need the same readers."
ENDED = ("rejected", "superseded", "deprecated")
#: What was done with a decision in this state, as a second press is told.
_DONE: Mapping[State, str] = {
    "proposed": "proposed",
    "accepted": "accepted",
    "rejected": "rejected",
    "superseded": "replaced",
    "deprecated": "deprecated",
}
#: Why not, where the decision is not in the state for it.
_TOO_EARLY_OR_LATE: Mapping[Act, str] = {
    "accept": "has already been accepted.",
    "reject": "has already been accepted. Deprecate or supersede it instead.",
    "still holds": "isn't accepted yet.",
    "extend": "has no deadline.",
    "supersede": "is only proposed. Amend or reject it instead.",
    "deprecate": "is only proposed. Reject it instead.",
    "pin": "isn't accepted yet.",
}


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody does with a decision; ``note`` is the reason, the outcome or the amendment, ``day`` a new date.

    ``is_for_good``: it needs no more reviews. An admin may make any move but to decide, unless the decider is gone.
    ``names`` are those of people, by user id, for what a refusal says.
    """

    act: Act
    by: str
    note: str = ""
    day: str = ""
    is_admin: bool = False
    is_for_good: bool = False
    is_decider_gone: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


def may_do(decision: Decision, user_id: str, *, is_admin: bool, is_decider_gone: bool = False) -> tuple[Act, ...]:
    """Return what somebody who sees a decision may do with it as it stands."""
    may_change = is_theirs(decision, user_id, is_admin=is_admin)
    is_decider = user_id == decision.decider
    voting: tuple[Act, ...] = () if is_decider else ("agree", "object")
    if decision.state == "accepted":
        return ("still holds", "amend", "supersede", "deprecate", "pin", *voting) if may_change else voting
    if decision.state != "proposed":
        return ()
    deciding: tuple[Act, ...] = ("accept", "reject") if is_decider or (is_admin and is_decider_gone) else ()
    # More time would make a proposal of it, on which others can agree in the place of the decider.
    more_time: tuple[Act, ...] = () if decision.is_reported else ("extend",)
    changing: tuple[Act, ...] = ("amend", *more_time) if may_change else ()
    return deciding + voting + changing


def is_to_decide(decision: Decision, user_id: str) -> bool:
    """Tell whether a proposal waits for this person's word: they accept or reject it, and have no view beside that."""
    return decision.state == "proposed" and decision.decider == user_id


def refusal(decision: Decision, made: Move) -> Refused | None:
    """Say why somebody may not make a move with a decision as it stands, and who may; None where they may."""
    if made.act in may_do(decision, made.by, is_admin=made.is_admin, is_decider_gone=made.is_decider_gone):
        return None
    number = decision.number
    if made.act in ("agree", "object"):
        is_open = decision.state in ("proposed", "accepted")
        own = "You decide this yourself" + (": accept or reject it." if decision.state == "proposed" else ".")
        return Refused(own if is_open else f"{number} has already been {_DONE[decision.state]}.")
    if not is_theirs(decision, made.by, is_admin=made.is_admin):
        return _not_theirs(f"Only {_people_of(decision, made.names)} and admins can do that with {number}.", decision)
    if decision.state in ENDED:
        return Refused(f"{number} has already been {_DONE[decision.state]}. Log a new decision instead.")
    if made.act in ("accept", "reject") and decision.state == "proposed":
        return _not_theirs(_only_the_decider(decision, made), decision)
    return Refused(f"{number} {_TOO_EARLY_OR_LATE[made.act]}")


def _people_of(decision: Decision, names: Mapping[str, str]) -> str:
    """Name whose decision it is."""
    decider = f"{names.get(decision.decider, 'the decider')}, who decided it,"
    author = names.get(decision.created_by, "whoever logged it")
    return decider if decision.created_by in ("", decision.decider) else f"{decider} {author}, who logged it,"


def _only_the_decider(decision: Decision, made: Move) -> str:
    decider = made.names.get(decision.decider, "the decider")
    if made.is_decider_gone:
        return f"Only an admin can {made.act} {decision.number}, since {decider} has left."
    return f"Only {decider}, who decides, can {made.act} {decision.number}."


def _not_theirs(told: str, decision: Decision) -> NotAllowed:
    return NotAllowed(told, kind="decision", id=decision.id, visibility=decision.visibility)


def as_reported(new: NewDecision, by: str) -> NewDecision:
    """Return what somebody says that another has decided: a proposal that waits for that person and for nobody else."""
    if new.state != "accepted" or new.decider == by:
        return new
    open_ended = {"deadline": "", "asked": (), "silence_is_consent": False}
    return new.model_copy(update={"state": "proposed", **open_ended})


def move(decision: Decision, made: Move, today: date) -> Changes | Refused:
    """Return what changes in a decision, or why nothing may; ``today`` is the day of who makes the move."""
    return refusal(decision, made) or _MOVES[made.act](decision, made, today)


def _accept(_decision: Decision, _made: Move, _today: date) -> Changes:
    return {"state": "accepted"}


def _reject(_decision: Decision, made: Move, _today: date) -> Changes | Refused:
    wrong = Refused("Say why, so nobody has to ask again.", "note")
    return {"state": "rejected", "reason": made.note} if made.note else wrong


def _deprecate(_decision: Decision, made: Move, _today: date) -> Changes | Refused:
    wrong = Refused("Say why it no longer applies.", "note")
    return {"state": "deprecated", "reason": made.note} if made.note else wrong


def _supersede(_decision: Decision, _made: Move, _today: date) -> Changes:
    return {"state": "superseded"}


def _amend(decision: Decision, made: Move, today: date) -> Changes | Refused:
    amendments = (*decision.amendments, f"{today.isoformat()} {made.note}")
    return {"amendments": amendments} if made.note else Refused("Say what changed.", "note")


def _still_holds(decision: Decision, made: Move, today: date) -> Changes | Refused:
    if made.day and (wrong := past(made.day, today)):
        return Refused(wrong, "day")
    is_ahead = bool(decision.review_on) and not past(decision.review_on, today)
    if decision.review_on and not (made.day or is_ahead or made.is_for_good):
        return Refused("Choose the next review, or tick that it needs no more reviews.", "day")
    outcome = {"outcome": made.note} if made.note else {}
    day = "" if made.is_for_good else made.day or decision.review_on
    return {"review_on": day, **outcome}


def _extend(_decision: Decision, made: Move, today: date) -> Changes | Refused:
    wrong = past(made.day, today)
    return Refused(wrong, "day") if wrong else {"deadline": made.day}


_MOVES: Mapping[Act, Callable[[Decision, Move, date], Changes | Refused]] = {
    "accept": _accept,
    "reject": _reject,
    "deprecate": _deprecate,
    "supersede": _supersede,
    "amend": _amend,
    "still holds": _still_holds,
    "extend": _extend,
}


def past(day: str, today: date) -> str:
    """Say what is wrong with a day that should lie ahead; empty where nothing is."""
    return wrong_ahead(day, today, "Choose a day.")


def wrong_successor(old: Decision, new: Decision | None, ancestors: Callable[[Decision], Sequence[Decision]]) -> str:
    """Say why one decision cannot take another's place; empty when it can."""
    if new is None:
        return "I can't find that decision, or you can't see it here."
    if new.id == old.id:
        return "A decision can't replace itself."
    if new.state != "accepted":
        return f"{new.number} is {new.state}. Name an accepted one."
    if old.visibility != new.visibility:
        return NOT_SEEN_ALIKE
    if any(each.id == new.id for each in ancestors(old)):
        return f"{old.number} already replaces {new.number}, so that would go round in a circle."
    return f"{new.number} already replaces another decision." if new.supersedes else ""


def wrong_base(new: Decision, old: Decision) -> str:
    """Say why a decision cannot add to another; empty when it can."""
    if old.state in ENDED:
        return f"{old.number} has already been {_DONE[old.state]}."
    if old.visibility not in (WORKSPACE, new.visibility):
        return NOT_SEEN_ALIKE
    return f"{new.number} already adds to another decision." if new.adds_to else ""


@dataclass(frozen=True, slots=True)
class Settled:
    """How a proposal ends at its deadline."""

    state: Literal["accepted", "waits"]
    told: str


def at_deadline(decision: Decision, opinions: Sequence[Opinion], unreached: Sequence[str]) -> Settled:
    """Say what the deadline makes of a proposal: silence counts only where that was chosen and everyone was told."""
    last = last_words(opinions)
    objected = [each for each in last if each.vote == "object"]
    agreed = {each.user_id for each in last if each.vote == "agree"}
    silent = [each for each in decision.asked if each not in agreed and each not in {one.user_id for one in objected}]
    if objected:
        return Settled("waits", f"{_people(len(objected))} objected. Decide it, amend it, or give it more time.")
    if not decision.asked:
        return Settled("waits", "Nobody was asked. Decide it, or give it more time.")
    if not silent:
        return Settled("accepted", "Everybody who was asked agrees.")
    if not decision.silence_is_consent:
        return Settled("waits", f"{_people(len(silent))} didn't answer. Decide it, or give it more time.")
    if any(each in unreached for each in silent):
        return Settled("waits", "Somebody who was asked couldn't be reached, so silence doesn't count as consent.")
    return Settled("accepted", "Nobody objected, and silence counts as consent.")


def last_words(opinions: Sequence[Opinion]) -> list[Opinion]:
    """Return what each person said last; what they said before is kept, and counts no more."""
    return list({each.user_id: each for each in opinions}.values())


def is_agreed(decision: Decision, opinions: Sequence[Opinion]) -> bool:
    """Tell whether a decision that can be taken back needs no deadline: everybody who was asked agrees."""
    last = last_words(opinions)
    agreed = {each.user_id for each in last if each.vote == "agree"}
    is_undisputed = all(each.vote == "agree" for each in last)
    return decision.reversible == "yes" and bool(decision.asked) and is_undisputed and agreed >= {*decision.asked}


def is_told(decision: Decision, opinion: Opinion) -> bool:
    """Tell whether who decides hears of an opinion: of what is decided, only of an objection."""
    return decision.state == "proposed" or opinion.vote == "object"


def is_said_already(opinion: Opinion, said: Sequence[Opinion]) -> bool:
    """Tell whether somebody said the same last; they may change their mind."""
    last = [(each.vote, each.reason) for each in said if each.user_id == opinion.user_id][-1:]
    return last == [(opinion.vote, opinion.reason)]


def _people(count: int) -> str:
    return "One person" if count == 1 else f"{count} people"
