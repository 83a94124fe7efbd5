"""Notices that the clock on the wall was set back, and brings back what was done ahead of it."""

from datetime import datetime
from functools import partial

import structlog

from handlers.framework.routing import Ended
from storage.engine.interface import Database
from storage.workspaces.ahead import AHEAD, bring_back

_log = structlog.get_logger(__name__)


class Setback:
    """Looks at each tick, and in the store only at the first and after the clock has gone back by hours."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self._latest: datetime | None = None

    async def look(self, now: datetime) -> Ended:
        """Raises StoreUnavailableError; the next look tries again then."""
        if self._latest is not None and now > self._latest - AHEAD:
            self._latest = max(self._latest, now)
            return "done"
        rows = await self._store.write(partial(bring_back, now=now))
        if rows:
            _log.warning("the clock was ahead; what was done meanwhile counts as done now", rows=rows)
        self._latest = now
        return "done"
