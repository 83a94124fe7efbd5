"""A company with a past: four weeks of records, messages and reminders, played before a trial is opened.

What people typed stands in ``history.txt``; what they would enter in forms stands in ``history.yaml``, and is put into
the store by ``records``, so that threads, reminders and summaries follow from it.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from importlib.resources import files
from typing import Any

import yaml

from bot.trial.records import Told, Writing, put
from handlers.access.recipients import Facts
from storage.engine.interface import WORKSPACE, Database, Transaction
from storage.outbox import deliveries

_LENGTH = timedelta(weeks=4)
_MORNING = time(10, tzinfo=UTC)
_DAY = re.compile(r"today([+-]\d+)?")
_RECORD = "record "
_DAYS = re.compile(r"wait (\d+) days?")
#: The C loader reads the file in a tenth of the time; both are safe loaders.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def beginning(now: datetime) -> datetime:
    """Return when the past begins: on a Monday at 10:00 UTC, between four and five weeks ago."""
    latest = now - _LENGTH
    monday = datetime.combine(latest.date() - timedelta(days=latest.weekday()), _MORNING)
    return monday if monday <= latest else monday - timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Past:
    """What happened in a workspace until its ``end``. ``do`` carries out what is typed, ``now`` tells the time."""

    store: Database
    team_id: str
    end: datetime
    now: Callable[[], datetime]
    do: Callable[[str], Awaitable[Sequence[str]]]

    async def play(self) -> None:
        """Play all of it. Raises ScriptError and RecordError where a line or a record is out of date."""
        records = _with_days(yaml.load(_text("history.yaml"), Loader=_LOADER), self.end.date())  # noqa: S506 - both are safe
        for line in _text("history.txt").splitlines():
            if line.startswith(_RECORD):
                await self._record(records[line.removeprefix(_RECORD)])
            elif match := _DAYS.fullmatch(line):
                await self._wait(int(match[1]))
            else:
                await self.do(line)
        while self.now() + timedelta(days=1) <= self.end:
            await self._wait(1)

    async def _wait(self, days: int) -> None:
        """Let each day pass by itself: reminders are sent on the day on which they are due."""
        for _ in range(days):
            await self.do("wait 1 day")

    async def _record(self, record: Told) -> None:
        facts = Facts(record["by"], self.now(), visible=(WORKSPACE,), is_admin=True)
        await self.store.write(partial(_put, team_id=self.team_id, facts=facts, record=record))
        await self.do("")


def _put(transaction: Transaction, *, team_id: str, facts: Facts, record: Told) -> None:
    deliveries.add(transaction, put(Writing(transaction, team_id, facts), record))


def _text(name: str) -> str:
    return files("bot.trial").joinpath(name).read_text(encoding="utf-8")


def _with_days(told: Any, today: date) -> Any:
    """Return what a file says with each ``today+9`` as the ISO day that it means."""
    if isinstance(told, dict):
        return {name: _with_days(value, today) for name, value in told.items()}
    if isinstance(told, list):
        return [_with_days(value, today) for value in told]
    match = _DAY.fullmatch(told) if isinstance(told, str) else None
    return told if match is None else (today + timedelta(days=int(match[1] or 0))).isoformat()
