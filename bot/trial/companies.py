"""The companies that a trial can open on: the people of each, and what happened there in the weeks before."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from importlib.resources import files
from typing import Any

import yaml

from bot.local_slack.workspace.seed import sample

_MORNING = time(10, tzinfo=UTC)
_DAY = re.compile(r"\b(today|start)([+-]\d+)\b")
#: The C loader reads the file in a tenth of the time; both are safe loaders.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _text(name: str) -> str:
    return files("bot.trial").joinpath("companies", name).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Company:
    """A company: its ``people`` and channels as the local Slack reads them, and the ``weeks`` behind it, if any.

    What people typed stands in its ``history.txt``; what they would enter in forms stands in its ``history.yaml``. Both
    may name days: ``today-9`` is counted from the trial's own day, ``start+9`` from the day on which the weeks began.
    """

    name: str
    weeks: int
    people: Callable[[], str]

    def begins(self, now: datetime) -> datetime:
        """Return when its past begins: on a Monday at 10:00 UTC, so many weeks ago or up to one week more."""
        latest = now - timedelta(weeks=self.weeks)
        monday = datetime.combine(latest.date() - timedelta(days=latest.weekday()), _MORNING)
        return monday if monday <= latest else monday - timedelta(days=7)

    def happened(self, now: datetime) -> Sequence[str]:
        """Return line by line what happened until now."""
        return [self._dated(line, now) for line in _text(f"{self.name}/history.txt").splitlines()]

    def records(self, now: datetime) -> Any:
        """Return the records that those lines name."""
        told = yaml.load(_text(f"{self.name}/history.yaml"), Loader=_LOADER)  # noqa: S506 - both are safe
        return _in_texts(partial(self._dated, now=now), told)

    def _dated(self, text: str, now: datetime) -> str:
        """Return a text with each day that it counts as an ISO day."""
        days = {"today": now.date(), "start": self.begins(now).date()}
        return _DAY.sub(partial(_day, days), text)


def _day(days: dict[str, date], counted: re.Match[str]) -> str:
    return (days[counted[1]] + timedelta(days=int(counted[2]))).isoformat()


def _in_texts(change: Callable[[str], str], told: Any) -> Any:
    """Return what a file says with each text changed."""
    if isinstance(told, dict):
        return {name: _in_texts(change, value) for name, value in told.items()}
    if isinstance(told, list):
        return [_in_texts(change, value) for value in told]
    return change(told) if isinstance(told, str) else told


HARBOUR = Company("harbour", 4, sample)
RAIL = Company("rail", 8, partial(_text, "rail/people.yaml"))
EMPTY = Company("empty", 0, sample)
COMPANIES = {each.name: each for each in (HARBOUR, RAIL, EMPTY)}
