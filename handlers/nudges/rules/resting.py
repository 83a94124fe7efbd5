"""When a workspace in which nobody can be told anything is looked at again. Pure."""

from bisect import bisect
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zlib import crc32

from handlers.checks.dates import today, zone
from handlers.checks.hours import end_of_day
from handlers.hooks.reminders import Reminder
from handlers.nudges.rules import choosing, told
from handlers.nudges.rules.choosing import REST, Situation
from storage.engine.interface import to_text

#: How often a workspace is looked at where somebody might be told something.
SLOT = timedelta(minutes=10)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
#: What there is to settle now, and what the rules go by.
Seen = tuple[Sequence[Reminder], Situation]
#: Returns what is to be settled at a moment to come, if nothing changes until then.
RemindersAt = Callable[[datetime], Sequence[Reminder]]


def slot(now: datetime) -> str:
    """Return the name of the ten minutes that a moment is in."""
    return f"{now:%Y-%m-%dT%H}:{now.minute // 10}"


def next_slot(now: datetime) -> datetime:
    return now - _since(now, SLOT) + SLOT


def daily(team_id: str, now: datetime) -> datetime:
    """Return when a workspace is looked at next whatever its people do: its turn of a day comes apart from others'."""
    turn = crc32(team_id.encode()) % (_DAY // SLOT)
    begin = now - _since(now, _DAY) + turn * SLOT
    return begin if begin > now else begin + _DAY


def again_at(reminders: Sequence[Reminder], it: Situation) -> datetime:
    """Return when somebody may be told something that nobody can be told now, once people have changed something.

    That is when an hour begins for anybody, for with it begins somebody's working day, or a day; while there is still
    time before a working day ends; and when a thing becomes somebody's business.
    """
    return min([*_hours(it), *_ripening(reminders, it.now)])


def until(seen: Seen, at: RemindersAt, heard: Collection[str], latest: datetime) -> datetime:
    """Return when somebody may be told something if nobody changes anything, or ``latest``.

    Those who have just ``heard`` something hear no more that day. What time alone changes is looked at in the hour
    in which it does, and before a working day ends.
    """
    reminders, it = seen
    end = min([latest, *_ripening(reminders, it.now)])
    hours = [each for each in _hours(it) if each < end]
    first = next((hour for hour in hours if _is_anybody_due(reminders, it, hour, heard)), end)
    outline = _outline(reminders)
    if _outline(at(first)) == outline:
        return first
    before = [hour for hour in hours if hour < first]
    return (*before, first)[bisect(before, 0, key=lambda hour: _outline(at(hour)) != outline)]


def _is_anybody_due(reminders: Sequence[Reminder], it: Situation, hour: datetime, heard: Collection[str]) -> bool:
    then, messages = replace(it, now=hour), told.read(it.log, hour).messages

    def heard_that_day(person: str) -> bool:
        tz = it.people[person].tz
        times = [*messages.get(person, ()), *([it.now] if person in heard else [])]
        return today(hour, tz) in {today(each, tz) for each in times}

    waiting = {each for each in choosing.who_may_be_told(reminders, then) if not heard_that_day(each)}
    return bool(waiting) and not waiting.isdisjoint(choosing.due(reminders, then))


def _outline(reminders: Sequence[Reminder]) -> list[tuple[object, ...]]:
    """Return what makes a difference to whoever may be told."""
    return [
        (each.key, each.visibility, each.people, each.lead, each.active_at, each.ripe_at, each.harm)
        for each in reminders
    ]


def _ripening(reminders: Sequence[Reminder], now: datetime) -> list[datetime]:
    """Return when things become somebody's business."""
    at, rested = to_text(now), to_text(now - REST)
    ripe = [datetime.fromisoformat(each.ripe_at) for each in reminders if each.ripe_at > at]
    return ripe + [datetime.fromisoformat(each.active_at) + REST for each in reminders if each.active_at > rested]


def _hours(it: Situation) -> list[datetime]:
    """Return when hours begin anywhere within a day, and the last moments of working days."""
    first = {_next_hour(it.now, tz) for tz in _zones(it)}
    return sorted({each + _HOUR * turn for each in first for turn in range(_DAY // _HOUR)} | _last_moments(it))


def _last_moments(it: Situation) -> set[datetime]:
    """Return when there is just time left to tell somebody something before their working day ends."""
    days = {(each.hours, each.tz) for each in it.people.values()}
    found = {end_of_day(*each, it.now + _DAY * later).astimezone(UTC) - SLOT for each in days for later in range(2)}
    return {each for each in found if it.now < each < it.now + _DAY}


def _zones(it: Situation) -> set[str]:
    return {"UTC", *(each.tz for each in it.people.values())}


def _next_hour(now: datetime, tz: str) -> datetime:
    return now - _since(now.astimezone(zone(tz)), _HOUR) + _HOUR


def _since(moment: datetime, length: timedelta) -> timedelta:
    """Return how long ago a span of some length began, counted from midnight where the moment is."""
    return (moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)) % length
