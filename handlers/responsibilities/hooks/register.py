"""The whole register at once, for reminders and summaries: kept until something in it, or the time, changes it."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from handlers.agreements.components import current
from handlers.responsibilities.catalogue import catalogue_of
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.rules.unclear import ANSWER_WITHIN, Unclear, unclear
from handlers.responsibilities.service.register import in_order
from storage.engine.interface import Reader, to_text
from storage.records.revisions import remembered
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people

_TABLES = ("components", "duties", "duty_catalogues", "owner_teams", "preferences")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Register:
    """Every component that has not retired, and every duty of these, as the catalogue sorts them.

    ``by_person`` has what each person has, or is asked to take. ``moments`` are when time alone changes what is
    unclear, in order (ISO 8601 UTC text).
    """

    components: Sequence[Component]
    listed: Sequence[ComponentDuty]
    by_person: Mapping[str, Sequence[ComponentDuty]]
    moments: Sequence[str]

    def __len__(self) -> int:
        return len(self.listed)


def register_of(reader: Reader, team_id: str) -> Register:
    gone = gone_people(reader, team_id)

    def read() -> Register:
        components = current(responsibilities.all_components(reader, team_id))
        duties = responsibilities.all_duties(reader, team_id)
        listed = in_order(reader, components, duties, gone)
        by_person: dict[str, list[ComponentDuty]] = {}
        for each in listed:
            for person in {each.duty.owner, each.duty.proposed_to}:
                by_person.setdefault(person, []).append(each)
        moments = [_changes_at(each) for each in listed if each.duty.state in ("accepted", "proposed")]
        return Register(components, listed, by_person, sorted(each for each in moments if each))

    return remembered(reader, (team_id, "register"), _TABLES, read, gone)


def until_it_changes(
    reader: Reader, team_id: str, name: str, given: tuple[datetime, Hashable], build: Callable[[Register], T]
) -> T:
    """Return what ``build`` makes of the register at a moment, and of what else is given."""
    register, (now, rest) = register_of(reader, team_id), given
    passed = bisect_right(register.moments, to_text(now))
    gone = gone_people(reader, team_id)
    return remembered(reader, (team_id, name), _TABLES, lambda: build(register), (now.date(), passed, gone, rest))


def unclear_now(
    reader: Reader, team_id: str, gone: frozenset[str], now: datetime
) -> Sequence[tuple[ComponentDuty, Unclear]]:
    """Return every duty of which it is unclear who has it, in the order of the register."""

    def find(register: Register) -> list[tuple[ComponentDuty, Unclear]]:
        kinds = catalogue_of(reader, team_id)
        every = (
            (about, unclear(about.component, [about.duty], kinds, _gone(about, gone), now)) for about in register.listed
        )
        return [(about, found) for about, some in every for found in some]

    return until_it_changes(reader, team_id, "unclear", (now, gone), find)


def _gone(about: ComponentDuty, gone: frozenset[str]) -> frozenset[str]:
    return gone if about.team is None else gone | about.gone


def _changes_at(about: ComponentDuty) -> str:
    """Return when a duty that nobody touches becomes unclear; empty where it does not."""
    duty = about.duty
    since = duty.confirmed_at if duty.state == "accepted" else duty.changed_at
    within = timedelta(days=about.kind.confirm_after_days) if duty.state == "accepted" else ANSWER_WITHIN
    return to_text(datetime.fromisoformat(since) + within) if since else ""
