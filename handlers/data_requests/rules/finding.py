"""What somebody who was asked to find out a term says of it, and what becomes of the request by it. Pure."""

from collections.abc import Mapping

from handlers.checks.outcomes import Refused
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.status import ENDED, TALKING, settled_terms
from storage.data_requests.data_requests import DataRequest
from storage.records.offers import Offer


def to_find(request: DataRequest, user_id: str) -> list[str]:
    """Return the terms that both sides have left to somebody to find out, by their ids."""
    if request.state in ENDED:
        return []
    settled = settled_terms(request).items()
    return [term_id for term_id, said in settled if said.stance == "unknown" and said.finder == user_id]


def why_not_find(request: DataRequest, term_id: str, user_id: str) -> Refused | None:
    """Say why somebody cannot answer a term."""
    if term_id in to_find(request, user_id):
        return None
    said = settled_terms(request).get(term_id)
    if said is not None and said.stance != "unknown":
        return Refused(f"{TERMS[term_id].label} has already been found out.")
    return Refused("The two sides haven't asked you to find this out, or no longer need it.")


def found(request: DataRequest, term_id: str, offer: Offer) -> Mapping[str, object]:
    """Return the changes by an answer: it stands for both sides, since both had left it to whoever gives it.

    What is agreed stays so, with the answer in it; what is still talked about is a new version to agree to.
    """
    term = request.terms[term_id]
    sides = {"asked": term.asked, "offered": term.offered}
    answered = {name: offer for name, said in sides.items() if said is not None and said.stance == "unknown"}
    terms = {**request.terms, term_id: term.model_copy(update=answered)}
    if request.state in TALKING:
        return {"terms": terms, "agreements": {}, "terms_version": request.terms_version + 1}
    agreed = {term_id: offer} if term_id in request.agreed_terms else {}
    return {"terms": terms, "agreed_terms": {**request.agreed_terms, **agreed}}
