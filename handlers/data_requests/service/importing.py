"""Takes in a contract that was read from a file: as a new draft, or as terms proposed to both sides of a request."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.access.recipients import Facts
from handlers.agreements.clauses import people_named
from handlers.agreements.pinned_definitions import senses_of
from handlers.checks.outcomes import Refused
from handlers.data_requests.formats.odcs import odcs
from handlers.data_requests.formats.reading import Read, read
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.parsing import data_key
from handlers.data_requests.rules.saying import with_terms
from handlers.data_requests.rules.wording import people_in
from handlers.data_requests.service import drafts, requests
from handlers.data_requests.service.drafts import Saved
from handlers.data_requests.service.showing import contract_of
from storage.data_requests.data_requests import DataRequest, Term
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.records.ids import new_id
from storage.records.offers import Offer
from storage.workspaces.people import known_names
from storage.workspaces.workspaces import known_workspace


@dataclass(frozen=True, slots=True)
class Plan:
    """A request as a file fills it in, or what it proposes for one, and a line for each thing that is not kept."""

    request: DataRequest
    offers: Mapping[str, Offer]
    lost: Sequence[str]


def new_request(reader: Reader, team_id: str, told: Read, requester: str, facts: Facts) -> Plan:
    """Return the draft that a file fills in for somebody; who and what is not known here is left out."""
    offers, lost = _known_here(reader, team_id, told, WORKSPACE, [])
    owner = told.people.get("owner", "")
    if owner and (owner == requester or not known_names(reader, team_id, [owner])):
        lost.append(f"owner {owner}: {'is the requester too' if owner == requester else 'is nobody known here'}")
        owner = ""
    about = {"team_id": team_id, "requester": requester, "created_at": to_text(facts.now), "changed_at": ""}
    kept = {"owner": owner, "data_key": data_key(told.facts["entity"]), "set_up": told.set_up, "more": dict(told.more)}
    channel = known_workspace(reader, team_id).data_channel
    request = DataRequest.model_validate(
        {"id": new_id(), "number": "", "channel": channel, **about, **kept, **told.facts}
    )
    signed = {
        each: offer.model_copy(update={"by": requester, "at": to_text(facts.now)}) for each, offer in offers.items()
    }
    return Plan(request.model_copy(update=dict(with_terms(request, signed, "asked"))), signed, lost)


def changes_of(reader: Reader, request: DataRequest, told: Read) -> Plan:
    """Return the terms of a file that differ from those that stand in a request."""
    offers, lost = _known_here(reader, request.team_id, told, request.visibility, people_in(request))
    stands = read(odcs(contract_of(reader, request, {})))
    known = {} if isinstance(stands, str) else stands.offers
    new = {each: offer for each, offer in offers.items() if each not in known or not _is_same(offer, known[each])}
    lost += [f"{TERMS[each].label.lower()}: isn't in the file, so it stays" for each in known if each not in offers]
    return Plan(request, new, lost)


def _is_same(one: Offer, other: Offer) -> bool:
    return one.model_copy(update={"senses": ()}).says_the_same(other.model_copy(update={"senses": ()}))


def begin(transaction: Transaction, plan: Plan, facts: Facts) -> Saved:
    return Saved(drafts.draft(transaction, plan.request, facts))


def propose(transaction: Transaction, plan: Plan, file_name: str, facts: Facts) -> Saved | Refused:
    """Propose terms to both sides: neither has said them, so each of them reads them first, and one says them."""
    terms = {each: Term(offered=offer.model_copy(update={"source": file_name})) for each, offer in plan.offers.items()}
    told = ", ".join(TERMS[each].label.lower() for each in terms)
    note = f"Proposed to both sides, from {file_name}: {told}. Open the terms, check them, and save."
    return requests.propose(transaction, plan.request, terms, note, facts)


def _known_here(
    reader: Reader, team_id: str, told: Read, visibility: str, known: Sequence[str]
) -> tuple[dict[str, Offer], list[str]]:
    """Return the terms of a file with the people and definitions that are known here, and what is left out of them."""
    lost = list(told.lost)
    named = [who for each, offer in told.offers.items() for who in _people(each, offer)]
    there = {*known, *known_names(reader, team_id, named)}
    offers: dict[str, Offer] = {}
    for term_id, offer in told.offers.items():
        strangers = [who for who in _people(term_id, offer) if who not in there]
        lost += [f"{TERMS[term_id].label.lower()}: {who} is nobody known here" for who in strangers]
        parts = {name: text for name, text in offer.parts.items() if text not in strangers}
        if offer.finder not in strangers and (parts or offer.stance != "value"):
            offers[term_id] = offer.model_copy(update={"parts": parts})
    pins = [f"{sense.id}:{version}" for sense, version in senses_of(reader, team_id, told.pins, visibility)]
    lost += [f"definition {each}: isn't known here" for each in told.pins if each not in pins]
    if pins and "schema" in offers:
        offers["schema"] = offers["schema"].model_copy(update={"senses": tuple(pins)})
    return offers, lost


def _people(term_id: str, offer: Offer) -> Iterable[str]:
    return [*people_named(TERMS[term_id].parts, offer.values), *([offer.finder] if offer.finder else [])]
