"""A data request in people's words: what a side says of a term, and how all of it stands. Pure."""

import re
from collections.abc import Mapping, Sequence

from handlers.data_requests.standing import agreed_offer
from handlers.data_requests.terms import SET_UP_LABELS, SET_UP_PARTS, TERMS, Part, TermKind
from handlers.data_requests.writing_rules import columns_in
from storage.data_requests import DataRequest, Offer, Term

Names = Mapping[str, str]


def title(request: DataRequest) -> str:
    return request.entity or "Data request without a name yet"


def offer_words(kind: TermKind, said: Offer | None, names: Names) -> str:
    """Return what a side says of a term in one line; empty where it says nothing."""
    if said is None:
        return ""
    if said.stance == "not needed":
        return f"not needed because {said.reason}"
    if said.stance == "unknown":
        return f"unknown: {person_name(said.finder, names)} finds out by {said.until}"
    return _value_words(kind, said.parts, names)


def person_name(user_id: str, names: Names) -> str:
    return names.get(user_id, "somebody") if user_id else "nobody"


def part_words(part: Part, text: str, names: Names) -> str:
    """Return one part as people read it: names of people, labels of choices, per cent with its sign."""
    match part.kind:
        case "person":
            return person_name(text, names)
        case "percent":
            return f"{text.removesuffix('%').strip()} %"
        case "choice":
            return next((label.lower() for label, value in part.options if value == text), text)
        case "columns":
            found = columns_in(text)
            return text if isinstance(found, str) else f"{len(found)} columns: {', '.join(each.name for each in found)}"
        case _:
            return " ".join(text.split())


def _value_words(kind: TermKind, parts: Mapping[str, str], names: Names) -> str:
    parts = {name: re.sub(r"^so that\s+", "", text, flags=re.IGNORECASE) for name, text in parts.items()}
    told = {each.id: each.told.format(part_words(each, parts[each.id], names))
            for each in kind.parts if parts.get(each.id)}  # fmt: skip
    if not kind.sentence:
        return ", ".join(told.values())
    return kind.sentence.format_map({each.id: "" if each.may_lack else "?" for each in kind.parts} | told)


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


def people_named(parts: Sequence[Part], told: Mapping[str, str]) -> list[str]:
    """Return the people who were chosen in some parts."""
    return [told[part.id] for part in parts if part.kind == "person" and told.get(part.id)]


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
