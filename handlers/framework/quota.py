"""How much of what one workspace asks is in hand at one time, where a bot serves many: none keeps others waiting."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

#: Slack sends a workspace eight events a second at most, and waits three seconds: twice what that comes to.
MOST = 50


class Quota:
    """Gives each workspace so many places."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._taken = Counter[str]()

    @contextmanager
    def place(self, team_id: str) -> Iterator[bool]:
        """Take a place as long as something is in hand; tell whether there was one."""
        is_free = self._taken[team_id] < self._most
        self._taken[team_id] += is_free
        try:
            yield is_free
        finally:
            self._taken[team_id] -= is_free
            if not self._taken[team_id]:
                del self._taken[team_id]
