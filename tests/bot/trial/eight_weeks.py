"""Plays the eight weeks of the railway once, and keeps what people saw of it: day by day, and where."""

import asyncio
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.sealing import new_key
from bot.trial.companies import RAIL
from bot.trial.run import Trial, trial
from storage.outbox.losses import ended_badly
from tests.conftest import START
from tests.playing import play

TEAM = "T0LOCAL"
_DIRECT = "Common Ground and "


@dataclass
class Weeks:
    """What was seen on each day, counted from the first, by where: ``#refunds``, or the full name of a person.

    ``asked`` is what was answered afterwards, by what was typed; ``pictures`` are the files that it brought.
    """

    seen: dict[tuple[int, str], str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    pictures: Sequence[bytes] = ()
    warnings: Sequence[str] = ()
    lost: Sequence[object] = ()
    ended: datetime = START

    def in_week(self, week: int, where: str) -> str:
        """Return what was new in a place in one of the weeks, counted from one."""
        return "\n".join(text for (day, at), text in self.seen.items() if at == where and day // 7 == week - 1)


def by_place(lines: Iterable[str]) -> dict[str, str]:
    """Return what stands below each heading of what is new."""
    found: dict[str, list[str]] = {}
    here = ""
    for line in lines:
        if not line.startswith(" "):
            here = line.removeprefix(_DIRECT)
        found.setdefault(here, []).append(line)
    return {where: "\n".join(said) for where, said in found.items()}


async def live(running: Trial, asked: Sequence[str]) -> Weeks:
    """Let the weeks pass, then have Sofia and others type something."""
    found, clock, begun = Weeks(), running.bot.clock, RAIL.begins(running.bot.clock.now())

    def watch() -> None:
        day = (clock.now() - begun).days
        found.seen |= {(day, where): said for where, said in by_place(running.screen.news()).items()}

    await running.live_through_the_past(watch)
    running.screen.news()
    found.asked = {typed: await play(running, typed) for typed in asked}
    workspace = running.slack.workspace
    found.pictures = [each.content for each in workspace.files.values() if each.is_picture]
    found.warnings, found.ended = list(workspace.warnings), clock.now()
    found.lost = ended_badly(running.bot.store.reader, TEAM)
    return found


def lived(installed: Path, folder: Path, asked: Sequence[str]) -> Weeks:
    """Return the weeks as they were lived in a store that a bot began before."""
    store = Path(shutil.copy(installed, folder / "rail.db"))

    async def begin() -> Weeks:
        how = {"rate_limits": RateLimits(burst=10_000), "company": RAIL, "reads_channels": True, "hooks": new_key()}
        async with trial(Clock(frozen_at=START), store, **how) as running:  # type: ignore[arg-type]
            return await live(running, asked)

    return asyncio.run(begin())
