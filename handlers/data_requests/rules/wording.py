"""A data request in people's words: what a side says of a term, and how all of it stands. Pure."""

from handlers.agreements.clauses import Names, TermKind, offer_words, part_words, people_named
from handlers.data_requests.rules.clauses import SET_UP_LABELS, SET_UP_PARTS, TERMS
from handlers.data_requests.rules.status import agreed_offer
from storage.data_requests.data_requests import DataRequest, Term


def title(request: DataRequest) -> str:
    return request.entity or "Data request without a name yet"


def term_lines(request: DataRequest, names: Names) -> list[tuple[str, str]]:
    """Return each term of which something is said: its label, and what is asked, offered and agreed."""
    found = []
    for term_id, kind in TERMS.items():
        if (term := request.terms.get(term_id)) is not None:
            found.append((kind.label, term_words(request, kind, term, names)))
    return found


def term_words(request: DataRequest, kind: TermKind, term: Term, names: Names) -> str:
    said = agreed_offer(term)
    if said is not None and request.state in ("agreed", "delivered", "accepted"):
        return f"agreed: {offer_words(kind, said, names)}"
    asked, offered = offer_words(kind, term.asked, names), offer_words(kind, term.offered, names)
    before = request.agreed_terms.get(kind.id)
    agreed = f" (agreed before: {offer_words(kind, before, names)})" if before and said and before != said else ""
    if term.asked is not None and term.offered is not None and said is not None:
        return f"the same on both sides: {asked}{agreed}"
    return " | ".join(
        f"{label}: {text}" for label, text in (("asked", asked), ("offered", offered)) if text
    ) + agreed  # fmt: skip


def set_up_words(request: DataRequest, names: Names) -> list[str]:
    """Return where the data comes from, and what goes with that, a line each."""
    if not request.set_up:
        return []
    parts = SET_UP_PARTS[request.set_up]
    told = [f"{each.label.rstrip('?')}: {part_words(each, request.more[each.id], names)}" for each in parts
            if request.more.get(each.id)]  # fmt: skip
    return [SET_UP_LABELS[request.set_up], *told]


def people_in(request: DataRequest) -> list[str]:
    """Return everybody who is named in a request."""
    offers = [each for term in request.terms.values() for each in (term.asked, term.offered) if each is not None]
    named = [
        person
        for term_id, term in request.terms.items()
        for said in (term.asked, term.offered)
        if said is not None
        for person in people_named(TERMS[term_id].parts, said.parts)
    ]
    more = people_named(SET_UP_PARTS.get(request.set_up, ()), request.more)
    found = [request.requester, request.owner, *(each.finder for each in offers), *named, *more, *request.followers]
    return [each for each in dict.fromkeys(found) if each]
