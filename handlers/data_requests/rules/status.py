"""How a data request stands: whose move it is, what is still open, what both sides have the same. Pure."""

from datetime import datetime, timedelta
from typing import Literal

from handlers.agreements.clauses import is_complete
from handlers.checks.dates import day_in
from handlers.data_requests.rules.clauses import SET_UP_PARTS, TERMS
from storage.data_requests.data_requests import DataRequest, Side, State, Term
from storage.records.offers import Offer

Role = Literal["requester", "owner", "admin", "other", "clock"]

#: What nobody agreed on ends so long after the day on which it was needed.
EXPIRES_AFTER = timedelta(days=30)
TALKING: tuple[State, ...] = ("open", "needs info", "negotiating")
ENDED: tuple[State, ...] = ("declined", "withdrawn", "expired")


def roles_of(request: DataRequest, user_id: str, *, is_admin: bool) -> frozenset[Role]:
    """Return every role that a person has in a request; whoever has none is another."""
    told: dict[Role, bool] = {
        "requester": user_id == request.requester, "owner": user_id == request.owner != "", "admin": is_admin,
    }  # fmt: skip
    found: frozenset[Role] = frozenset(role for role, has in told.items() if has)
    return found or frozenset(("other",))


def named(state: State) -> str:
    return "a draft" if state == "draft" else "waiting for an answer" if state == "needs info" else state


def waits_for(request: DataRequest) -> str:
    """Say whose move it is, in words; empty where it waits for nobody."""
    match request.state:
        case "draft":
            return "who asks: fill it in and send it"
        case "needs info":
            return "who asks: answer the question"
        case "agreed":
            return "who owns the data: deliver it"
        case "delivered":
            return "who asks: check it, then accept it or send it back"
        case "open" | "negotiating" | "changed":
            did = "offer, ask, agree or decline" if request.state == "open" else "agree, or change the terms"
            return f"{'who owns the data' if request.turn == 'owner' else 'who asks'}: {did}"
        case _:
            return ""


def gaps(request: DataRequest) -> list[str]:
    """Return what is still to be settled before anybody can agree, each in a few words."""
    found = [] if request.owner else ["nobody owns the data yet"]
    parts = SET_UP_PARTS.get(request.set_up, ())
    found += [each.label.rstrip("?") for each in parts if not each.may_lack and not request.more.get(each.id)]
    for term_id, kind in TERMS.items():
        term = request.terms.get(term_id)
        said = agreed_offer(term) if term else None
        if term is not None and term.asked and term.offered and said is None:
            found.append(f"{kind.label}: asked and offered differ")
        elif said is None:
            found += [kind.label] if kind.is_required else []
        elif not is_complete(kind, said):
            found.append(f"{kind.label}: not filled in to the end")
        elif said.stance == "unknown":
            found.append(f"{kind.label}: still to be found out")
    return found


def agreed_offer(term: Term) -> Offer | None:
    """Return what both sides would agree to: the same on both, or what one has said and the other left so."""
    if term.asked is None or term.offered is None:
        return term.asked or term.offered
    return term.asked if term.asked.says_the_same(term.offered) else None


def settled_terms(request: DataRequest) -> dict[str, Offer]:
    """Return the terms on which both sides have the same, by their ids."""
    found = {term_id: agreed_offer(term) for term_id, term in request.terms.items()}
    return {term_id: said for term_id, said in found.items() if said is not None}


def said_part(request: DataRequest, term_id: str, part: str) -> str:
    """Return one part of a term as both sides have it; empty where it is not said."""
    said = settled_terms(request).get(term_id)
    return said.parts.get(part, "") if said is not None and said.stance == "value" else ""


def is_one_sided(request: DataRequest) -> bool:
    """Tell whether one person would be both sides of it, which only public data allows."""
    return request.owner == request.requester and request.set_up != "public"


def is_recurring(request: DataRequest) -> bool:
    return said_part(request, "evolution", "kind") == "recurring"


def is_overdue(request: DataRequest, now: datetime) -> bool:
    """Tell whether the day has passed on which the data was needed, and it is not there."""
    is_waited_for = request.state in (*TALKING, "agreed", "changed")
    return is_waited_for and bool(request.needed_by) and request.needed_by < now.date().isoformat()


def is_expired(request: DataRequest, now: datetime) -> bool:
    needed_by = day_in(request.needed_by) if request.state in TALKING else None
    return needed_by is not None and now.date() - needed_by > EXPIRES_AFTER


def sides_left(request: DataRequest, roles: frozenset[Role]) -> list[Side]:
    """Return the sides for which somebody has not agreed to these terms yet."""
    has = request.agreements
    listed: tuple[Side, ...] = ("requester", "owner")
    return [
        side for side in listed if side in roles and (side not in has or has[side].version != request.terms_version)
    ]
