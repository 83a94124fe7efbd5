"""Writes feedback and what becomes of it, and finds who is to be told; inside a write."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.access.recipients import At, messages
from handlers.checks.outcomes import Refused
from handlers.feedback import messages as views
from handlers.feedback.rules import moves, routing
from handlers.feedback.rules.moves import Step
from storage.data_requests import data_requests
from storage.data_requests.data_requests import STATES
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.feedback import feedback
from storage.feedback.feedback import ITEMS, Feedback
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people, known_names
from storage.workspaces.workspaces import note_place


@dataclass(frozen=True, slots=True)
class Kept:
    """Feedback as it is now, and what others are told."""

    item: Feedback
    messages: Sequence[Delivery] = ()


def report(transaction: Transaction, new: Feedback, component: Component, at: At) -> Kept:
    """Write down what somebody reports, with the next number of its place, and tell who it goes to."""
    if new.visibility != WORKSPACE:
        note_place(transaction, new.team_id, new.visibility)
    number = feedback.next_number(transaction, new.team_id, new.visibility)
    at_text = to_text(at.now)
    receiver = whose_move(transaction, new, component, at)
    dated = {"created_at": at_text, "changed_at": at_text, "moved_at": at_text}
    item = new.model_copy(update={"number": number, "receiver": receiver, **dated})
    ITEMS.add(transaction, item, HistoryEntry(at=to_text(at.now), by=at.by, what="reported it"))
    return Kept(item, messages(transaction, item.team_id, {receiver: views.for_receiver(item, component)}, at))


def take(transaction: Transaction, item: Feedback, component: Component, taken: Step, at: At) -> Kept | Refused:
    """Take a step with feedback that was just read, and tell everybody who reported it."""
    changes = moves.step(item, taken)
    if isinstance(changes, Refused):
        return changes
    event = HistoryEntry(at=to_text(at.now), by=taken.by, what=views.did(taken), note=taken.note)
    new = ITEMS.change(transaction, item, {**changes, "moved_at": event.at}, event)
    told = dict.fromkeys(moves.reporters(new), views.for_reporter(new, component, taken))
    if taken.act == "reopen":
        people = (whose_move(transaction, new, component, at), item.by)
        told |= dict.fromkeys(people, views.for_team(new, component, taken))
    return Kept(new, messages(transaction, item.team_id, told, at))


def whose_move(reader: Reader, item: Feedback, component: Component, at: At) -> str:
    """Return who feedback goes to now, of those who may hear of it; the admins where nobody else is left."""
    people = routing.receivers(reader, component, gone_people(reader, item.team_id))
    return routing.receiver((*routing.first_of(people, item), *at.admins), at.members)


def join(transaction: Transaction, item: Feedback, at: At) -> Feedback:
    """Add somebody who reports the same; who has is left as they are."""
    if at.by in moves.reporters(item):
        return item
    event = HistoryEntry(at=to_text(at.now), by=at.by, what="reports the same")
    return ITEMS.change(transaction, item, {"joined": (*item.joined, at.by)}, event)


def shown(reader: Reader, item: Feedback, component: Component, at: At) -> views.Shown:
    """Return feedback with what stands beside it in the store."""
    receiver = whose_move(reader, item, component, at)
    people = [*moves.reporters(item), item.by, receiver]
    visible = [each for each in (WORKSPACE, item.visibility) if each in at.visible]
    return views.Shown(
        item, component, receiver, requests_for(reader, item, visible),
        {**known_names(reader, item.team_id, people), **at.names}, at.now,
    )  # fmt: skip


def requests_for(reader: Reader, item: Feedback, visible: Sequence[str]) -> list[data_requests.DataRequest]:
    """Return the data requests that were opened for feedback and sent."""
    return [each for each in all_requests_for(reader, item) if each.thread and each.visibility in visible]


def all_requests_for(reader: Reader, item: Feedback) -> list[data_requests.DataRequest]:
    every = data_requests.in_states(reader, item.team_id, STATES)
    return [each for each in every if each.feedback_id == item.id]
