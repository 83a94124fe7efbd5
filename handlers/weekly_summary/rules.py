"""When a summary is due, what it compares itself with, and how somebody says when they want it. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from handlers.checks.dates import working_day_before, zone
from handlers.hooks.digest import PRESSING, Digest, Line, News, Section
from handlers.hooks.reminders import Reminder
from storage.engine.interface import to_text
from storage.workspaces.summaries import Run, Schedule

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: As the form names them.
WEEKDAYS = tuple(str(place) for place in range(len(DAYS)))
#: What is later than this is told by the next summary.
LATE = timedelta(days=3)
_WEEK = timedelta(days=7)
_WHEN = re.compile(r"(?P<day>[a-z]+)?\s*(?P<time>\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?)?", re.IGNORECASE)
_HOUR = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>am|pm)?", re.IGNORECASE)
_NOON = 12
#: Nowhere does a day begin sooner.
_FIRST_ZONE = timezone(timedelta(hours=14))
#: So many chapters does a summary's first message name.
_CHAPTERS = 5


@dataclass(frozen=True, slots=True)
class Due:
    """A summary whose time has come: the day that names its period, when it was due, and from when on it tells."""

    schedule: Schedule
    period: str
    due_at: datetime
    begin: str

    def is_late(self, now: datetime) -> bool:
        return now - self.due_at >= LATE


@dataclass(frozen=True, slots=True)
class Wanted:
    """When somebody wants a summary, and how: ``at`` such as 09:00."""

    weekday: int = 0
    at: str = "09:00"
    is_always: bool = False
    is_naming: bool = False


def last_due(schedule: Schedule, now: datetime) -> tuple[date, datetime]:
    """Return the last day on which a summary was due, and the moment in UTC.

    A time that a clock change leaves out comes as much later; one that it repeats counts once, the first time.
    """
    today = now.astimezone(zone(schedule.tz)).date()
    day = today - timedelta(days=(today.weekday() - schedule.weekday) % 7)
    if _moment(day, schedule) > now:
        day -= _WEEK
    return day, _moment(day, schedule)


def next_due(schedule: Schedule, now: datetime) -> tuple[date, datetime]:
    """Return the next day on which a summary is due, and the moment in UTC."""
    day = last_due(schedule, now)[0] + _WEEK
    return day, _moment(day, schedule)


def is_near(day: date, holidays: Collection[str], now: datetime) -> bool:
    """Tell whether the working day before a summary's day has begun, for whoever's day begins first."""
    return now.astimezone(_FIRST_ZONE).date() >= working_day_before(day, holidays)


def _moment(day: date, schedule: Schedule) -> datetime:
    hour, minute = (int(each) for each in schedule.at.split(":"))
    return datetime.combine(day, time(hour, minute), zone(schedule.tz)).astimezone(UTC)


def due(schedule: Schedule, told: Sequence[Run], now: datetime) -> Due | None:
    """Return what is due now and was not told; what was due before it was asked for is not."""
    day, moment = last_due(schedule, now)
    period = day.isoformat()
    if to_text(moment) <= schedule.set_at or any(run.period == period for run in told):
        return None
    return Due(schedule, period, moment, begin_of(told, moment))


def begin_of(told: Sequence[Run], moment: datetime) -> str:
    """Return from when on a summary tells: from the end of the last one that was said, else a week back."""
    said = [run.ends_at for run in told if run.state != "folded"]
    return max(said) if said else to_text(moment - _WEEK)


def keys_of(told: Sequence[Digest]) -> tuple[str, ...]:
    groups = [group for each in told for group in each.section.told_groups if group.is_news]
    return tuple(line.key for group in groups for line in group.lines)


def figures_of(told: Sequence[Digest]) -> dict[str, int]:
    return {name: number for each in told for name, number in each.figures.items()}


def is_nothing(told: Sequence[Digest], last: Run | None) -> bool:
    """Tell whether nothing happened: nothing is listed that was not listed before, and nothing is pressing.

    What is settled is listed as such; what the last summary told as news and this one does not is no news.
    """
    if any(news.weight >= PRESSING for each in told for news in each.section.news):
        return False
    keys = set(keys_of(told))
    return not keys or (last is not None and keys <= set(last.keys))


def weightiest(sections: Sequence[Section]) -> News | None:
    """Return the news that matters most, of equals what is told first."""
    return max((news for each in sections for news in each.news), key=lambda news: news.weight, default=None)


def named_first(sections: Sequence[Section]) -> list[Section]:
    """Return the chapters that the first message names besides what matters most, each its weightiest news first."""
    first = weightiest(sections)
    rest = [(each, [news for news in each.news if news is not first]) for each in sections]
    told = [replace(each, news=sorted(news, key=lambda one: -one.weight)) for each, news in rest if news]
    by_weight = sorted(told, key=lambda each: -each.news[0].weight)[:_CHAPTERS]
    return [each for each in told if each in by_weight]


def for_person(told: Sequence[Digest], user_id: str) -> list[Digest]:
    """Return what somebody has to do with in every section; what is for stewards is told to them whole."""
    found = []
    for each in told:
        if each.section.audience == "stewards":
            found += [each] if each.section.told_groups else []
            continue
        groups = [(group, [line for line in group.lines if user_id in line.people]) for group in each.section.groups]
        own = [replace(group, lines=lines) for group, lines in groups]
        section = Section(each.section.id, each.section.title, own, order=each.section.order)
        found += [Digest(section, each.figures)] if section.told_groups else []
    return found


def waiting_on(needs: Sequence[Reminder]) -> list[tuple[str, int]]:
    """Return on whom things wait and how many, most first; what has one topic is one thing."""
    counts = Counter(person for person, _ in {(who, each.topic.key) for each in needs for who in each.people})
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _waiting(sections: Sequence[Section]) -> list[Line]:
    groups = [group for section in sections for group in section.told_groups if group.is_waiting]
    return [line for group in groups for line in group.lines]


def change(now: int, before: Mapping[str, int], name: str) -> str:
    """Return how a figure changed, such as " (2 more)"; empty where there was none before."""
    if name not in before:
        return ""
    more = now - before[name]
    return f" ({abs(more)} {'more' if more > 0 else 'fewer'})" if more else " (unchanged)"


def says_off(text: str) -> bool:
    return text.strip().casefold() in ("off", "none", "stop")


def wanted(text: str) -> Wanted | str:
    """Read when somebody wants a summary, such as "weekly monday 09:00 always naming", or say what is wrong."""
    words = text.casefold().replace(",", " ").split()
    flags = {word for word in words if word in ("always", "naming")}
    rest = " ".join(word for word in words if word not in (*flags, "weekly", "every", "on", "at"))
    match = _WHEN.fullmatch(rest)
    days = [place for place, name in enumerate(DAYS) if match and match["day"] and name.startswith(match["day"])]
    if match is None or (match["day"] and len(days) != 1):
        return "Give a day and a time, such as: monday 09:00"
    at = time_of(match["time"]) if match["time"] else "09:00"
    if not at:
        return "That isn't a time of day. Write it as 09:00."
    return Wanted(days[0] if days else 0, at, "always" in flags, "naming" in flags)


def time_of(text: str) -> str:
    """Return a time of day as 09:00; empty where it is none."""
    match = _HOUR.fullmatch(text.strip())
    if match is None:
        return ""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").casefold()
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""  # noqa: PLR2004 - a day's hours, an hour's minutes
