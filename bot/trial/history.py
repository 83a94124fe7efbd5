"""A company with a past: weeks of records, messages and reminders, played before a trial is opened.

What people typed is carried out; what they would enter in forms is put into the store by ``records``, so that threads,
reminders and summaries follow from it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.trial.companies import Company
from bot.trial.records import Told, Writing, put
from handlers.access.recipients import Facts
from storage.engine.interface import WORKSPACE, Database
from storage.outbox import deliveries

_RECORD = "record "
_DAYS = re.compile(r"wait (\d+) days?")
_ONE_DAY = "wait 1 day"


@dataclass(frozen=True, slots=True)
class Past:
    """What happened in a company until its ``end``; ``names`` are those of its people, by their ids.

    ``act`` carries out what is typed, ``report`` what another program reports, ``now`` tells the time, and ``watch`` is
    called at the end of each day.
    """

    company: Company
    names: Mapping[str, str]
    store: Database
    team_id: str
    end: datetime
    now: Callable[[], datetime]
    act: Callable[[str], Awaitable[None]]
    report: Callable[[Told], Awaitable[None]]
    watch: Callable[[], None]

    async def play(self) -> None:
        """Play all of it. Raises ScriptError, RecordError and ReportError where a line or a record is out of date."""
        records = self.company.records(self.end)
        for line in self.company.happened(self.end):
            if line.startswith(_RECORD):
                await self._record(records[line.removeprefix(_RECORD)])
            elif match := _DAYS.fullmatch(line):
                await self._wait(int(match[1]))
            else:
                await self.act(line)
        while self.now() + timedelta(days=1) <= self.end:
            await self._wait(1)

    async def _wait(self, days: int) -> None:
        """Let each day pass by itself: reminders are sent on the day on which they are due."""
        for _ in range(days):
            self.watch()
            await self.act(_ONE_DAY)

    async def _record(self, record: Told) -> None:
        if "report" in record:
            await self.report(record["report"])
            await self.act("")
            return
        facts = Facts(record["by"], self.now(), visible=(WORKSPACE,), is_admin=True)
        await self.store.write(lambda transaction: _put(Writing(transaction, self.team_id, facts, self.names), record))
        await self.act("")


def _put(writing: Writing, record: Told) -> None:
    deliveries.add(writing.transaction, put(writing, record))
