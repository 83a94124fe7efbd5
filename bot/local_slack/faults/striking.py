"""What can go wrong on the way between Slack and the app, armed call by call."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["rate_limited", "server_error", "lost_before", "lost_after", "garbled", "refused", "slow"]


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
