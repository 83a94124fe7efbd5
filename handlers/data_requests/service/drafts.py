"""Drafts of data requests, and what every change of a request goes by: how it is now, and who acts in which roles.

What may not be done, or concerns what is not there for who tries, ends as Refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.access.recipients import Facts, notify, post
from handlers.checks.dates import is_past
from handlers.checks.outcomes import Refused
from handlers.data_requests.messages import thread
from handlers.data_requests.rules.status import Role, roles_of
from handlers.slack.blocks import Message
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest, Term
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.ids import new_id
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.workspaces.workspaces import note_place

GONE = Refused("No data request here has that number, or you can't see it here.")
_COPIED = {"team_id", "visibility", "purpose", "serves", "component_id", "decision_id", "entity", "data_key"}
_COPIED |= {"population", "known", "set_up", "more", "channel", "senses"}


@dataclass(frozen=True, slots=True)
class Saved:
    """A request as it is now, and what is said of it."""

    request: DataRequest
    messages: Sequence[Delivery] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a side says of a term, and the mark of how the term stood when they began to."""

    term_id: str
    offer: Offer
    seen: str = ""


def read_again(reader: Reader, request: DataRequest, facts: Facts) -> DataRequest | None:
    """Return a request as it is now, as far as it is shown to who acts: what was never sent to who began it alone."""
    found = data_requests.by_id(reader, request.team_id, request.id)
    is_shown = found is not None and found.visibility in facts.visible and (found.thread or found.requester == facts.by)
    return found if is_shown else None


def begun(transaction: Transaction, request: DataRequest, facts: Facts) -> DataRequest:
    current = data_requests.by_id(transaction, request.team_id, request.id)
    return current if current is not None else draft(transaction, request, facts)


def roles_in(request: DataRequest, facts: Facts) -> frozenset[Role]:
    return roles_of(request, facts.by, is_admin=facts.is_admin)


def announced(reader: Reader, request: DataRequest, message: Message, facts: Facts) -> list[Delivery]:
    """Return what is said of a request: in its thread, or to its two sides alone where guests would read that."""
    if not facts.is_limited:
        return [post(thread.place_of(request), message, facts.now)]
    return notify(reader, request.team_id, dict.fromkeys((request.requester, request.owner), message), facts)


def event_of(facts: Facts, what: str, note: str = "") -> HistoryEntry:
    return HistoryEntry(at=to_text(facts.now), by=facts.by, what=what, note=note)


def draft(transaction: Transaction, new: DataRequest, facts: Facts) -> DataRequest:
    """Begin a draft, with the next number of its place."""
    if new.visibility != WORKSPACE:
        note_place(transaction, new.team_id, new.visibility)
    number, at = data_requests.next_number(transaction, new.team_id, new.visibility), to_text(facts.now)
    request = new.model_copy(update={"number": number, "created_at": at, "changed_at": at})
    data_requests.add(transaction, request, event_of(facts, "began a draft"))
    return request


def copy(transaction: Transaction, request: DataRequest, owner: str, facts: Facts) -> Saved | Refused:
    """Begin a draft with what another request asks for, with an owner, if any; or go on with one that was begun so."""
    current = read_again(transaction, request, facts)
    if current is None:
        return GONE
    theirs = data_requests.with_person(transaction, current.team_id, facts.by, (current.visibility,))
    begun_so = [each for each in theirs if each.state == "draft" and each.copied_from == current.number]
    if mine := [each for each in begun_so if each.requester == facts.by]:
        return Saved(mine[-1])
    new = DataRequest(id=new_id(), team_id=current.team_id, number="", requester=facts.by, created_at="", changed_at="")
    asked = {term_id: Term(asked=term.asked or term.offered) for term_id, term in current.terms.items()}
    kept = {name: getattr(current, name) for name in _COPIED}
    day = "" if is_past(current.needed_by, facts.now.date()) else current.needed_by
    kept |= {"terms": asked, "copied_from": current.number, "owner": owner, "needed_by": day}
    return Saved(draft(transaction, new.model_copy(update=kept), facts))
