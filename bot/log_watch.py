"""Warns where the store's log of writes grows and grows, because somebody reads the store for long."""

from collections.abc import Callable
from datetime import datetime

import structlog

from handlers.framework.routing import Ended

_log = structlog.get_logger(__name__)

#: So large does a log become by no write of ours that lasts: as large as is kept of it, twice.
LARGE = 2 * 64 * 2**20
#: One look may fall into a moment at which the whole store is written anew.
_IN_A_ROW = 2


class LogWatch:
    """Looks at each tick, and warns once until the log is small again."""

    def __init__(self, log_bytes: Callable[[], int]) -> None:
        self._log_bytes = log_bytes
        self._looks = 0

    async def look(self, _now: datetime) -> Ended:
        size = self._log_bytes()
        self._looks = self._looks + 1 if size > LARGE else 0
        if self._looks == _IN_A_ROW:
            fix = "end what has read the store for long, such as a shell or another program's backup"
            _log.warning("the store's log grows, because somebody reads the store for long", bytes=size, fix=fix)
        return "done"
