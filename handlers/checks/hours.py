"""When a person may be told of something that can wait: in their working hours, in their own time zone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from handlers.checks.dates import is_working_day, zone

_MIDNIGHT = 24
_LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours on working days: from the hour ``begin`` until before the hour ``end``, 0 to 24."""

    begin: int = 9
    end: int = 17


def read_hours(text: str) -> Hours:
    """Read hours as they are kept, such as 9-17; what cannot be read is the default."""
    begin, is_range, end = text.partition("-")
    if not is_range or not begin.isdigit() or not end.isdigit():
        return Hours()
    return Hours(int(begin), int(end)) if 0 <= int(begin) < int(end) <= _MIDNIGHT else Hours()


def is_working_time(hours: Hours, tz: str, holidays: Collection[str], now: datetime) -> bool:
    """Tell whether it is a working day and hour for a person. ``holidays`` are ISO dates."""
    local = now.astimezone(zone(tz))
    return is_working_day(local.date(), holidays) and hours.begin <= local.hour < hours.end


def end_of_day(hours: Hours, tz: str, now: datetime) -> datetime:
    """Return when this working day ends, as a moment with the person's time zone."""
    local = now.astimezone(zone(tz))
    end = _LAST_MINUTE if hours.end == _MIDNIGHT else time(hours.end)
    return datetime.combine(local.date(), end, zone(tz))
