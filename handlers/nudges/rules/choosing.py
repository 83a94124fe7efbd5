"""Who is reminded of what now: rarely, at the right hour, of what is still unsettled. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from handlers.checks.dates import today, working_day_before, zone
from handlers.checks.hours import Hours, is_working_time
from handlers.hooks.grouping import grouped
from handlers.hooks.reminders import Reminder
from handlers.nudges.rules import told
from handlers.nudges.rules.told import EVERY, MOST, Log, is_refused, next_at
from storage.engine.interface import WORKSPACE, to_text
from storage.workspaces.nudges import Nudge
from storage.workspaces.summaries import Notice

#: What somebody worked on within this time is left alone.
REST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person as the reminders need to know them.

    ``off`` are the kinds that they do not want; until the day ``paused_until`` (ISO, or empty) they hear nothing.
    """

    tz: str = "UTC"
    hours: Hours = field(default_factory=Hours)
    off: frozenset[str] = frozenset()
    is_gone: bool = False
    paused_until: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the rules go by.

    ``members`` are the people of each private channel that was asked about; of others nobody is told now. ``log`` is
    what was said of unsettled things, and everything of the last four weeks. ``ahead`` are the summaries that come
    soon, or came today, with what they list.
    """

    people: Mapping[str, Recipient]
    holidays: Collection[str]
    log: Sequence[Nudge]
    now: datetime
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ahead: Sequence[Notice] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What a person is told now: what needs them, or, where nothing does, that a summary will list something.

    ``covered`` are the reminders that it tells of.
    """

    covered: Sequence[Reminder]
    notice: Notice | None = None
    is_notice_alone: bool = False


def due(reminders: Sequence[Reminder], it: Situation) -> dict[str, Digest]:
    """Return what each person is to be told now, the most harmful and the oldest first."""
    log = told.read(it.log, it.now)
    ripe = _due(reminders, it, log)
    found = {}
    for person in _who_may_be_told(reminders, it, log):
        listed = _once_each(ripe.get(person, ()))
        notice = _announced(person, it)
        if listed:
            found[person] = Digest(listed, notice)
        elif notice is not None and not log.within(EVERY, person):
            untold = [each for each in reminders if _is_news(each, person, notice, log, it)]
            found |= {person: Digest(untold, notice, is_notice_alone=True)} if untold else {}
    return found


def _once_each(reminders: Sequence[Reminder]) -> list[Reminder]:
    """Return one reminder of each thing, the most harmful; all of them in the order of harm."""
    found: dict[str, Reminder] = {}
    for each in (reminder for topic in grouped(reminders) for reminder in topic.reminders):
        found.setdefault(each.subject, each)
    return list(found.values())


def _due(reminders: Sequence[Reminder], it: Situation, log: Log) -> dict[str, list[Reminder]]:
    found: defaultdict[str, list[Reminder]] = defaultdict(list)
    for reminder in _ripe(reminders, it.now):
        if not _is_known(reminder, it):
            continue
        for person in _open_for(reminder, log, it):
            is_turn = next_at(log.own(reminder.subject, person)) <= it.now
            if is_turn and not _is_listed_today(reminder, person, it):
                found[person].append(reminder)
    return found


def who_may_be_told(reminders: Sequence[Reminder], it: Situation) -> list[str]:
    """Return who may be told something now, if there is anything."""
    return _who_may_be_told(reminders, it, told.read(it.log, it.now))


def _who_may_be_told(reminders: Sequence[Reminder], it: Situation, log: Log) -> list[str]:
    named = {person for each in reminders for person in (*each.people, each.lead) if person}
    return [person for person in sorted(named) if _may_be_told(person, it) and log.has_room(person)]


def places(reminders: Sequence[Reminder], it: Situation) -> list[str]:
    """Return the private channels of which somebody might be told something now."""
    ripe = {each.visibility for each in _ripe(reminders, it.now)}
    of_summaries = {each.subject for each in it.ahead if each.person and each.subject in each.shows}
    return sorted((ripe | of_summaries) - {WORKSPACE})


def stuck(reminders: Sequence[Reminder], it: Situation) -> list[Reminder]:
    """Return what nobody has settled although everybody who could was told, or could not be."""
    log = told.read(it.log, it.now)
    return [each for each in _ripe(reminders, it.now) if not _open_for(each, log, it)]


def unreached(reminders: Sequence[Reminder], it: Situation) -> dict[str, str]:
    """Return who cannot be told of these reminders, and why."""
    failed = {(each.person, each.kind, each.subject): each.reason for each in it.log if is_refused(each)}
    found = {}
    for reminder in reminders:
        for person in reminder.people:
            if _recipient(person, it).is_gone:
                found[person] = "left, was deactivated, is a guest, or doesn't exist"
            elif (reason := failed.get((person, *reminder.key))) is not None:
                found[person] = f"Slack didn't deliver it: {reason}"
            elif _is_outside(reminder, person, it):
                found[person] = "isn't in the channel that it belongs to"
    return found


def settled(reminders: Sequence[Reminder], log: Sequence[Nudge]) -> list[Nudge]:
    """Return the messages whose reminder is gone."""
    left = {reminder.key for reminder in reminders}
    return [each for each in log if not each.settled_at and (each.kind, each.subject) not in left]


def over(reminders: Sequence[Reminder], log: Sequence[Nudge]) -> list[Nudge]:
    """Return the messages about what no longer needs whoever got them: it is settled, or needs somebody else now."""
    needed = {(each.subject, person) for each in reminders for person in (*each.people, each.lead)}
    # Of whom it needs nobody knows, such as of admins while Slack says nothing of them: so it may be anybody.
    anybodys = {each.subject for each in reminders if not each.people}
    open_ = (each for each in log if not each.settled_at and each.subject not in anybodys)
    return [each for each in open_ if (each.subject, each.person) not in needed]


def _ripe(reminders: Sequence[Reminder], now: datetime) -> list[Reminder]:
    at, rested = to_text(now), to_text(now - REST)
    return [each for each in reminders if each.ripe_at <= at and each.active_at <= rested]


def _is_known(reminder: Reminder, it: Situation) -> bool:
    return reminder.visibility == WORKSPACE or reminder.visibility in it.members


def _is_outside(reminder: Reminder, person: str, it: Situation) -> bool:
    """Tell whether somebody may not see what a reminder is about."""
    return reminder.visibility in it.members and person not in it.members[reminder.visibility]


def _open_for(reminder: Reminder, log: Log, it: Situation) -> list[str]:
    """Return who may still be told of it, now or later: those who can settle it, and in the end the lead, once."""
    still = [each for each in reminder.people if not _is_done_with(reminder, each, log, it)]
    lead = reminder.lead
    if still or not lead or lead in reminder.people or _recipient(lead, it).is_gone or _is_outside(reminder, lead, it):
        return still
    own = log.own(reminder.subject, lead)
    is_told = len(own) >= MOST or any(each.kind == reminder.kind for each in own)
    return [] if is_told or reminder.kind in _recipient(lead, it).off else [lead]


def _is_done_with(reminder: Reminder, person: str, log: Log, it: Situation) -> bool:
    """Tell whether a person is reminded no more: gone, not reached, not wanting it, or told often enough in vain."""
    known = _recipient(person, it)
    if known.is_gone or reminder.kind in known.off or _is_outside(reminder, person, it):
        return True
    own = log.own(reminder.subject, person)
    is_told = bool(own) if reminder.is_once else len(own) >= MOST and next_at(own) <= it.now
    return is_told or any(is_refused(each) for each in own)


def _may_be_told(person: str, it: Situation) -> bool:
    known = it.people.get(person)
    if known is None or today(it.now, known.tz).isoformat() < known.paused_until:
        return False
    return is_working_time(known.hours, known.tz, it.holidays, it.now)


def _announced(person: str, it: Situation) -> Notice | None:
    """Return the next summary of a channel that will list something of a person's, on the working day before it."""
    day = today(it.now, _recipient(person, it).tz)
    coming = (each for each in it.ahead if each.person == person and each.subject != person and each.count)
    return next((each for each in coming if working_day_before(_day_of(each, person, it), it.holidays) == day), None)


def _day_of(notice: Notice, person: str, it: Situation) -> date:
    return datetime.fromisoformat(notice.due_at).astimezone(zone(_recipient(person, it).tz)).date()


def _is_news(reminder: Reminder, person: str, notice: Notice, log: Log, it: Situation) -> bool:
    """Tell whether a summary will list something of a person's that they were never told of."""
    is_theirs = person in reminder.people and reminder.kind not in _recipient(person, it).off
    is_seen = reminder.visibility == WORKSPACE or person in it.members.get(reminder.visibility, ())
    return is_theirs and is_seen and reminder.visibility in notice.shows and not log.own(reminder.subject, person)


def _is_listed_today(reminder: Reminder, person: str, it: Situation) -> bool:
    """Tell whether a summary lists a thing today, by the person's day; nobody is told twice of it then."""
    day = today(it.now, _recipient(person, it).tz)
    seen = (each for each in it.ahead if each.person == person and reminder.visibility in each.shows)
    return any(_day_of(each, person, it) == day for each in seen)


def _recipient(person: str, it: Situation) -> Recipient:
    return it.people.get(person, Recipient())
