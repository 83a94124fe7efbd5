"""How a data request stands: whose move it is, who has a part in it, what both sides have the same. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from handlers.checks.dates import day_in, is_past
from handlers.data_requests.rules.clauses import open_points
from storage.data_requests.data_requests import OVER, DataRequest, Side, State
from storage.records.offers import Offer

Role = Literal["requester", "owner", "admin", "other", "clock"]

#: What nobody agreed on ends so long after the day on which it was needed.
EXPIRES_AFTER = timedelta(days=30)
TALKING: tuple[State, ...] = ("open", "needs info", "negotiating")
ENDED = OVER
_WAITS_FOR: Mapping[State, str] = {
    "draft": "requester: fill it in and send it",
    "needs info": "requester: answer the question",
    "agreed": "owner: deliver",
    "delivered": "requester: check the delivery, then accept it or send it back",
}


def roles_of(request: DataRequest, user_id: str, *, is_admin: bool) -> frozenset[Role]:
    """Return every role that a person has in a request; whoever has none is another, and nobody is the clock."""
    if not user_id:
        return frozenset(("clock",))
    has: dict[Role, bool] = {"requester": user_id == request.requester, "owner": user_id == request.owner}
    has["admin"] = is_admin
    return frozenset(role for role, is_so in has.items() if is_so) or frozenset(("other",))


def named(state: State) -> str:
    return "waiting on an answer" if state == "needs info" else state


def waits_for(request: DataRequest) -> str:
    """Say which side has to do what next, as "owner: deliver"; empty where nobody has to."""
    if request.state not in ("open", "negotiating", "changed"):
        return _WAITS_FOR.get(request.state, "")
    if not request.owner:
        return "owner: take the data on"
    is_first = request.turn == "owner" and not any(each.offered for each in request.terms.values())
    open_terms = [each for each in open_points(request) if each.id != "owner"]
    settle = "make an offer" if is_first else "resolve what's open"
    return f"{request.turn}: {settle if open_terms else 'agree, or change the terms'}"


def settled_terms(request: DataRequest) -> dict[str, Offer]:
    """Return the terms on which both sides have the same, by their ids."""
    return {term_id: term.agreed for term_id, term in request.terms.items() if term.agreed is not None}


def said_part(request: DataRequest, term_id: str, part: str) -> str:
    """Return one part of a term as both sides have it; empty where it is not said."""
    return settled_terms(request).get(term_id, Offer()).values.get(part, "")


def is_one_sided(request: DataRequest) -> bool:
    """Tell whether one person would be both sides of it, which only public data allows."""
    return request.owner == request.requester and not is_public(request)


def is_public(request: DataRequest) -> bool:
    return "public" in (request.set_up, said_part(request, "source", "kind"))


def is_recurring(request: DataRequest) -> bool:
    """Tell whether data is delivered again and again: as was said, else by how often that is."""
    kind, cadence = said_part(request, "evolution", "kind"), said_part(request, "freshness", "cadence")
    return kind == "recurring" if kind else cadence not in ("", "once", "on demand")


def is_overdue(request: DataRequest, today: date) -> bool:
    """Tell whether the day has passed on which the data was needed, and it is not there."""
    return request.state in (*TALKING, "agreed", "changed") and is_past(request.needed_by, today)


def is_expired(request: DataRequest, today: date) -> bool:
    needed_by = day_in(request.needed_by) if request.state in TALKING else None
    return needed_by is not None and today - needed_by > EXPIRES_AFTER


def is_followable(request: DataRequest) -> bool:
    return request.state not in (*ENDED, "draft")


def sides_left(request: DataRequest, roles: frozenset[Role]) -> list[Side]:
    """Return the sides for which somebody has not agreed to these terms yet."""
    agreed = [side for side, each in request.agreements.items() if each.version == request.terms_version]
    sides: tuple[Side, ...] = ("requester", "owner")
    return [side for side in sides if side in roles and side not in agreed]


def contract_version(request: DataRequest) -> int:
    """Return which version of the contract was agreed last; while it is talked about, which one that will be."""
    if not request.contract_version and (request.agreed_terms or request.agreed_at):
        # Older versions counted every change of the terms.
        return request.terms_version
    return request.contract_version + (0 if request.agreed_at else 1)
