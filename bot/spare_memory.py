"""Gives memory back that nothing uses any more."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.interpreter import give_back
from handlers.framework.routing import Ended

#: It takes some milliseconds, in which no thread gets any memory.
_EVERY = timedelta(hours=1)


class SpareMemory:
    """Is asked at each tick, and gives memory back once an hour, the first time an hour after the start."""

    def __init__(self, give_back: Callable[[], None] = give_back) -> None:
        self._give_back = give_back
        self._last: datetime | None = None

    async def look(self, now: datetime) -> Ended:
        last = self._last or now
        # A clock that was set back is no reason to wait until it is as late again.
        is_time = abs(now - last) >= _EVERY
        self._last = now if is_time else last
        if is_time:
            await asyncio.to_thread(self._give_back)
        return "done"
