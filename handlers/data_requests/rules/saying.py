"""What changes in a data request when a side says something of its terms. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from handlers.data_requests.rules.clauses import gaps
from storage.data_requests.data_requests import DataRequest, Side, Term
from storage.engine.interface import to_text
from storage.records.offers import Agreement, Offer

Changes = Mapping[str, object]


def with_terms(request: DataRequest, offers: Mapping[str, Offer], side: Literal["asked", "offered"]) -> Changes:
    """Return the terms with what one side says now, and the senses that they use by it."""
    old = {term_id: request.terms.get(term_id, Term()) for term_id in offers}
    said = {term_id: old[term_id].model_copy(update={side: offer}) for term_id, offer in offers.items()}
    terms = {**request.terms, **said}
    used = [term.agreed or term.asked for term in terms.values()]
    return {"terms": terms, "senses": tuple(dict.fromkeys(pin for each in used if each for pin in each.senses))}


def after_change(request: DataRequest, turn: Side) -> Changes:
    """Return what any change of the terms does: it is a new version, and both sides are asked again."""
    if request.state == "draft":
        return {}
    if request.state == "needs info" and turn == "owner":
        return {"terms_version": request.terms_version + 1}
    state = "changed" if request.state == "changed" else "negotiating"
    state = "open" if request.state == "open" and turn == "owner" else state
    fresh = {"agreements": {}, "terms_version": request.terms_version + 1, "question": "", "agreed_at": ""}
    return {"state": state, "turn": turn, **fresh}


def standing_by(request: DataRequest, changes: Changes, side: Side, by: str, now: datetime) -> Changes:
    """Return changes of terms with the agreement of the side that makes them, where they leave nothing open.

    Who says all that is to be agreed on agrees to it; nobody is asked to press once more for that.
    """
    new = request.model_copy(update=dict(changes))
    if new.state not in ("open", "negotiating", "changed") or gaps(new):
        return changes
    return {**changes, "agreements": {side: Agreement(user_id=by, version=new.terms_version, at=to_text(now))}}
