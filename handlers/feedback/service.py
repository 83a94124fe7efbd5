"""Every change of feedback, inside a write, with what others are told of it; and how feedback is read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.access.recipients import Facts, notify
from handlers.access.settling import Deed, settle
from handlers.agreements.components import current
from handlers.agreements.components import seen as seen_component
from handlers.checks.outcomes import Refused
from handlers.feedback import messages
from handlers.feedback.joining import join_by_feedback
from handlers.feedback.rules import moves, routing
from handlers.feedback.rules.moves import Role, Step
from handlers.feedback.rules.parsing import COMPONENT
from handlers.feedback.rules.routing import Report
from handlers.slack.error_messages import NOT_SEEN_THERE
from storage.data_requests import data_requests
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.feedback import feedback
from storage.feedback.feedback import ITEMS, Feedback
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people, known_names
from storage.workspaces.workspaces import note_place

#: Feedback is given on what people use: as the catalogue has it, a model or a product.
_KINDS = (*responsibilities.MODELS, "product")
#: So many reports that look alike are offered, and remembered as offered.
_OFFERED = 5
_NO_RECEIVER = "Nobody who handles its feedback is in this channel. Invite them, or report it from an open channel."
_NOT_THERE = "It's gone, or you can't see it here."


@dataclass(frozen=True, slots=True)
class Saved:
    """Feedback as it is now, with what it is about, and what others are told."""

    report: Report
    messages: Sequence[Delivery] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """What is reported already and looks like the same, the most alike first."""

    others: Sequence[Feedback]


@dataclass(frozen=True, slots=True)
class Closed:
    """Feedback that is settled already, so that nobody can join it."""

    now: Report


def seen(reader: Reader, team_id: str, feedback_id: str, visible: Sequence[str]) -> Report | None:
    """Return feedback by its id; None where it, or what it is about, is gone or may not be seen."""
    return _report(reader, feedback.by_id(reader, team_id, feedback_id, visible), visible)


def numbered(reader: Reader, team_id: str, number: str, visible: Sequence[str]) -> Report | None:
    """Return feedback by its number, such as FB-3, as far as it may be seen."""
    return _report(reader, feedback.by_number(reader, team_id, number, visible), visible)


def _report(reader: Reader, item: Feedback | None, visible: Sequence[str]) -> Report | None:
    component = seen_component(reader, item.team_id, item.component_id, visible) if item is not None else None
    return None if item is None or component is None else Report(item, component)


def reportable(reader: Reader, team_id: str, visible: Sequence[str], home: str) -> list[Component]:
    """Return what can be reported on from a place: from a private channel, what is the workspace's or its own."""
    there = [each for each in visible if home == WORKSPACE or each in (WORKSPACE, home)]
    return [each for each in current(responsibilities.components(reader, team_id, there)) if each.kind in _KINDS]


def open_on(reader: Reader, component: Component, home: str, visible: Sequence[str]) -> list[Feedback]:
    """Return what is reported on a component and not settled, the newest first, as far as it belongs to a place."""
    there = [each for each in (visibility_of(component, home), WORKSPACE) if each in visible]
    found = ITEMS.some(reader, component.team_id, there, component_id=component.id)
    return [each for each in found if each.state in moves.OPEN][::-1]


def all_open(reader: Reader, team_id: str, visible: Sequence[str]) -> list[Report]:
    """Return what is open and may be seen, what is worst and waits longest first."""
    parts = {each.id: each for each in responsibilities.components(reader, team_id, visible)}
    found = [each for each in ITEMS.every(reader, team_id) if each.visibility in visible and each.state in moves.OPEN]
    ordered = sorted(found, key=lambda each: (moves.rank(each), each.moved_at))
    return [Report(each, parts[each.component_id]) for each in ordered if each.component_id in parts]


def visibility_of(component: Component, home: str) -> str:
    """Return who sees a report: who sees what it is about, and from a private channel only that one."""
    return home if home != WORKSPACE else component.visibility


def shown(reader: Reader, report: Report, facts: Facts, today: date) -> messages.Shown:
    item, to = report.item, whose_move(reader, report, facts)
    names = {**known_names(reader, item.team_id, [*people_in(report), to]), **facts.names}
    visible = [each for each in (WORKSPACE, item.visibility) if each in facts.visible]
    requests = seen_of(all_requests_for(reader, item), visible)
    return messages.Shown(item, report.component, to, requests, names, today)


def people_in(report: Report) -> list[str]:
    return [*moves.reporters(report.item), report.item.by]


def roles_of(reader: Reader, report: Report, facts: Facts) -> frozenset[Role]:
    """Return the roles that somebody has in feedback; who is not in its channel any more has none."""
    if not facts.may_hear(facts.by):
        return frozenset()
    people = routing.receivers(reader, report.component, gone_people(reader, report.item.team_id))
    return routing.roles_of(report.item, people, facts.by, is_admin=facts.is_admin)


def whose_move(reader: Reader, report: Report, facts: Facts) -> str:
    """Return who feedback goes to now, of those who may hear of it; the admins where nobody else is left."""
    gone = gone_people(reader, report.item.team_id) | facts.left
    people = routing.first_of(routing.receivers(reader, report.component, gone), report.item)
    admins = (each for each in facts.admins if each not in gone)
    return next((each for each in (*people, *admins) if facts.may_hear(each)), "")


def report(
    transaction: Transaction, new: Report, home: str, offered: Collection[str], facts: Facts
) -> Saved | Alike | Refused:
    """Write down what somebody reports, with the next number of its place, and tell who it goes to.

    What looks like it and was not ``offered`` yet to be joined instead, by ids, is returned first.
    """
    component, team_id = new.component, new.item.team_id
    if seen_component(transaction, team_id, component.id, facts.visible) is None:
        return Refused(_NOT_THERE, COMPONENT)
    if not facts.may_hear(facts.by):
        return Refused(NOT_SEEN_THERE, COMPONENT)
    receiver = whose_move(transaction, new, facts)
    if not receiver:
        return Refused(_NO_RECEIVER, COMPONENT)
    others = moves.alike(new.item, open_on(transaction, component, home, facts.visible))[:_OFFERED]
    if any(each.id not in offered for each in others):
        return Alike(others)
    return _reported(transaction, new, receiver, facts)


def _reported(transaction: Transaction, new: Report, receiver: str, facts: Facts) -> Saved:
    team_id, visibility, at = new.item.team_id, new.item.visibility, to_text(facts.now)
    if visibility != WORKSPACE:
        note_place(transaction, team_id, visibility)
    made = {"number": feedback.next_number(transaction, team_id, visibility), "receiver": receiver}
    dated = {"created_at": at, "changed_at": at, "moved_at": at}
    item = new.item.model_copy(update={**made, **dated})
    ITEMS.add(transaction, item, HistoryEntry(at=at, by=facts.by, what="reported it"))
    join_by_feedback(transaction, item, new.component, facts.now)
    told = {receiver: messages.for_receiver(item, new.component)}
    return Saved(Report(item, new.component), notify(transaction, team_id, told, facts))


def take(transaction: Transaction, read: Report, step: Step, facts: Facts) -> Saved | Refused:
    """Take a step with feedback as it stands now, and tell everybody who reported it."""
    now = seen(transaction, read.item.team_id, read.item.id, facts.visible)
    if now is None:
        return Refused(messages.GONE)
    names = {**known_names(transaction, now.item.team_id, people_in(now)), **facts.names}
    receiver = names.get(whose_move(transaction, now, facts), "")
    taken = replace(step, roles=roles_of(transaction, now, facts), receiver=receiver)
    changes = moves.step(now.item, taken)
    if isinstance(changes, Refused):
        return changes
    entry = HistoryEntry(at=to_text(facts.now), by=taken.by, what=messages.did(taken), note=taken.note)
    new = Report(ITEMS.change(transaction, now.item, {**changes, "moved_at": entry.at}, entry), now.component)
    told = dict.fromkeys(moves.reporters(new.item), messages.for_reporter(new.item, new.component, taken))
    if taken.act == "reopen":
        people = (whose_move(transaction, new, facts), new.item.by)
        told |= dict.fromkeys(people, messages.for_team(new.item, new.component, taken))
    deed = Deed((new.item.id,), messages.deed(taken), left=(messages.open_button(new.item),))
    edits = settle(transaction, new.item.team_id, [deed], facts)
    return Saved(new, [*edits, *notify(transaction, new.item.team_id, told, facts)])


def join(transaction: Transaction, read: Report, facts: Facts) -> Saved | Closed | Refused:
    """Add somebody who reports the same; who has is left as they are."""
    now = seen(transaction, read.item.team_id, read.item.id, facts.visible)
    if now is None:
        return Refused(messages.GONE)
    if not facts.may_hear(facts.by):
        return Refused(NOT_SEEN_THERE)
    if facts.by in moves.reporters(now.item):
        return Refused(f"You've already reported {now.item.number}. I'll let you know what happens.")
    if now.item.state not in moves.OPEN:
        return Closed(now)
    entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what="reports the same")
    item = ITEMS.change(transaction, now.item, {"joined": (*now.item.joined, facts.by)}, entry)
    return Saved(Report(item, now.component))


def seen_of(requests: Sequence[data_requests.DataRequest], visible: Sequence[str]) -> list[data_requests.DataRequest]:
    """Return the requests that were sent and may be seen."""
    return [each for each in requests if each.thread and each.visibility in visible]


def all_requests_for(reader: Reader, item: Feedback) -> Sequence[data_requests.DataRequest]:
    return data_requests.of_feedback(reader, item.team_id).get(item.id, ())
