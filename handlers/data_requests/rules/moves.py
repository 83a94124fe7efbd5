"""What may become of a data request, who may do it, and whose move it is then. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

from handlers.checks.dates import is_past
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.data_requests.rules import status
from handlers.data_requests.rules.clauses import gaps
from handlers.data_requests.rules.saying import after_change, standing_by, with_terms
from handlers.data_requests.rules.status import ENDED, TALKING, Role, is_recurring, named
from handlers.data_requests.rules.versions import version_of
from storage.data_requests.data_requests import DataRequest, Delivered, State, Term
from storage.engine.interface import to_text
from storage.records.offers import Agreement, Offer

_Talk = Literal["send", "edit", "offer", "ask", "answer", "agree", "decline", "withdraw"]
_Work = Literal["deliver", "accept", "return", "change", "take", "hand over", "expire"]
Act = Literal[_Talk, _Work]
ACTS: Sequence[Act] = get_args(Act)
Changes = Mapping[str, object]
_ONE_SIDED = Refused("You can't be both requester and owner. Choose another owner, or leave it empty.", "owner")


@dataclass(frozen=True, slots=True)
class Move:
    """What somebody does with a request.

    ``roles`` are all that they have in it. ``note`` is a question, an answer or a reason, ``person`` who gets it,
    ``offers`` what their side says of terms, by their ids, ``delivered`` what was delivered. ``seen`` is the mark of
    the standing that was read, empty where it is not known. ``today`` is the day that it is for them, UTC's without it.
    """

    act: Act
    by: str
    roles: frozenset[Role]
    note: str = ""
    person: str = ""
    offers: Mapping[str, Offer] = field(default_factory=dict)
    delivered: Delivered | None = None
    seen: str = ""
    facts: Changes = field(default_factory=dict)
    today: date | None = None


#: What changes in a request by a move, or why nothing may.
Change = Callable[[DataRequest, Move, datetime], Changes | Refused]


def move(request: DataRequest, made: Move, now: datetime) -> Changes | Refused:
    """Return what changes in a request, or why nothing may: who may do it, and what comes first."""
    refused = why_not(request, made.act, made.roles)
    if refused is None and made.seen and made.seen != mark_of(request):
        refused = Refused(
            f"{request.number} has changed since you opened it. Open it again, read it, and press once more."
        )
    return refused or RULES[made.act].change(request, made, now)


def mark_of(request: DataRequest) -> str:
    """Return what tells one standing from another for those who agree to it or accept it."""
    return f"{request.terms_version}.{len(request.deliveries)}"


def why_not(request: DataRequest, act: Act, roles: frozenset[Role]) -> Refused | None:
    """Say why the state or somebody's roles do not allow an act; None where both do."""
    rule = RULES[act]
    if not rule.roles & roles:
        return not_theirs(request, rule.who)
    if request.state in ENDED:
        why = f": {request.reason}" if request.reason else ""
        return Refused(f"{request.number} is {request.state}{why}. You can copy it as a new request.")
    told = f"{standing(request)}. {rule.first}"
    return None if request.state in rule.states else Refused(told)


def standing(request: DataRequest) -> str:
    return f"{request.number} is {'a ' if request.state == 'draft' else ''}{named(request.state)}"


def not_theirs(request: DataRequest, who: str) -> NotAllowed:
    told, visibility = f"Only {who} can do that.", request.visibility
    return NotAllowed(told, kind="data request", id=request.id, visibility=visibility)


def may(request: DataRequest, act: Act, roles: frozenset[Role]) -> bool:
    """Tell whether an act is offered to somebody as a button: where it is allowed, and of any use."""
    is_idle = {
        "change": not is_recurring(request),
        "take": bool(request.owner),
        "agree": not status.sides_left(request, roles),
    }
    return not why_not(request, act, roles) and not is_idle.get(act, False)


def mark_of_term(request: DataRequest, term_id: str) -> str:
    """Return what tells one standing of a term from another: when each side said what it says."""
    term = request.terms.get(term_id, Term())
    return "|".join(offer.at if offer is not None else "" for offer in (term.asked, term.offered))


def side_of(roles: frozenset[Role]) -> Literal["edit", "offer"]:
    """Return what changing a term is: who asks changes what is asked, who owns the data what is offered."""
    return "edit" if "requester" in roles else "offer"


def may_open_terms(request: DataRequest, roles: frozenset[Role]) -> bool:
    return may(request, "edit", roles) or may(request, "offer", roles)


def _send(request: DataRequest, made: Move, now: datetime) -> Changes | Refused:
    if not request.purpose or not request.entity:
        return Refused("Say what data you need and what it is for before you send it.")
    if not request.needed_by:
        return Refused("Choose the day you need it by.")
    if is_past(request.needed_by, made.today or now.date()):
        return Refused("The day you need it by has passed. Choose another day.")
    return _ONE_SIDED if status.is_one_sided(request) else {"state": "open", "turn": "owner"}


def _edit(request: DataRequest, made: Move, now: datetime) -> Changes | Refused:
    if made.facts and request.state != "draft" and status.is_one_sided(request.model_copy(update=dict(made.facts))):
        return _ONE_SIDED
    asked = with_terms(request, made.offers, "asked") if made.offers else {}
    changes = {**made.facts, **asked, **after_change(request, "owner")}
    return standing_by(request, changes, "requester", made.by, now) if made.offers else changes


def _offer(request: DataRequest, made: Move, now: datetime) -> Changes:
    changes = {**with_terms(request, made.offers, "offered"), **after_change(request, "requester")}
    return standing_by(request, changes, "owner", made.by, now)


def _becomes(state: State, turn: str, lacking: str = "", *, kept_in: str = "", **more: object) -> Change:
    """Return a change to a state; its note is ``kept_in`` a field. ``lacking`` is said where it may not lack."""

    def change(_request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
        if lacking and not made.note:
            return Refused(lacking, "note")
        return {"state": state, "turn": turn, **more, **({kept_in: made.note} if kept_in else {})}

    return change


_ask = _becomes("needs info", "requester", "Write your question.", kept_in="question")
_answer = _becomes("negotiating", "owner", "Write your answer.", question="")
_decline = _becomes("declined", "", "Give a reason. It helps the next person who asks.", kept_in="reason")
_withdraw = _becomes("withdrawn", "", kept_in="reason")
_accept = _becomes("accepted", "")
_return = _becomes("agreed", "owner", "Say what isn't as agreed.")


def _agree(request: DataRequest, made: Move, now: datetime) -> Changes | Refused:
    if status.is_one_sided(request):
        return _ONE_SIDED
    if left := gaps(request):
        return Refused(f"Nobody can agree yet. Still open: {', '.join(left)}.")
    sides = status.sides_left(request, made.roles)
    if not sides:
        return Refused("You've already agreed to this. The other side hasn't yet.")
    agreed = Agreement(user_id=made.by, version=request.terms_version, at=to_text(now))
    both = {**request.agreements, **dict.fromkeys(sides, agreed)}
    if all(side in both and both[side].version == request.terms_version for side in ("requester", "owner")):
        terms, version = status.settled_terms(request), status.contract_version(request)
        settled = {"agreed_terms": terms, "agreed_at": to_text(now), "contract_version": version, "reason": ""}
        settled |= {"semantic_version": version_of(request)}
        return {"agreements": both, "state": "agreed", "turn": "owner", **settled}
    state = "changed" if request.state == "changed" else "negotiating"
    return {"agreements": both, "state": state, "turn": "owner" if "requester" in sides else "requester"}


def _deliver(request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if request.state == "accepted" and not is_recurring(request):
        return Refused(f"{request.number} is already accepted, and was needed only once.")
    if made.delivered is None or not made.delivered.link:
        return Refused("Add a link to the data.", "link")
    return {"state": "delivered", "turn": "requester", "deliveries": (*request.deliveries, made.delivered)}


def _change(request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if not is_recurring(request):
        return Refused(f"{request.number} was needed only once. You can copy it as a new request.")
    if not made.note:
        return Refused("Say what changes, and from when.", "note")
    turn = "owner" if "requester" in made.roles and "owner" not in made.roles else "requester"
    # The day was that of what was delivered; the new version has one once the requester gives it one.
    fresh = {"agreements": {}, "terms_version": request.terms_version + 1, "agreed_at": "", "needed_by": ""}
    return {"state": "changed", "turn": turn, "reason": made.note, **fresh}


def _take(request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if request.owner:
        return Refused("This data already has an owner, who can hand it over.")
    if made.by == request.requester and not status.is_public(request):
        return Refused("You can't be both requester and owner. Choose who owns the data.")
    return {"owner": made.by}


def _hand_over(request: DataRequest, made: Move, _now: datetime) -> Changes | Refused:
    if not made.person:
        return Refused("Choose a person.", "person")
    if made.person == request.owner:
        return Refused("They already own it.", "person")
    if made.person == request.requester and not status.is_public(request):
        return Refused("The requester can't own the data too.", "person")
    kept = {side: agreed for side, agreed in request.agreements.items() if side != "owner"}
    # What one owner agreed to binds no other: before it is delivered, the new one is asked.
    state = "negotiating" if request.state == "agreed" else request.state
    turn = "owner" if request.state in ("open", "negotiating", "agreed", "changed") else request.turn
    return {"owner": made.person, "agreements": kept, "state": state, "turn": turn}


def _expire(_request: DataRequest, _made: Move, _now: datetime) -> Changes:
    told = f"no agreement within {status.EXPIRES_AFTER.days} days of the day it was needed"
    return {"state": "expired", "turn": "", "reason": told}


@dataclass(frozen=True, slots=True)
class Rule:
    """When an act may be done, and by whom.

    ``first`` says what comes before it where the state does not allow it, ``change`` what it changes.
    """

    states: tuple[State, ...]
    roles: frozenset[Role]
    who: str
    first: str
    change: Change


_By = tuple[frozenset[Role], str]
_REQUESTER: _By = (frozenset(("requester",)), "the requester")
_OWNER: _By = (frozenset(("owner",)), "the owner of the data")
_BOTH: _By = (frozenset(("requester", "owner")), "the requester and the owner of the data")
_OR_ADMIN: _By = (frozenset(("requester", "admin")), "the requester or an admin")
_NO_OWNER: _By = (frozenset(("requester", "admin", "other")), "a member")
ANY_PART: _By = (frozenset(("requester", "owner", "admin")), "the requester, the owner of the data or an admin")
_CLOCK: _By = (frozenset(("clock",)), "the clock")
_FIRST_JUDGE = "Accept the delivery or send it back first, or announce a change."
_FIRST_SETTLE = "The requester accepts the delivery or sends it back first."
_FIRST_DELIVER = "Nothing has been delivered yet."
_OPEN: tuple[State, ...] = (*TALKING, "agreed", "changed")
_HANDED: tuple[State, ...] = (*_OPEN, "delivered", "accepted")
RULES: Mapping[Act, Rule] = {
    "send": Rule(("draft",), *_REQUESTER, "It has already been sent.", _send),
    "edit": Rule(("draft", *_OPEN), *_REQUESTER, _FIRST_JUDGE, _edit),
    "offer": Rule(_OPEN, *_OWNER, _FIRST_SETTLE, _offer),
    "ask": Rule(("open", "negotiating"), *_OWNER, "Questions can only be asked before it's agreed.", _ask),
    "answer": Rule(("needs info",), *_REQUESTER, "Nobody has asked a question.", _answer),
    "agree": Rule(("open", "negotiating", "changed"), *_BOTH, "Nothing is left to agree to.", _agree),
    "decline": Rule(TALKING, *_OWNER, "It can only be declined before it's agreed.", _decline),
    "withdraw": Rule(("draft", *_OPEN, "delivered"), *_OR_ADMIN, "It has already been accepted.", _withdraw),
    "deliver": Rule(("agreed", "delivered", "accepted"), *_OWNER, "Both sides agree to the terms first.", _deliver),
    "accept": Rule(("delivered",), *_REQUESTER, _FIRST_DELIVER, _accept),
    "return": Rule(("delivered",), *_REQUESTER, _FIRST_DELIVER, _return),
    "change": Rule(
        ("delivered", "accepted"), *_BOTH, "Nothing has been delivered yet, so change the terms instead.", _change
    ),
    "take": Rule(TALKING, *_NO_OWNER, "It already has an owner.", _take),
    "hand over": Rule(_HANDED, *ANY_PART, "Send it first.", _hand_over),
    "expire": Rule(TALKING, *_CLOCK, "Nobody needs to act on it.", _expire),
}
