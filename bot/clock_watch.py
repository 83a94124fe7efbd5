"""Compares the clock of this machine with that of the database's server, by which all replicas can be compared."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from handlers.framework.routing import Ended
from storage.engine.interface import Database
from storage.engine.statements import server_time

_log = structlog.get_logger(__name__)

#: Clocks that the network keeps right differ by much less.
MOST = timedelta(seconds=2)
FIX = "keep the clocks of all replicas and of the database's server right by NTP"


def _right_now() -> datetime:
    return datetime.now(UTC)


async def ahead_by(store: Database, now: Callable[[], datetime] = _right_now) -> timedelta:
    """Return by how much this clock is ahead of the server's, at least; negative where it is behind.

    Nothing where replicas don't share the store. Raises StoreUnavailableError.
    """
    if not store.is_shared:
        return timedelta()
    before = now()
    told = await store.read(server_time)
    return max(before - told, timedelta()) or min(now() - told, timedelta())


class ClockWatch:
    """Looks at each tick, and warns once until the clocks agree again."""

    def __init__(self, store: Database, now: Callable[[], datetime] = _right_now) -> None:
        self._store, self._now = store, now
        self._is_off = False

    async def look(self, _now: datetime) -> Ended:
        ahead = await ahead_by(self._store, self._now)
        was_off, self._is_off = self._is_off, abs(ahead) > MOST
        if self._is_off and not was_off:
            _log.warning("this machine's clock is not the database's", seconds_ahead=ahead.total_seconds(), fix=FIX)
        return "done"
