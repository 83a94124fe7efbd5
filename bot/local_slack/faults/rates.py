"""How often Slack lets an app call: by a method's tier, and one thing a second in a channel, with a small burst."""

from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta

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
