"""How fast Slack takes messages: one a second in a channel, with a small burst; nothing for a while after a 429."""

from collections.abc import Hashable
from datetime import datetime, timedelta

_LANES_KEPT = 10_000


class RateLimits:
    """Says when the next message of a lane may go. ``burst`` messages may go at once, then one a ``gap``."""

    def __init__(self, burst: int = 3, gap: timedelta = timedelta(seconds=1)) -> None:
        self.burst = burst
        self.gap = gap
        self._full_at: dict[Hashable, datetime] = {}
        self._held_until: dict[str, datetime] = {}

    def take_turn(self, lane: Hashable, method: str, now: datetime) -> datetime:
        """Take the lane's next turn and return when it is: ``now``, or later.

        Slack counts a method's calls by workspace, so ``method`` is one in one workspace.
        """
        full_at = max(self._full_at.get(lane, now), now)
        turn = self.next_turn(lane, method, now)
        if len(self._full_at) > _LANES_KEPT:
            self._full_at = {each: moment for each, moment in self._full_at.items() if moment > now}
        self._full_at[lane] = full_at + self.gap
        return turn

    def next_turn(self, lane: Hashable, method: str, now: datetime, leaving: int = 0) -> datetime:
        """Return when the lane's next turn is, without taking it, ``leaving`` so many of the burst to others."""
        full_at = max(self._full_at.get(lane, now), now)
        return max(now, full_at - self.gap * (self.burst - 1 - leaving), self.held_until(method, now))

    def held_until(self, method: str, now: datetime) -> datetime:
        """Return until when nothing is called by a method; ``now`` where it may be."""
        return max(now, self._held_until.get(method, now))

    @property
    def lanes_kept(self) -> int:
        return len(self._full_at)

    def hold(self, method: str, until: datetime) -> None:
        """Call nothing by this method before a time: Slack asked for it."""
        self._held_until[method] = until
