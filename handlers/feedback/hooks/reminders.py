"""What feedback would have people settle: what waits for an answer, what was promised, and data that has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.agreements.components import current
from handlers.feedback import service
from handlers.feedback.messages import OPEN
from handlers.feedback.rules import moves, routing
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.slack import blocks
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Reader
from storage.feedback.feedback import ITEMS, Feedback, Severity
from storage.records.revisions import remembered
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component

_WAITS = "feedback waits"
KINDS = (NudgeKind(_WAITS, "Feedback without an answer", "models"),)
_HARM: dict[Severity, int] = {"high": 80, "medium": 56, "low": 32}
_SHOWN = 60
_TABLES = ("feedback", "components", "duties", "data_requests")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Feedback that is open, what it is about, who it goes to, the first one first, and what data it asked for."""

    item: Feedback
    component: Component
    people: tuple[str, ...]
    requests: Sequence[DataRequest]


def waiting(reader: Reader, team_id: str, gone: frozenset[str]) -> list[Waiting]:
    parts = {each.id: each for each in current(responsibilities.all_components(reader, team_id))}
    duties = responsibilities.duties_named(reader, team_id, routing.DUTY)
    asked = data_requests.of_feedback(reader, team_id)
    found = []
    for item in ITEMS.every(reader, team_id):
        part = parts.get(item.component_id)
        if part is not None and item.state in moves.OPEN:
            people = routing.first_of(routing.people_for(duties.get(part.id), part, gone), item)
            found.append(Waiting(item, part, people, asked.get(item.id, ())))
    return found


def open_reminders(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Reminder]:
    """Return what waits for the model team now; what waits for a day or for data does not."""

    def find() -> list[Reminder]:
        every = waiting(reader, team_id, known.gone)
        return [_reminder(each, told, known) for each in every if (told := _told(each, now))]

    return remembered(reader, (team_id, "reminders of feedback"), _TABLES, find, (known, now.date()))


def people(reader: Reader, team_id: str) -> Iterable[str]:
    """Return who reported what is open, and who it goes to."""
    for each in waiting(reader, team_id, frozenset()):
        yield from (*moves.reporters(each.item), *each.people, each.item.by)


def _told(each: Waiting, now: datetime) -> str:
    """Say what is to be done with it; empty where it waits for a day or for data."""
    item = each.item
    match item.state:
        case "will fix" if item.fix_by and item.fix_by >= now.date().isoformat():
            return ""
        case "will fix":
            return "is it fixed?"
        case "needs data":
            asked = service.seen_of(each.requests, (WORKSPACE, item.visibility))
            if not asked:
                return "it needs data, not requested yet"
            is_open = moves.waits_for_data(item, asked)
            return "" if is_open else "the request for its data is closed; what next?"
        case _:
            return "needs an answer"


def _reminder(each: Waiting, told: str, known: Known) -> Reminder:
    item, component, there = each.item, each.component, each.people
    got = blocks.cut(" ".join(item.got.split()), _SHOWN)
    lead = component.lead if component.lead not in known.gone and component.lead not in there[:1] else ""
    return Reminder(
        kind=_WAITS, subject=item.id, visibility=item.visibility, people=there[:1] or known.admins, lead=lead,
        since=item.created_at, active_at=item.moved_at, harm=_HARM[item.severity],
        told=f"“{got}” ({item.severity}): {told}", button=lambda _person: blocks.button("Open", OPEN, item.id),
        topic=Topic(f"feedback {component.id}", component.name, "reports need an answer"),
        title=f"{item.number} {component.name}", due=item.fix_by if item.state == "will fix" else "",
    )  # fmt: skip
