"""What one person fills in within a few minutes is one sitting, and told once. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from handlers.data_requests.rules.moves import Move
from storage.data_requests.data_requests import DataRequest, Sitting, Term
from storage.engine.interface import to_text
from storage.records.ids import new_id
from storage.records.offers import Offer

_LASTS = timedelta(minutes=5)


def sitting_with(request: DataRequest, made: Move, now: datetime) -> Sitting | None:
    """Return the sitting that a move belongs to: the last one, a new one, or None where it is a step of its own."""
    if made.act not in ("edit", "offer") or request.state == "draft":
        return None
    last = request.sitting
    is_theirs = last is not None and (last.by, last.act) == (made.by, made.act)
    if last is not None and is_theirs and now - datetime.fromisoformat(last.at) < _LASTS:
        return last
    return Sitting(by=made.by, act=made.act, at=to_text(now), version=request.version, reply=new_id())


def said_since(begin: DataRequest, request: DataRequest, sitting: Sitting) -> dict[str, Offer]:
    """Return what a side has said of terms since its sitting began, by their ids."""
    before = _of_side(begin.terms, sitting)
    now = _of_side(request.terms, sitting)
    return {name: said for name, said in now.items() if name not in before or not before[name].says_the_same(said)}


def _of_side(terms: Mapping[str, Term], sitting: Sitting) -> dict[str, Offer]:
    said = {name: term.offered if sitting.act == "offer" else term.asked for name, term in terms.items()}
    return {name: offer for name, offer in said.items() if offer is not None}
