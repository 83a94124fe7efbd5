"""Who is reminded of what now: rarely, at the right hour, of what is still unsettled. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from handlers.hooks.reminders import NudgeKind, Reminder
from handlers.nudges.rules.hours import Hours, is_working_time
from storage.engine.interface import WORKSPACE, to_text
from storage.workspaces.nudges import Nudge

#: What somebody worked on within this time is left alone.
_REST = timedelta(hours=24)
#: So a delivery ends that Slack never got in its short life; it counts as never sent.
_GIVEN_UP = "given up"
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person as the reminders need to know them; ``off`` are the kinds that they do not want."""

    tz: str = "UTC"
    hours: Hours = field(default_factory=Hours)
    off: frozenset[str] = frozenset()
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the rules go by.

    ``members`` are the people of each private channel that was asked about; of others nobody is told now.
    """

    kinds: Mapping[str, NudgeKind]
    people: Mapping[str, Recipient]
    holidays: Collection[str]
    log: Sequence[Nudge]
    now: datetime
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Log:
    """The messages by reminder, and when each person last got one of a kind."""

    by_reminder: Mapping[tuple[str, str], Sequence[Nudge]]
    last: Mapping[tuple[str, str], str]


def due(reminders: Sequence[Reminder], it: Situation) -> dict[str, list[Reminder]]:
    """Return what each person is to be reminded of now, the most harmful and the oldest first."""
    log = _read(it.log)
    found: defaultdict[str, list[Reminder]] = defaultdict(list)
    for reminder in _ripe(reminders, it.now):
        if not _is_known(reminder, it):
            continue
        told = log.by_reminder.get(reminder.key, ())
        for person in _open_for(reminder, told, it):
            is_turn = _next_at(it.kinds[reminder.kind], told, person) <= it.now
            if is_turn and _may_be_told(person, it) and not _came_just_now(person, reminder.kind, log, it):
                found[person].append(reminder)
    for listed in found.values():
        listed.sort(key=lambda each: (-each.harm, each.since, each.subject))
    return found


def ripe_places(reminders: Sequence[Reminder], now: datetime) -> list[str]:
    """Return the private channels of which somebody might be told something now."""
    return sorted({each.visibility for each in _ripe(reminders, now) if each.visibility != WORKSPACE})


def stuck(reminders: Sequence[Reminder], it: Situation) -> list[Reminder]:
    """Return what nobody has settled although everybody who could was told, or could not be."""
    log = _read(it.log).by_reminder
    return [each for each in _ripe(reminders, it.now) if not _open_for(each, log.get(each.key, ()), it)]


def unreached(reminders: Sequence[Reminder], it: Situation) -> dict[str, str]:
    """Return who cannot be told of these reminders, and why."""
    failed = {(each.person, each.kind, each.subject): each.reason for each in it.log if _is_refused(each)}
    found = {}
    for reminder in reminders:
        for person in reminder.people:
            if _recipient(person, it).is_gone:
                found[person] = "left, was deactivated, is a guest, or does not exist"
            elif (reason := failed.get((person, *reminder.key))) is not None:
                found[person] = f"Slack did not deliver it: {reason}"
            elif _is_outside(reminder, person, it):
                found[person] = "is not in the channel that it belongs to"
    return found


def settled(reminders: Sequence[Reminder], log: Sequence[Nudge]) -> list[Nudge]:
    """Return the messages whose reminder is gone."""
    left = {reminder.key for reminder in reminders}
    return [each for each in log if (each.kind, each.subject) not in left]


def given_up(log: Sequence[Nudge], person: str, since: datetime) -> int:
    """Return how many messages to a person never reached Slack since a moment: each gives the day back."""
    lost = [each for each in log if each.person == person and _is_given_up(each)]
    return len({each.delivery_id for each in lost if datetime.fromisoformat(each.at) >= since})


def _ripe(reminders: Sequence[Reminder], now: datetime) -> list[Reminder]:
    at, rested = to_text(now), to_text(now - _REST)
    return [each for each in reminders if each.ripe_at <= at and each.active_at <= rested]


def _is_known(reminder: Reminder, it: Situation) -> bool:
    return reminder.visibility == WORKSPACE or reminder.visibility in it.members


def _is_outside(reminder: Reminder, person: str, it: Situation) -> bool:
    """Tell whether somebody may not see what a reminder is about."""
    return reminder.visibility in it.members and person not in it.members[reminder.visibility]


def _open_for(reminder: Reminder, log: Sequence[Nudge], it: Situation) -> list[str]:
    """Return who may still be told of it, now or later: those who can settle it, and in the end the lead, once."""
    still = [each for each in reminder.people if not _is_done_with(reminder, each, log, it)]
    lead = reminder.lead
    if still or not lead or lead in reminder.people or _recipient(lead, it).is_gone or _is_outside(reminder, lead, it):
        return still
    is_told = any(each.person == lead and each.what == "sent" and not _is_given_up(each) for each in log)
    return [] if is_told or reminder.kind in _recipient(lead, it).off else [lead]


def _is_done_with(reminder: Reminder, person: str, log: Sequence[Nudge], it: Situation) -> bool:
    """Tell whether a person is reminded no more: gone, not reached, not wanting it, or told often enough in vain."""
    known = _recipient(person, it)
    if known.is_gone or reminder.kind in known.off or _is_outside(reminder, person, it):
        return True
    own = [each for each in log if each.person == person and each.what == "sent" and not _is_given_up(each)]
    if any(_is_refused(each) for each in own):
        return True
    kind = it.kinds[reminder.kind]
    return len(own) >= kind.most and _next_at(kind, log, person) <= it.now


def _next_at(kind: NudgeKind, log: Sequence[Nudge], person: str) -> datetime:
    """Return when a person may hear of it again; putting it off skips one time, and changes nothing for good."""
    own = [each for each in log if each.person == person and not _is_given_up(each)]
    told = [each for each in own if each.what == "sent"]
    if not told:
        return _NEVER
    last = told[-1]
    is_skipped = any(each.what == "snoozed" and each.at >= last.at for each in own)
    return datetime.fromisoformat(last.at) + kind.every * (2 if is_skipped else 1)


def _came_just_now(person: str, kind: str, log: Log, it: Situation) -> bool:
    """Tell whether a reminder of this kind reached a person too short a time ago."""
    last = log.last.get((person, kind))
    return last is not None and it.now - datetime.fromisoformat(last) < it.kinds[kind].gap


def _may_be_told(person: str, it: Situation) -> bool:
    known = it.people.get(person)
    return known is not None and is_working_time(known.hours, known.tz, it.holidays, it.now)


def _recipient(person: str, it: Situation) -> Recipient:
    return it.people.get(person, Recipient())


def _is_given_up(each: Nudge) -> bool:
    return each.state == "failed" and each.reason.startswith(_GIVEN_UP)


def _is_refused(each: Nudge) -> bool:
    return each.state == "failed" and not _is_given_up(each)


def _read(log: Sequence[Nudge]) -> Log:
    by_reminder: dict[tuple[str, str], list[Nudge]] = {}
    last: dict[tuple[str, str], str] = {}
    for each in log:
        by_reminder.setdefault((each.kind, each.subject), []).append(each)
        if each.what == "sent" and not _is_given_up(each):
            key = (each.person, each.kind)
            last[key] = max(last.get(key, ""), each.at)
    return Log(by_reminder, last)
