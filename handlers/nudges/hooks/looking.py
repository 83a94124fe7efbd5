"""Looks what there is to settle in a workspace, and reads all that the rules go by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from handlers.checks.hours import read_hours
from handlers.framework.context import WorkspaceContext
from handlers.hooks.reminders import Known, NudgeKind, Reminder
from handlers.nudges.rules import choosing
from handlers.nudges.rules.choosing import Digest, Recipient, Situation
from handlers.nudges.rules.told import MEMORY
from handlers.nudges.rules.wanted import read_off
from storage.engine.interface import Reader, to_text
from storage.records.one_look import OneLook
from storage.workspaces import nudges, preferences, rests, summaries, workspaces
from storage.workspaces.people import KnownPerson, known_people

_CHOSEN = (preferences.HOURS, preferences.NUDGES_OFF, preferences.NUDGES_PAUSED, preferences.HOLIDAYS)


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to settle, and all that the rules go by.

    Nobody wants to hear of the kinds ``off``; ``changes`` is how often anything of it was changed before.
    """

    reminders: Sequence[Reminder]
    situation: Situation
    known: Known
    off: frozenset[str]
    changes: int

    @property
    def due(self) -> dict[str, Digest]:
        return choosing.due(self.reminders, self.situation)

    @property
    def places(self) -> list[str]:
        return choosing.places(self.reminders, self.situation)


@dataclass(frozen=True, slots=True)
class Asked:
    """What Slack was asked before: who the admins are, and who is in which private channel."""

    admins: frozenset[str] = frozenset()
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)


def look(reader: Reader, context: WorkspaceContext, asked: Asked) -> Look:
    """Ask each feature what is to be settled in a workspace, and read what the rules need."""
    team_id, hooks, now = context.team_id, context.hooks, context.now
    # Before all else, so that what is changed meanwhile is more than was seen.
    changes = rests.changes(reader, team_id)
    people = known_people(reader, team_id)
    gone = frozenset(each.user_id for each in people.values() if each.is_gone)
    known = Known(gone, tuple(sorted(asked.admins - gone)))
    revision = workspaces.known_workspace(reader, team_id).preferences_revision
    chosen = {name: preferences.chosen(reader, team_id, revision, name) for name in _CHOSEN}
    off = read_off(chosen[preferences.NUDGES_OFF].get(team_id, ""), hooks.nudge_kinds, is_steward=True)
    stewards = asked.admins | {each.user_id for each in workspaces.stewards_of(reader, team_id)}
    recipients = {
        each.user_id: _recipient(each, chosen, hooks.nudge_kinds, is_steward=each.user_id in stewards)
        for each in people.values()
    }
    holidays = frozenset(chosen[preferences.HOLIDAYS].get(team_id, "").split())
    log = nudges.open_nudges(reader, team_id, to_text(now - MEMORY))
    ahead = summaries.notices_since(reader, team_id, to_text(now - timedelta(days=1)))
    it = Situation(recipients, holidays, log, now, asked.members, ahead)
    return Look(_reminders(reader, context, known, off), it, known, off, changes)


def look_ahead(reader: Reader, context: WorkspaceContext, seen: Look, moment: datetime) -> list[Reminder]:
    """Return what there will be to settle if nobody changes anything."""
    return _reminders(reader, replace(context, now=moment), seen.known, seen.off)


def _reminders(reader: Reader, context: WorkspaceContext, known: Known, off: frozenset[str]) -> list[Reminder]:
    team_id, now, once = context.team_id, context.now, OneLook(reader, context.team_id)
    found = (reminder for feature in context.hooks.reminders for reminder in feature(once, team_id, known, now))
    return [reminder for reminder in found if reminder.kind not in off]


def _recipient(
    person: KnownPerson, chosen: Mapping[str, Mapping[str, str]], kinds: Mapping[str, NudgeKind], *, is_steward: bool
) -> Recipient:
    names = (preferences.HOURS, preferences.NUDGES_OFF, preferences.NUDGES_PAUSED)
    hours, off, paused_until = (chosen[name].get(person.user_id, "") for name in names)
    unwanted = read_off(off, kinds, is_steward=is_steward)
    return Recipient(person.tz, read_hours(hours), unwanted, person.is_gone, paused_until)
