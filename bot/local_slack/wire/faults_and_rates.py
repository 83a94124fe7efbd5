"""How often Slack lets an app call, and what can go wrong on the way, armed call by call.

An app may call by a method's tier, and say one thing a second in a channel, with a small burst.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

FaultKind = Literal["rate_limited", "server_error", "lost_before", "lost_after", "garbled", "refused", "slow"]
_MINUTE = timedelta(minutes=1)
_IN_CHANNEL = 5, timedelta(seconds=5)


class Rates:
    """Counts calls in sliding windows; does nothing until it is switched on."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.is_on, self._now = False, now
        self._calls: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def seconds_to_wait(self, method: str, tier: int, channel: str) -> int:
        """Count a call, or return for how many seconds it must wait."""
        if not self.is_on:
            return 0
        windows = {method: (tier, _MINUTE)}
        if method == "chat.postMessage":
            windows[f"{method} {channel}"] = _IN_CHANNEL
        waits = [self._wait(name, *window) for name, window in windows.items()]
        if not any(waits):
            for name in windows:
                self._calls[name].append(self._now())
        return max(waits)

    def _wait(self, name: str, most: int, window: timedelta) -> int:
        calls, now = self._calls[name], self._now()
        while calls and now - calls[0] >= window:
            calls.popleft()
        return 0 if len(calls) < most else int((calls[0] + window - now).total_seconds()) + 1


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``lost_after`` does the work and then drops the connection; ``retry_after`` is in seconds.

    ``error`` is what is said where a call is ``refused``, such as ``fatal_error`` or ``service_unavailable``. What is
    ``slow`` is done once ``until`` is set.
    """

    kind: FaultKind
    retry_after: int = 1
    error: str = "fatal_error"
    until: asyncio.Event | None = None


class Faults:
    """Faults that wait for the next calls of a method, in order."""

    def __init__(self) -> None:
        self._armed: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def arm(self, method: str, *faults: Fault) -> None:
        self._armed[method].extend(faults)

    def next_for(self, method: str) -> Fault | None:
        return self._armed[method].popleft() if self._armed[method] else None
