"""How often each caller may ask in a minute."""

import time
from collections.abc import Callable, Hashable

#: So many callers are remembered at most; of more, the minute begins anew for all.
_MOST = 10_000
_MINUTE = 60.0


class Quota:
    """Counts calls by caller; each replica counts its own. ``seconds`` counts on, whatever the clock is set to."""

    def __init__(self, a_minute: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self._a_minute, self._seconds = a_minute, seconds
        self._counts: dict[Hashable, int] = {}
        self._ends = 0.0

    def left_out(self, caller: Hashable) -> int:
        """Count a call; return for how many seconds nothing more is answered to this caller, 0 where it is."""
        now = self._seconds()
        if now >= self._ends or len(self._counts) >= _MOST:
            self._counts.clear()
            self._ends = now + _MINUTE
        count = self._counts[caller] = self._counts.get(caller, 0) + 1
        return 0 if count <= self._a_minute else max(1, round(self._ends - now))
