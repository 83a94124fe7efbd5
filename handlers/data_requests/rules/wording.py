"""A data request in people's words: what a side says of a term, and how all of it stands. Pure."""

from handlers.agreements.clauses import Names, TermKind, offer_words, part_words, people_named
from handlers.data_requests.rules.clauses import SET_UP_LABELS, SET_UP_PARTS, TERMS
from storage.data_requests.data_requests import DataRequest, Term
from storage.records.offers import Offer


def title(request: DataRequest) -> str:
    return request.entity or "Untitled data request"


def term_lines(request: DataRequest, names: Names) -> list[tuple[str, str]]:
    """Return each term of which something is said: its label, and what is asked and offered, or agreed."""
    said = [(kind, request.terms[term_id]) for term_id, kind in TERMS.items() if term_id in request.terms]
    return [(kind.label, term_words(request, kind, term, names)) for kind, term in said]


def term_words(request: DataRequest, kind: TermKind, term: Term, names: Names) -> str:
    said = term.agreed
    if said is not None and request.state in ("agreed", "delivered", "accepted"):
        return offer_words(kind, said, names)
    asked, offered = offer_words(kind, term.asked, names), offer_words(kind, term.offered, names)
    before = request.agreed_terms.get(kind.id)
    agreed = f" (agreed before: {offer_words(kind, before, names)})" if before and said and before != said else ""
    if term.asked is not None and term.offered is not None and said is not None:
        return f"both sides: {offer_words(kind, said, names)}{agreed}"
    both = {"requested": asked, "offered": offered}
    return " · ".join(f"{label}: {text}" for label, text in both.items() if text) + agreed


def set_up_words(request: DataRequest, names: Names) -> list[str]:
    """Return where the data comes from, and what goes with that, a line each."""
    if not request.set_up:
        return []
    told = [each for each in SET_UP_PARTS[request.set_up] if request.more.get(each.id)]
    lines = [f"{each.label.rstrip('?')}: {part_words(each, request.more[each.id], names)}" for each in told]
    return [SET_UP_LABELS[request.set_up], *lines]


def _offers(request: DataRequest) -> list[tuple[TermKind, Offer]]:
    said = [(TERMS[term_id], each) for term_id, term in request.terms.items() for each in (term.asked, term.offered)]
    return [(kind, each) for kind, each in said if each is not None]


def finders_of(request: DataRequest) -> list[str]:
    return [each.finder for _, each in _offers(request) if each.finder]


def people_in(request: DataRequest) -> list[str]:
    named = [who for kind, each in _offers(request) for who in people_named(kind.parts, each.parts)]
    more = people_named(SET_UP_PARTS.get(request.set_up, ()), request.more)
    found = (request.requester, request.owner, *finders_of(request), *named, *more, *request.followers)
    return [each for each in dict.fromkeys(found) if each]
