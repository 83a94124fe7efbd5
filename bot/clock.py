"""Time: one clock that tells it, and a ticker that asks what is due.

APScheduler only ticks. Whether a job's period is done is a row in the store, so neither a restart nor a second
process repeats or skips one.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 20


class Clock:
    """The time that the whole bot goes by. It can be moved on, and frozen, for trying things out and for tests."""

    def __init__(self, frozen_at: datetime | None = None) -> None:
        self._frozen_at = frozen_at
        self._ahead = timedelta()
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Return the time in UTC."""
        return (self._frozen_at or datetime.now(UTC)) + self._ahead

    def move(self, by: timedelta) -> None:
        """Move the clock on and wake whoever waits for a time."""
        self._ahead += by
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait_until(self, moment: datetime) -> None:
        """Return once the clock shows this moment, whether time passed or the clock was moved."""
        while (left := moment - self.now()) > timedelta():
            moved = self._moved.wait()
            try:
                await asyncio.wait_for(moved, None if self._frozen_at else left.total_seconds())
            except TimeoutError:
                continue


class Ticker:
    """Calls a function every twenty seconds of real time, never two calls at once."""

    def __init__(self, tick: Callable[[], Awaitable[None]]) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(tick, "interval", seconds=TICK_SECONDS, max_instances=1, coalesce=True)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
