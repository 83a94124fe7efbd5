"""Time: one clock that tells it, and a ticker that asks what is due.

APScheduler only ticks. Whether a job's period is done is a row in the store, so neither a restart nor a second
process repeats or skips one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 20


class Clock:
    """The time that the whole bot goes by. It can be moved on, and frozen, for trying things out and for tests.

    What people mean by a time is on the wall (``now``), which somebody may set back; how long something lasts is told
    by a clock that only goes on (``steady``).
    """

    def __init__(self, frozen_at: datetime | None = None) -> None:
        self._frozen_at = frozen_at
        self._from = datetime.now(UTC) - timedelta(seconds=time.monotonic())
        self._ahead, self._set = timedelta(), timedelta()
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Return the time on the wall, in UTC."""
        return (self._frozen_at or datetime.now(UTC)) + self._ahead + self._set

    def steady(self) -> datetime:
        """Return a time that no correction of the clock changes; it may differ from that on the wall."""
        if self._frozen_at is None:
            return self._from + timedelta(seconds=time.monotonic())
        return self._frozen_at + self._ahead

    def move(self, by: timedelta) -> None:
        """Move the clock on and wake whoever waits for a time."""
        self._ahead += by
        self._from += by
        self._wake()

    def correct(self, by: timedelta) -> None:
        """Set the clock on the wall, as an operator does: no time passes."""
        self._set += by
        self._wake()

    def _wake(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait_until(self, moment: datetime) -> None:
        """Return once the steady clock shows this moment, whether time passed or the clock was moved."""
        while (left := moment - self.steady()) > timedelta():
            moved = self._moved.wait()
            try:
                await asyncio.wait_for(moved, None if self._frozen_at else left.total_seconds())
            except TimeoutError:
                continue


class Ticker:
    """Calls a function every twenty seconds of real time, never two calls at once, also once the clock was set back."""

    def __init__(self, tick: Callable[[], Awaitable[None]]) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._job = self._scheduler.add_job(tick, "interval", seconds=TICK_SECONDS, max_instances=1, coalesce=True)
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._scheduler.start()
        self._watch = asyncio.create_task(self._look_at_clock())

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
        if self._watch is not None:
            self._watch.cancel()

    async def _look_at_clock(self) -> None:
        """APScheduler goes by the clock on the wall: where that was set back, the next call is far away."""
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.catch_up(datetime.now(UTC))

    def catch_up(self, now: datetime) -> None:
        """Call soon where the next call is further away than any can be."""
        if self._job.next_run_time - now > timedelta(seconds=2 * TICK_SECONDS):
            self._job.modify(next_run_time=now)
