"""Days in ISO form, such as 2026-01-31, as people choose, compare and read them. Pure."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: Records keep days as text and compare them as text, so that no other form of ISO 8601 is one.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: What stands around a day in a sentence, until ``handlers/slack/days`` shows it; nobody types these.
MARKS = ("\x02", "\x03")
_SATURDAY = 5
#: A day begins so long before it does in UTC, on islands in the Pacific.
_FIRST = timedelta(hours=14)
_WEEKS_FROM, _MONTHS_FROM, _DAYS_A_MONTH = 14, 63, 30


def day_in(text: str) -> date | None:
    """Return the day that a text such as 2026-01-31 is; None where there is no such day."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def zone(tz: str) -> ZoneInfo:
    """Return a time zone by its IANA name; UTC for one that is unknown here."""
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def today(now: datetime, tz: str) -> date:
    """Return which day it is for somebody in a time zone, UTC's where the zone is unknown; ``now`` has a zone."""
    return now.astimezone(zone(tz)).date()


def first_today(now: datetime) -> date:
    """Return which day it is where it begins first."""
    return (now.astimezone(UTC) + _FIRST).date()


def is_working_day(day: date, holidays: Collection[str]) -> bool:
    """Tell whether people work on a day: Monday to Friday, but for holidays (ISO dates)."""
    return day.weekday() < _SATURDAY and day.isoformat() not in holidays


def working_day_before(day: date, holidays: Collection[str]) -> date:
    """Return the last working day before a day."""
    before = day - timedelta(days=1)
    return before if is_working_day(before, holidays) else working_day_before(before, holidays)


def is_past(day: str, today: date) -> bool:
    """Tell whether a day lies before today; what is no day does not."""
    found = day_in(day)
    return found is not None and found < today


def wrong_ahead(day: str, today: date, otherwise: str = "Choose a day.") -> str:
    """Say what is wrong with a day that should lie ahead, or be today; ``otherwise`` where it is none."""
    if day_in(day) is None:
        return otherwise
    return "That day is in the past. Choose a day ahead." if is_past(day, today) else ""


def day(at: str) -> str:
    """Return a day, or a moment in ISO form, as it stands in a sentence: each reader is shown it as their own day.

    Where Slack shows it, it reads "today", "tomorrow" or "Dec 4, 2026"; so no "on" goes before it. What is no day
    stays as it is.
    """
    return f"{MARKS[0]}{at}{MARKS[1]}" if day_in(at[:10]) is not None else at


def age(since: str, today: date) -> str:
    """Return how old something is: "today", "12 days", "3 weeks"; empty where that is not known or it lies ahead.

    ``since`` is a day, or a moment in ISO form that begins with one.
    """
    begin = day_in(since[:10])
    if begin is None or begin > today:
        return ""
    days = (today - begin).days
    if days < _WEEKS_FROM:
        return "today" if days == 0 else "1 day" if days == 1 else f"{days} days"
    return f"{days // 7} weeks" if days < _MONTHS_FROM else f"{days // _DAYS_A_MONTH} months"
