"""Writes what becomes of data requests and says it where it belongs: in the thread, to the owner, to followers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.access.visibility import may_hear
from handlers.agreements.pinned_definitions import lines_of, senses_of
from handlers.checks.outcomes import Refused
from handlers.data_requests import contract
from handlers.data_requests.contract import Contract
from handlers.data_requests.messages import record
from handlers.data_requests.messages import thread as thread_views
from handlers.data_requests.rules.moves import Move, move
from handlers.data_requests.rules.status import settled_terms
from handlers.data_requests.rules.wording import people_in
from handlers.slack.blocks import Message
from handlers.slack.message_text import link_to
from handlers.slack.replies import as_body, direct
from storage.data_requests import checks, data_requests
from storage.data_requests import notes as data_notes
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.decisions.decisions import Decision, NewDecision
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox import threads
from storage.outbox.deliveries import Delivery, due_at_once
from storage.outbox.threads import Thread
from storage.records.ids import new_id
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.workspaces.people import known_names, note_names
from storage.workspaces.workspaces import note_place

_POSTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class At:
    """When something becomes of a request.

    ``members`` may be told of it, with None everybody but who is ``gone``; ``names`` are those of people whom the
    store may not know.
    """

    members: frozenset[str] | None
    now: datetime
    names: Mapping[str, str] = field(default_factory=dict)
    team_url: str = ""
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """A request as it is now, and what is said of it."""

    request: DataRequest
    messages: Sequence[Delivery] = ()


def draft(transaction: Transaction, new: DataRequest, at: At) -> DataRequest:
    """Begin a draft, with the next number of its place."""
    if new.visibility != WORKSPACE:
        note_place(transaction, new.team_id, new.visibility)
    number = data_requests.next_number(transaction, new.team_id, new.visibility)
    request = new.model_copy(update={"number": number, "created_at": to_text(at.now), "changed_at": to_text(at.now)})
    data_requests.add(transaction, request, HistoryEntry(at=to_text(at.now), by=new.requester, what="began a draft"))
    return request


def take(transaction: Transaction, old: DataRequest, made: Move, at: At) -> Kept | Refused:
    """Make a move with a request that was just read, and say it."""
    changes = move(old, made, at.now)
    if isinstance(changes, Refused):
        return changes
    note_names(transaction, old.team_id, at.names)
    event = HistoryEntry(at=to_text(at.now), by=made.by, what=thread_views.did(made), note=thread_views.note_of(made))
    is_sent = made.act == "send"
    thread = new_id() if is_sent else old.thread
    new = data_requests.change(transaction, old, {**changes, "thread": thread}, event)
    if new.state == "draft" or not thread:
        return Kept(new)
    if new.state == "agreed" and old.state != "agreed" and made.act == "agree":
        new = _recorded(transaction, new, at)
    said = _opened(transaction, new, at) if is_sent else _in_thread(transaction, old, new, made, at)
    return Kept(new, [*said, *_told(old, new, made, at), *_agreed(transaction, old, new, made, at)])


def _recorded(transaction: Transaction, request: DataRequest, at: At) -> DataRequest:
    """Put the agreement into the decision log."""
    told = f"Data for {request.entity}, as agreed in {request.number}"
    new = NewDecision(
        visibility=request.visibility, title=told[:200], why=request.purpose[:3000], decider=request.owner,
        component_id=request.component_id, consulted=(request.requester,), senses=request.senses,
        place=request.channel, source_link=_link(transaction, request, at)[:300],
    )  # fmt: skip
    decision = decisions.write_down(transaction, request.team_id, new, request.owner, to_text(at.now))
    _replace_earlier(transaction, request, decision, at)
    event = HistoryEntry(at=to_text(at.now), by="", what=f"recorded the agreement as {decision.number}")
    return data_requests.change(transaction, request, {"agreed_in": decision.number}, event)


def _replace_earlier(transaction: Transaction, request: DataRequest, decision: Decision, at: At) -> None:
    """Put an agreement in the place of the one before it, with links both ways."""
    earlier = decisions.by_number(transaction, request.team_id, request.agreed_in, [request.visibility])
    if earlier is None or earlier.state != "accepted":
        return
    decisions.put_in_place_of(transaction, earlier, decision, request.owner, to_text(at.now))


def repost(transaction: Transaction, old: DataRequest, by: str, channel: str, at: At) -> Kept:
    """Open a new thread for a request whose thread is lost; what is left of the old one says so."""
    event = HistoryEntry(at=to_text(at.now), by=by, what="opened a new thread")
    new = data_requests.change(transaction, old, {"thread": new_id(), "channel": channel}, event)
    moved = _delivery("update", old, thread_views.moved(old), at)
    return Kept(new, [moved, *_opened(transaction, new, at)])


def is_lost(reader: Reader, request: DataRequest) -> bool:
    """Tell whether Slack takes no more in a request's thread."""
    thread = threads.thread(reader, request.thread)
    return thread is None or bool(thread.problem)


def refreshed(reader: Reader, request: DataRequest, at: At) -> Delivery:
    """Return what puts the first message of the thread right."""
    message = record.header(shown(reader, request, at))
    return _delivery("update", request, message, at)


def said_in_thread(request: DataRequest, message: Message, at: At) -> Delivery:
    return _delivery("post", request, message, at)


def shown(reader: Reader, request: DataRequest, at: At) -> record.Shown:
    """Return a request with what stands beside it in the store."""
    team_id, visible = request.team_id, (WORKSPACE, request.visibility)
    part = responsibilities.component(reader, team_id, request.component_id) if request.component_id else None
    decision = decisions.by_id(reader, team_id, request.decision_id) if request.decision_id else None
    serves = f"{decision.number} {decision.title}" if decision is not None and decision.visibility in visible else ""
    return record.Shown(
        request, names_in(reader, request, at), serves, part.name if part and part.visibility in visible else "",
        lines_of(reader, team_id, request.senses, request.visibility),
        data_notes.of_data(reader, team_id, request.data_key, visible) if request.data_key else (),
        checks.of_request(reader, team_id, request.id),
    )  # fmt: skip


def names_in(reader: Reader, request: DataRequest, at: At) -> dict[str, str]:
    """Return the names of everybody in a request, as far as they are known."""
    notes = data_notes.of_data(reader, request.team_id, request.data_key, (WORKSPACE, request.visibility))
    people = [*people_in(request), *(each.author for each in notes)]
    return {**known_names(reader, request.team_id, list(dict.fromkeys(people))), **at.names}


def contract_of(reader: Reader, request: DataRequest, at: At) -> Contract:
    """Return what a contract is made from."""
    senses = senses_of(reader, request.team_id, request.senses, request.visibility)
    return Contract(request, settled_terms(request), names_in(reader, request, at), senses)


def _opened(transaction: Transaction, request: DataRequest, at: At) -> list[Delivery]:
    opener = _delivery("post", request, record.header(shown(transaction, request, at)), at)
    threads.add(
        transaction,
        Thread(id=request.thread, team_id=request.team_id, channel=request.channel, opener=opener.id, about=request.id),
    )
    return [opener]


def _in_thread(reader: Reader, old: DataRequest, new: DataRequest, made: Move, at: At) -> list[Delivery]:
    said = thread_views.became(old, new, made, names_in(reader, new, at))
    return [_delivery("post", new, said, at), refreshed(reader, new, at)]


def _told(old: DataRequest, new: DataRequest, made: Move, at: At) -> list[Delivery]:
    """Tell a new owner once, and followers what became of it."""
    told: dict[str, Message] = {}
    is_turn = (old.state, old.turn, len(old.deliveries)) != (new.state, new.turn, len(new.deliveries))
    if is_turn:
        told |= dict.fromkeys(new.followers, thread_views.for_follower(new, made))
    for term_id, said in _unknown(new).items():
        is_new = made.act == "send" or old.terms.get(term_id) != new.terms[term_id]
        if is_new and said.finder != made.by:
            told[said.finder] = thread_views.for_finder(new, term_id, said, made.by)
    if new.owner and (made.act == "send" or new.owner != old.owner) and new.owner != made.by:
        told[new.owner] = thread_views.for_owner(new, made.by)
    return [
        direct(new.team_id, who, message, at.now)
        for who, message in told.items()
        if who != made.by and who not in at.gone and may_hear(at.members, who)
    ]


def _unknown(request: DataRequest) -> dict[str, Offer]:
    said = settled_terms(request)
    return {term_id: each for term_id, each in said.items() if each.stance == "unknown" and each.finder and each.until}


def _agreed(reader: Reader, old: DataRequest, new: DataRequest, made: Move, at: At) -> list[Delivery]:
    """Put the contract into the thread once both sides have agreed."""
    if not (new.state == "agreed" and old.state != "agreed" and made.act == "agree"):
        return []
    made_of = contract_of(reader, new, at)
    files = (
        (contract.file_name(new), contract.odcs(made_of), thread_views.contract_comment(new)),
        (contract.file_name(new, "md"), contract.markdown(made_of), "The same for people."),
    )
    return [
        Delivery(
            act="upload", team_id=new.team_id, visibility=new.channel, lane=new.channel, thread=new.thread,
            body={"channel": new.channel, "filename": name, "content": text, "comment": comment},
            **due_at_once(at.now, _POSTS_KEPT),
        )
        for name, text, comment in files
    ]  # fmt: skip


def _link(reader: Reader, request: DataRequest, at: At) -> str:
    thread = threads.thread(reader, request.thread)
    return link_to(at.team_url, thread.channel, thread.ts) if thread is not None else ""


def _delivery(act: str, request: DataRequest, message: Message, at: At) -> Delivery:
    return Delivery.model_validate({
        "act": act, "team_id": request.team_id, "visibility": request.channel, "lane": request.channel,
        "thread": request.thread, "body": {"channel": request.channel, **as_body(message)},
        **due_at_once(at.now, _POSTS_KEPT),
    })  # fmt: skip
