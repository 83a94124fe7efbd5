"""Whether it goes faster: how long things waited, week by week, by component and never by person. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from handlers.hooks.waits import WHATS, Wait, What
from storage.engine.interface import to_text

WEEKS = 12
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waited:
    """How many things waited in a week, and for how many days at its end: half of them for longer."""

    number: int
    days: float


#: What waited in each week, by when it ends.
Weeks = Mapping[datetime, Mapping[What, Waited]]


def begin(now: datetime) -> datetime:
    """Return when the first of the weeks begins."""
    return now - WEEKS * _WEEK


def week_ends(now: datetime) -> list[datetime]:
    """Return the ends of the last weeks, the last of which is now."""
    return [now - _WEEK * back for back in range(WEEKS - 1, -1, -1)]


def waited(waits: Iterable[Wait], end: datetime) -> dict[What, Waited]:
    """Return what waited in the week that ends then, of each kind that did."""
    begins, until, spent = to_text(end - _WEEK), to_text(end), dict[What, list[float]]()
    for each in waits:
        if each.begin <= until and (not each.end or each.end > begins):
            over = min(each.end or until, until)
            days = (datetime.fromisoformat(over) - datetime.fromisoformat(each.begin)) / _DAY
            spent.setdefault(each.what, []).append(max(days, 0.0))
    return {what: Waited(len(spent[what]), round(median(spent[what]), 1)) for what in WHATS if what in spent}


def over_weeks(waits: Sequence[Wait], now: datetime) -> Weeks:
    return {end: waited(waits, end) for end in week_ends(now)}


def by_component(waits: Iterable[Wait]) -> Mapping[str, Sequence[Wait]]:
    """Return the waits of each component, by its id; those of none under an empty one."""
    found: dict[str, list[Wait]] = {}
    for each in waits:
        found.setdefault(each.component_id, []).append(each)
    return found
