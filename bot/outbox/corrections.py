"""What waits to be said waits as long as it was meant to, whatever the clock on the wall is set to meanwhile."""

import asyncio
from datetime import timedelta
from functools import partial

import structlog

from bot.clock import Clock
from storage.engine.interface import Database
from storage.outbox import deliveries

_log = structlog.get_logger(__name__)
#: A clock that is kept right by the network is moved by less.
_LEAST = timedelta(minutes=1)


class Corrections:
    """Notices that the clock on the wall was set, from one look to the next.

    Where it was set back, nothing is given up too early: what waits may wait for longer.
    """

    def __init__(self, store: Database, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._known = self._correction
        self._turn = asyncio.Lock()

    @property
    def _correction(self) -> timedelta:
        return self._clock.now() - self._clock.steady()

    async def follow(self) -> None:
        """Give up what was not said yet by as much later as the clock was set on. Raises StoreUnavailableError."""
        async with self._turn:
            by = self._correction - self._known
            if by < _LEAST:
                self._known += by
                return
            rows = await self._store.write(partial(deliveries.put_expiry_off, by=by, now=self._clock.now()))
            self._known += by
        _log.warning("the clock was set on; what waits to be said is given up by as much later", by=str(by), rows=rows)
