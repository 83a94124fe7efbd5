"""What becomes of a change notice when somebody answers, inside a write, and who is told of that."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.access.recipients import Facts, notify
from handlers.access.settling import Deed, settle
from handlers.agreements.change_notices import asked_id
from handlers.change_notices import messages, needed
from handlers.change_notices.messages import About
from handlers.checks.outcomes import Refused
from handlers.slack.blocks import Block
from storage.change_notices.change_notices import NOTICES, Answered, ChangeNotice
from storage.data_requests import data_requests
from storage.data_requests.data_requests import STATES, DataRequest
from storage.engine.interface import Reader, Transaction
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import note_names


@dataclass(frozen=True, slots=True)
class Saved:
    """A notice as it is now, the button that opens what is needed, if any, and what others are told."""

    notice: ChangeNotice
    opens: Block | None = None
    messages: Sequence[Delivery] = ()


def seen(reader: Reader, team_id: str, notice_id: str, visible: Sequence[str]) -> ChangeNotice | None:
    """Return the notice that a button or a form names; None where it, or what changed, is gone or may not be seen."""
    notice = NOTICES.one(reader, team_id, visible, id=notice_id)
    return notice if notice is not None and about(reader, notice) is not None else None


def about(reader: Reader, notice: ChangeNotice) -> About | None:
    """Return what changed, as people call it; None where it is gone."""
    component = responsibilities.component(reader, notice.team_id, notice.component_id) if notice.component_id else None
    request = data_requests.by_id(reader, notice.team_id, notice.request_id) if notice.request_id else None
    return _about(notice, component, request)


def about_each(reader: Reader, team_id: str, notices: Sequence[ChangeNotice]) -> list[About]:
    """Return the same of many notices, without those of what is gone."""
    components = {each.id: each for each in responsibilities.all_components(reader, team_id)}
    requests = {each.id: each for each in data_requests.in_states(reader, team_id, STATES)}
    found = (_about(each, components.get(each.component_id), requests.get(each.request_id)) for each in notices)
    return [each for each in found if each is not None]


def _about(notice: ChangeNotice, component: Component | None, request: DataRequest | None) -> About | None:
    if notice.request_id:
        return None if request is None else About(notice, f"{request.number} {request.entity}".strip(), component)
    return None if component is None else About(notice, component.name, component)


def answer(transaction: Transaction, notice_id: str, said: Answered, facts: Facts, team_id: str) -> Saved | Refused:
    """Write what somebody says of a change; its lead and whoever made it hear what must be done, and what it blocks."""
    notice = seen(transaction, team_id, notice_id, facts.visible)
    what = about(transaction, notice) if notice is not None else None
    if notice is None or what is None:
        return Refused(messages.GONE)
    if facts.by not in notice.asked:
        return messages.NOT_ASKED
    if notice.over_at:
        return messages.OVER
    note_names(transaction, team_id, facts.names)
    entry = HistoryEntry(at=said.at, by=facts.by, what=f"said: {said.answer}", note=said.note)
    new = NOTICES.change(transaction, notice, {"answers": {**notice.answers, facts.by: said}}, entry)
    opens = needed.opens(transaction, what, said, facts.by)
    deed = Deed((asked_id(notice, facts.by),), messages.did(said), left=(opens,) if opens is not None else ())
    edits = settle(transaction, team_id, [deed], facts)
    lead = what.component.lead if what.component is not None else ""
    told = dict.fromkeys((notice.by, lead), messages.told(what, said, facts.by)) if said.answer != "fine" else {}
    return Saved(new, opens, [*edits, *notify(transaction, team_id, told, facts)])
