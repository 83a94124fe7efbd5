"""When a workspace in which nobody can be told anything is looked at again. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.checks.dates import zone
from handlers.hooks.reminders import Reminder
from handlers.nudges.rules.choosing import REST, Situation
from storage.engine.interface import to_text

#: How often a workspace is looked at where somebody might be told something.
SLOT, _HOUR = timedelta(minutes=10), timedelta(hours=1)


def slot(now: datetime) -> str:
    """Return the name of the ten minutes that a moment is in."""
    return f"{now:%Y-%m-%dT%H}:{now.minute // 10}"


def slots(reminders: Sequence[Reminder], it: Situation) -> list[str]:
    """Return the slots to come in which nobody can be told anything either."""
    begin, until = it.now - _since(it.now, SLOT), again_at(reminders, it)
    coming = (begin + SLOT * turn for turn in range(1, _HOUR // SLOT + 1))
    return [slot(each) for each in coming if each < until]


def again_at(reminders: Sequence[Reminder], it: Situation) -> datetime:
    """Return when somebody may be told something that nobody can be told now.

    That is when an hour begins for anybody, for with it begins somebody's working day, or a day; and when a thing
    becomes somebody's business. What people change meanwhile is left alone for a day.
    """
    at, rested = to_text(it.now), to_text(it.now - REST)
    hours = [_next_hour(it.now, tz) for tz in {"UTC", *(each.tz for each in it.people.values())}]
    ripe = [datetime.fromisoformat(each.ripe_at) for each in reminders if each.ripe_at > at]
    left_alone = [datetime.fromisoformat(each.active_at) + REST for each in reminders if each.active_at > rested]
    return min([*hours, *ripe, *left_alone])


def _next_hour(now: datetime, tz: str) -> datetime:
    return now - _since(now.astimezone(zone(tz)), _HOUR) + _HOUR


def _since(moment: datetime, length: timedelta) -> timedelta:
    """Return how long ago a span of some length began, counted from midnight where the moment is."""
    return (moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)) % length
