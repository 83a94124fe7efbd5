"""Keeps what anybody can bring about from filling the log."""

import time

_QUIET_SECONDS = 60


class OnceAMinute:
    """Says yes when it is asked first, and then once a minute at most."""

    def __init__(self) -> None:
        self._quiet_until = 0.0

    def may_speak(self) -> bool:
        if time.monotonic() < self._quiet_until:
            return False
        self._quiet_until = time.monotonic() + _QUIET_SECONDS
        return True
