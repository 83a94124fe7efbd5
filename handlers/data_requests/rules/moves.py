"""What may become of a data request, who may do it, and whose move it is then. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from handlers.checks.outcomes import Refused
from handlers.data_requests.rules.status import (
    ENDED,
    EXPIRES_AFTER,
    TALKING,
    Role,
    agreed_offer,
    gaps,
    is_one_sided,
    is_recurring,
    named,
    settled_terms,
    sides_left,
)
from storage.data_requests.data_requests import DataRequest, Delivered, Side, State, Term
from storage.engine.interface import to_text
from storage.records.offers import Agreement, Offer

Act = Literal[
    "send", "edit", "offer", "ask", "answer", "agree", "decline", "withdraw", "deliver", "accept", "return", "change",
    "take", "hand over", "expire",
]  # fmt: skip
ACTS: Sequence[Act] = get_args(Act)
Changes = Mapping[str, object]


_ONE_SIDED = Refused("You cannot be both sides of it. Name another owner, or leave it empty.", "owner")


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody does with a request.

    ``roles`` are all that they have in it. ``note`` is a question, an answer or a reason, ``person`` who gets it,
    ``term`` and ``offer`` what is said of one term, ``delivered`` what was delivered. ``seen`` is the mark of
    the standing that was read, empty where it is not known.
    """

    act: Act
    by: str
    roles: frozenset[Role]
    note: str = ""
    person: str = ""
    term: str = ""
    offer: Offer | None = None
    delivered: Delivered | None = None
    seen: str = ""
    facts: Changes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """When an act may be done and by whom; ``first`` says what comes before it where the state does not allow it."""

    states: tuple[State, ...]
    roles: frozenset[Role]
    who: str
    first: str


def _rule(states: tuple[State, ...], roles: Sequence[Role], who: str, first: str) -> Rule:
    return Rule(states, frozenset(roles), who, first)


_BOTH: tuple[Role, ...] = ("requester", "owner")
RULES: Mapping[Act, Rule] = {
    "send": _rule(("draft",), ("requester",), "who asks", "It was sent already."),
    "edit": _rule(
        ("draft", *TALKING, "agreed", "changed"), ("requester",), "who asks",
        "First say whether what was delivered is what was asked for, or announce a change.",
    ),
    "offer": _rule(
        (*TALKING, "agreed", "changed"), ("owner",), "who owns the data",
        "First it is to be accepted or sent back, or a change announced.",
    ),
    "ask": _rule(("open", "negotiating"), ("owner",), "who owns the data", "There is nothing left to ask now."),
    "answer": _rule(("needs info",), ("requester",), "who asks", "There is no question to answer."),
    "agree": _rule(
        ("open", "negotiating", "changed"), _BOTH, "who asks and who owns the data",
        "There is nothing to agree to now.",
    ),
    "decline": _rule(TALKING, ("owner",), "who owns the data", "It can be declined only before it is agreed."),
    "withdraw": _rule(
        ("draft", *TALKING, "agreed", "delivered", "changed"), ("requester", "admin"), "who asks, or an admin,",
        "It has been accepted.",
    ),
    "deliver": _rule(
        ("agreed", "delivered", "accepted"), ("owner",), "who owns the data", "First both sides agree to the terms.",
    ),
    "accept": _rule(("delivered",), ("requester",), "who asks", "First something is delivered."),
    "return": _rule(("delivered",), ("requester",), "who asks", "First something is delivered."),
    "change": _rule(
        ("delivered", "accepted"), _BOTH, "who asks and who owns the data",
        "Until it is delivered, change the terms themselves.",
    ),
    "take": _rule(TALKING, ("requester", "admin", "other"), "a member", "Its owner is settled."),
    "hand over": _rule(
        (*TALKING, "agreed", "delivered", "accepted", "changed"), ("requester", "owner", "admin"),
        "who asks, who owns the data and the admins", "First send it.",
    ),
    "expire": _rule(TALKING, ("clock",), "the clock", "It waits for nobody."),
}  # fmt: skip


def move(request: DataRequest, made: Move, now: datetime) -> Changes | Refused:
    """Return what changes in a request, or why nothing may: who may do it, and what comes first."""
    told = not_allowed(request, made)
    if not told and made.seen and made.seen != mark_of(request):
        told = f"{request.number} has changed since you read it. Open it, read it again, and press once more."
    return Refused(told) if told else _MOVES[made.act](request, made, now)


def mark_of(request: DataRequest) -> str:
    """Return what tells one standing from another for those who agree to it or accept it."""
    return f"{request.terms_version}.{len(request.deliveries)}"


def not_allowed(request: DataRequest, made: Move) -> str:
    """Say why the state or somebody's role does not allow an act; empty where both do."""
    rule = RULES[made.act]
    if not rule.roles & made.roles:
        return f"Only {rule.who} can do that."
    if request.state in ENDED:
        why = f": {request.reason}" if request.reason else ""
        return f"{request.number} is {request.state}{why}. It stays so; copy it as a new one instead."
    return "" if request.state in rule.states else f"{request.number} is {named(request.state)} now. {rule.first}"


def may(request: DataRequest, act: Act, roles: frozenset[Role]) -> bool:
    """Tell whether an act can be offered to somebody as a button."""
    rule = RULES[act]
    is_recurrent = act != "change" or is_recurring(request)
    is_taken = act == "take" and bool(request.owner)
    is_agreed_by_all = act == "agree" and not sides_left(request, roles)
    is_open = request.state in rule.states and bool(rule.roles & roles)
    return is_open and is_recurrent and not is_taken and not is_agreed_by_all


def _send(request: DataRequest, _made: Move, now: datetime) -> Changes | Refused:
    if not request.purpose or not request.set_up:
        return Refused("Fill in the first page before you send it.")
    if not request.needed_by:
        return Refused("Choose the day by which you need it, on the first page.")
    if request.needed_by < now.date().isoformat():
        return Refused("The day on which you need it has passed. Choose another one first.")
    return _ONE_SIDED if is_one_sided(request) else {"state": "open", "turn": "owner"}


def _edit(request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    changes = _with_term(request, made, "asked") if made.term else {}
    is_wrong = bool(made.facts) and request.state != "draft" and is_one_sided(request.model_copy(update=made.facts))
    return _ONE_SIDED if is_wrong else {**made.facts, **changes, **_after_change(request, "owner")}


def _offer(request: DataRequest, made: Move, _now: datetime) -> Changes:
    return {**_with_term(request, made, "offered"), **_after_change(request, "requester")}


def _with_term(request: DataRequest, made: Move, side: Literal["asked", "offered"]) -> Changes:
    """Return the terms with what one side says now, and the senses that they use by it."""
    old = request.terms.get(made.term, Term())
    terms = {**request.terms, made.term: old.model_copy(update={side: made.offer})}
    used = [agreed_offer(term) or term.asked for term in terms.values()]
    return {"terms": terms, "senses": tuple(dict.fromkeys(pin for said in used if said for pin in said.senses))}


def _after_change(request: DataRequest, turn: Side) -> Changes:
    """Return what any change of the terms does: it is a new version, and both sides are asked again."""
    if request.state == "draft":
        return {}
    if request.state == "needs info" and turn == "owner":
        return {"terms_version": request.terms_version + 1}
    state = "changed" if request.state == "changed" else "negotiating"
    state = "open" if request.state == "open" and turn == "owner" else state
    fresh = {"agreements": {}, "terms_version": request.terms_version + 1, "question": "", "agreed_at": ""}
    return {"state": state, "turn": turn, **fresh}


def _ask(_request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if not made.note:
        return Refused("Write what you need to know.", "note")
    return {"state": "needs info", "turn": "requester", "question": made.note}


def _answer(_request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if not made.note:
        return Refused("Write the answer.", "note")
    return {"state": "negotiating", "turn": "owner", "question": ""}


def _agree(request: DataRequest, made: Move, now: datetime) -> Changes | Refused:
    if is_one_sided(request):
        return _ONE_SIDED
    if left := gaps(request):
        return Refused(f"Before anybody can agree, this is to be settled: {'; '.join(left)}.")
    sides = sides_left(request, made.roles)
    if not sides:
        return Refused("You have agreed to this already. It waits for the other side.")
    agreed = Agreement(user_id=made.by, version=request.terms_version, at=to_text(now))
    both = {**request.agreements, **dict.fromkeys(sides, agreed)}
    if all(side in both and both[side].version == request.terms_version for side in ("requester", "owner")):
        settled = {"agreed_terms": settled_terms(request), "agreed_at": to_text(now), "reason": ""}
        return {"agreements": both, "state": "agreed", "turn": "owner", **settled}
    state = "changed" if request.state == "changed" else "negotiating"
    return {"agreements": both, "state": state, "turn": "owner" if "requester" in sides else "requester"}


def _decline(_request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if not made.note:
        return Refused("Say why, so that the next who asks need not.", "note")
    return {"state": "declined", "turn": "", "reason": made.note}


def _withdraw(_request: DataRequest, made: Move, _now: datetime) -> Changes:
    return {"state": "withdrawn", "turn": "", "reason": made.note}


def _deliver(request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if request.state == "accepted" and not is_recurring(request):
        return Refused(f"{request.number} is accepted already, and needed only once.")
    if made.delivered is None or not made.delivered.link:
        return Refused("Say where it lies: a link.", "link")
    return {"state": "delivered", "turn": "requester", "deliveries": (*request.deliveries, made.delivered)}


def _accept(_request: DataRequest, _made: Move, _now: datetime) -> Changes:
    return {"state": "accepted", "turn": ""}


def _return(_request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if not made.note:
        return Refused("Say what is not as agreed.", "note")
    return {"state": "agreed", "turn": "owner"}


def _change(request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if not is_recurring(request):
        return Refused(f"{request.number} is needed only once. Ask anew, or copy it as a new one.")
    if not made.note:
        return Refused("Say what changes, and from when.", "note")
    turn = "owner" if "requester" in made.roles and "owner" not in made.roles else "requester"
    fresh = {"agreements": {}, "terms_version": request.terms_version + 1, "agreed_at": ""}
    return {"state": "changed", "turn": turn, "reason": made.note, **fresh}


def _take(request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if request.owner:
        return Refused("Somebody owns the data already. They can hand it over.")
    if made.by == request.requester and request.set_up != "public":
        return Refused("You cannot be both sides of it. Name who owns the data.")
    return {"owner": made.by}


def _hand_over(request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if not made.person:
        return Refused("Choose a person.", "person")
    if made.person == request.owner:
        return Refused("They own it already.", "person")
    if made.person == request.requester and request.set_up != "public":
        return Refused("Who asks cannot be both sides of it.", "person")
    kept = {side: agreed for side, agreed in request.agreements.items() if side != "owner"}
    # What one owner agreed to binds no other: before it is delivered, the new one is asked.
    state = "negotiating" if request.state == "agreed" else request.state
    turn = "owner" if request.state in ("open", "negotiating", "agreed", "changed") else request.turn
    return {"owner": made.person, "agreements": kept, "state": state, "turn": turn}


def _expire(request: DataRequest, _made: Move, _now: datetime) -> Changes:
    told = f"nobody agreed on it within {EXPIRES_AFTER.days} days after {request.needed_by}"
    return {"state": "expired", "turn": "", "reason": told}


_MOVES: Mapping[Act, Callable[[DataRequest, Move, datetime], Changes | Refused]] = {
    "send": _send, "edit": _edit, "offer": _offer, "ask": _ask, "answer": _answer, "agree": _agree,
    "decline": _decline, "withdraw": _withdraw, "deliver": _deliver, "accept": _accept, "return": _return,
    "change": _change, "take": _take, "hand over": _hand_over, "expire": _expire,
}  # fmt: skip
