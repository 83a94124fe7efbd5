"""What may become of a decision, and who may say so. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handlers.checks.dates import wrong_ahead
from handlers.checks.outcomes import Refused
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion
from storage.engine.interface import to_text

Act = Literal["accept", "reject", "deprecate", "supersede", "amend", "still holds", "extend"]
Changes = Mapping[str, object]

_ENDED = ("rejected", "superseded", "deprecated")


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody does with a decision; ``note`` is the reason, the outcome or the amendment, ``day`` a new date.

    ``is_for_good``: it needs no more reviews.
    """

    act: Act
    by: str
    note: str = ""
    day: str = ""
    is_admin: bool = False
    is_for_good: bool = False
    is_decider_gone: bool = False


def move(decision: Decision, made: Move, now: datetime) -> Changes | Refused:
    """Return what changes in a decision, or why nothing may."""
    if not may_change(decision, made.by, is_admin=made.is_admin):
        return Refused("Only who decided it, who wrote it down and the admins can do that.")
    if decision.state in _ENDED:
        return Refused(f"{decision.number} is {decision.state}, and stays so. Log a new decision instead.")
    return _MOVES[made.act](decision, made, now)


def may_change(decision: Decision, user_id: str, *, is_admin: bool) -> bool:
    return is_admin or user_id in (decision.decider, decision.created_by)


def _not_deciding(decision: Decision, made: Move) -> Refused | None:
    """Let only the one who decides settle a proposal; an admin stands in where that one is gone."""
    is_stand_in = made.is_admin and made.is_decider_gone
    may = decision.decider == made.by or is_stand_in
    return None if may else Refused("Only the one who decides can accept or reject it.")


def _accept(decision: Decision, made: Move, now: datetime) -> Changes | Refused:
    if decision.state != "proposed":
        return Refused(f"{decision.number} is accepted already.")
    if wrong := _not_deciding(decision, made):
        return wrong
    return {"state": "accepted", "decided_at": to_text(now)}


def _reject(decision: Decision, made: Move, now: datetime) -> Changes | Refused:
    if decision.state != "proposed":
        return Refused(f"{decision.number} is accepted. Deprecate it, or put another one in its place.")
    if wrong := _not_deciding(decision, made):
        return wrong
    if not made.note:
        return Refused("Say why, so that the next who asks need not.", "note")
    return {"state": "rejected", "decided_at": to_text(now), "reason": made.note}


def _deprecate(decision: Decision, made: Move, _now: datetime) -> Changes | Refused:
    if decision.state != "accepted":
        return Refused(f"{decision.number} is only proposed. Reject it instead.")
    if not made.note:
        return Refused("Say why it holds no more.", "note")
    return {"state": "deprecated", "reason": made.note}


def _supersede(decision: Decision, _made: Move, _now: datetime) -> Changes | Refused:
    if decision.state != "accepted":
        return Refused(f"{decision.number} is only proposed. Amend or reject it instead.")
    return {"state": "superseded"}


def _amend(decision: Decision, made: Move, now: datetime) -> Changes | Refused:
    if not made.note:
        return Refused("Say what is different now.", "note")
    return {"amendments": (*decision.amendments, f"{now.date().isoformat()} {made.note}")}


def _still_holds(decision: Decision, made: Move, now: datetime) -> Changes | Refused:
    if decision.state != "accepted":
        return Refused(f"{decision.number} is not accepted yet.")
    if made.day and (wrong := past(made.day, now)):
        return Refused(wrong, "day")
    is_ahead = bool(decision.review_on) and not past(decision.review_on, now)
    if decision.review_on and not (made.day or is_ahead or made.is_for_good):
        return Refused("Choose when to look at it again, or tick that it needs no more reviews.", "day")
    outcome = {"outcome": made.note} if made.note else {}
    day = "" if made.is_for_good else made.day or decision.review_on
    return {"review_on": day, **outcome}


def _extend(decision: Decision, made: Move, now: datetime) -> Changes | Refused:
    if decision.state != "proposed":
        return Refused(f"{decision.number} is accepted already.")
    wrong = past(made.day, now)
    return Refused(wrong, "day") if wrong else {"deadline": made.day}


_MOVES: Mapping[Act, Callable[[Decision, Move, datetime], Changes | Refused]] = {
    "accept": _accept,
    "reject": _reject,
    "deprecate": _deprecate,
    "supersede": _supersede,
    "amend": _amend,
    "still holds": _still_holds,
    "extend": _extend,
}


def past(day: str, now: datetime) -> str:
    """Say what is wrong with a day that should lie ahead; empty where nothing is."""
    return wrong_ahead(day, now.date(), "Write a day such as 2026-12-24.")


def wrong_successor(old: Decision, new: Decision | None, ancestors: Callable[[Decision], Sequence[Decision]]) -> str:
    """Say why one decision cannot take another's place; empty when it can."""
    if new is None:
        return "There is no such decision that you may see here."
    if new.id == old.id:
        return "A decision cannot take its own place."
    if new.state != "accepted":
        return f"{new.number} is {new.state}. Name one that is accepted."
    if old.visibility != new.visibility:
        return "Both must be seen by the same people: one belongs to a channel of its own."
    if any(each.id == new.id for each in ancestors(old)):
        return f"{new.number} was itself replaced on the way to {old.number}, so that would go round in a circle."
    return f"{new.number} has taken the place of {new.supersedes} already." if new.supersedes else ""


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
        return Settled("waits", f"{_people(len(silent))} said nothing. Decide it, or give it more time.")
    if any(each in unreached for each in silent):
        return Settled("waits", "Not everybody who was asked could be told, so silence is no consent here.")
    return Settled("accepted", "Nobody objected, and silence was said to be consent.")


def last_words(opinions: Sequence[Opinion]) -> list[Opinion]:
    """Return what each person said last; what they said before is kept, and counts no more."""
    return list({each.user_id: each for each in opinions}.values())


def is_agreed(decision: Decision, opinions: Sequence[Opinion]) -> bool:
    """Tell whether a decision that can be taken back needs no deadline: everybody who was asked agrees."""
    last = last_words(opinions)
    agreed = {each.user_id for each in last if each.vote == "agree"}
    is_undisputed = all(each.vote == "agree" for each in last)
    return decision.reversible == "yes" and bool(decision.asked) and is_undisputed and agreed >= {*decision.asked}


def may_vote(decision: Decision, opinion: Opinion, said: Sequence[Opinion]) -> str:
    """Say why somebody cannot agree or object, after what was said so far; empty when they can.

    Anybody who sees a proposal may, and may change their mind.
    """
    if decision.state != "proposed":
        return f"{decision.number} is {decision.state} now. It waits for nobody any more."
    if opinion.user_id == decision.decider:
        return "You decide this yourself: accept or reject it."
    last = [(each.vote, each.reason) for each in said if each.user_id == opinion.user_id][-1:]
    does = "agree with" if opinion.vote == "agree" else "object to"
    return f"You {does} {decision.number} already." if last == [(opinion.vote, opinion.reason)] else ""


def _people(count: int) -> str:
    return "One person" if count == 1 else f"{count} people"
