"""What becomes of a component that retires, inside a write: who is asked, that it stays after all, and its last day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.access.recipients import Facts, notify
from handlers.access.settling import Deed, settle
from handlers.agreements import change_records, components
from handlers.agreements.change_notices import Change, announce, owners_of, retirements_asked, take_back
from handlers.agreements.links import downstream
from handlers.checks.dates import first_today, is_past, today
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.responsibilities.messages import components as component_messages
from handlers.responsibilities.messages import retirement as messages
from handlers.responsibilities.messages.register import GONE
from handlers.responsibilities.rules.retirement import LAST_DAY, Retirement, planned, sentence
from handlers.slack import blocks
from handlers.slack.action_ids import OPEN_COMPONENT
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import COMPONENTS, Component
from storage.workspaces.people import known_people


@dataclass(frozen=True, slots=True)
class Saved:
    """A component as it is now, what takes its place, who is asked about it, and the messages to them."""

    component: Component
    successor: str = ""
    asked: Sequence[str] = ()
    messages: Sequence[Delivery] = ()


def concerned(reader: Reader, component: Component) -> list[str]:
    """Return who is likely to be told, so that Slack is asked about them first."""
    parts = downstream(reader, component)
    people = (*component.product_side, component.lead, *(who for each in parts for who in owners_of(reader, each)))
    return [*people, *change_records.asked_about(reader, component)]


def keep(transaction: Transaction, shown: Component, told: Retirement, facts: Facts) -> Saved | Refused:
    """Write when a component retires, as it was ``shown`` to who says it; or that it stays, or another day."""
    old = components.seen(transaction, shown.team_id, shown.id, facts.visible)
    if old is None:
        return Refused(GONE)
    if refused := why_not(old, facts):
        return refused
    if old.version != shown.version:
        return Refused(component_messages.CHANGED_MEANWHILE, LAST_DAY)
    if told == planned(old):
        return _saved(transaction, old, ())
    what = f"retires {told.on}" if told.on else "stays"
    entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what=what, note=told.version)
    new = COMPONENTS.change(transaction, old, told.changes, entry)
    if not told.on:
        return replace(_saved(transaction, new, _stays(transaction, new, facts)), asked=())
    edits = take_back(transaction, new, " changed the last day.", facts, is_anew=True)
    return _saved(transaction, new, [*edits, *announce(transaction, _change(transaction, new), facts)])


def why_not(component: Component, facts: Facts) -> NotAllowed | None:
    """Say why somebody can't retire a component."""
    if components.may_edit(component, facts.by, is_admin=facts.is_admin):
        return None
    return component_messages.not_theirs(component, facts.names.get(component.lead, "its lead"))


def _saved(reader: Reader, component: Component, messages: Sequence[Delivery]) -> Saved:
    visible = (WORKSPACE, component.visibility)
    notices = change_records.latest_of(reader, component, visible)
    asked = [who for each in notices if each.kind == "retirement" for who in each.asked]
    return Saved(component, successor_of(reader, component), asked, messages)


def successor_of(reader: Reader, component: Component) -> str:
    """Return the name of what takes a component's place; empty where nothing does."""
    found = responsibilities.component(reader, component.team_id, component.replaced_by)
    return found.name if found is not None else ""


def notes_on(reader: Reader, component: Component, visible: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return what stands on the record of a component that retires: when it does, and what others said to it."""
    if not component.retires_on:
        return []
    seen = [each for each in (WORKSPACE, component.visibility) if each in visible]
    notices = [each for each in change_records.latest_of(reader, component, seen) if each.kind == "retirement"]
    said = [change_records.standing(each, names) for each in notices]
    return [sentence(component, successor_of(reader, component)), *said]


def _change(reader: Reader, component: Component) -> Change:
    return Change(
        kind="retirement",
        team_id=component.team_id,
        visibility=component.visibility,
        told=sentence(component, successor_of(reader, component)),
        opens=blocks.button("Open", OPEN_COMPONENT, component.id),
        component=component,
        to_version=component.retires_on,
        of_version=component.retires_version,
        people=(*component.product_side, component.lead),
    )


def _stays(transaction: Transaction, component: Component, facts: Facts) -> list[Delivery]:
    """Tell those who were asked that nothing has to be done, whatever they were asked for the sake of."""
    asked = [who for each in retirements_asked(transaction, component) for who in each.asked]
    edits = take_back(transaction, component, " said that it stays.", facts)
    told = dict.fromkeys(asked, messages.stays(component, facts.by))
    return [*edits, *notify(transaction, component.team_id, told, facts)]


def retire_due(transaction: Transaction, team_id: str, now: datetime) -> list[Delivery]:
    """Retire what had its last day, where who leads it is; nobody is asked any more to take on a duty of it."""
    zones = {who: each.tz for who, each in known_people(transaction, team_id).items()}
    due = responsibilities.due_to_retire(transaction, team_id, first_today(now).isoformat())
    over = [each for each in due if is_past(each.retires_on, today(now, zones.get(each.lead, "UTC")))]
    return [edit for each in over for edit in _retired(transaction, each, now)]


def _retired(transaction: Transaction, component: Component, now: datetime) -> Iterable[Delivery]:
    at = to_text(now)
    COMPONENTS.change(transaction, component, {"retired_at": at}, HistoryEntry(at=at, by="", what="retired"))
    duties = responsibilities.duties_of(transaction, component.team_id, [component.id])
    asked = tuple(f"{component.id}:{each.duty}" for each in duties)
    deed = Deed(asked, f"{component.name} has retired.")
    return settle(transaction, component.team_id, [deed], Facts("", now))
