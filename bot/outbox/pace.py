"""How fast messages go to all channels of a workspace together: a burst, and then one at a time, the most urgent first.

Slack takes one message a second in a channel, and several hundred a minute in a workspace:
https://docs.slack.dev/apis/web-api/rate-limits
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.outbox.slots import Urgency
from storage.outbox.lanes import Lane

#: Four messages a second are 240 a minute, and 300 in the first: below what Slack takes, which is no exact number.
AT_ONCE, GAP = 60, timedelta(seconds=0.25)
_ALL = "all"


@dataclass(slots=True)
class _Waiting:
    """A lane that waits for its turn."""

    lane: Lane
    may_look: asyncio.Event = field(default_factory=asyncio.Event)


class Pace:
    """Gives out turns; ``at_once`` may be taken at one time."""

    def __init__(self, clock: Clock, at_once: int = AT_ONCE, gap: timedelta = GAP) -> None:
        self._clock, self._bucket = clock, RateLimits(at_once, gap)
        self._waiting: dict[Lane, _Waiting] = {}
        self._queue: list[tuple[Urgency, int, _Waiting]] = []
        self._places = count()

    @property
    def resting(self) -> int:
        """Return how many wait for a later time."""
        return len(self._waiting) if self._wait() > timedelta() else 0

    async def turn(self, lane: Lane, urgency: Urgency) -> None:
        """Return once it is a lane's turn."""
        me = self._waiting[lane] = _Waiting(lane)
        self.hurry(lane, urgency)
        try:
            while self._first() is not me or self._wait() > timedelta():
                await self._rest(me)
            self._bucket.take_turn(_ALL, _ALL, self._clock.steady())
        finally:
            del self._waiting[lane]
            self._wake_first()

    def hurry(self, lane: Lane, urgency: Urgency) -> None:
        """Let a lane that waits go earlier: something more urgent has come into it."""
        if lane in self._waiting:
            heappush(self._queue, (urgency, next(self._places), self._waiting[lane]))
            self._wake_first()

    async def _rest(self, me: _Waiting) -> None:
        if self._first() is me:
            await self._clock.wait_until(self._clock.steady() + self._wait())
        else:
            me.may_look.clear()
            await me.may_look.wait()

    def _wait(self) -> timedelta:
        now = self._clock.steady()
        return self._bucket.next_turn(_ALL, _ALL, now) - now

    def _first(self) -> _Waiting | None:
        while self._queue and self._waiting.get(self._queue[0][2].lane) is not self._queue[0][2]:
            heappop(self._queue)
        return self._queue[0][2] if self._queue else None

    def _wake_first(self) -> None:
        if (first := self._first()) is not None:
            first.may_look.set()


class Paces:
    """A pace of its own for each workspace."""

    def __init__(self, clock: Clock, at_once: int = AT_ONCE) -> None:
        self._clock, self._at_once = clock, at_once
        self._each: dict[str, Pace] = {}
        self._at: dict[Lane, Pace] = {}

    @property
    def resting(self) -> int:
        """Return how many wait for a later time."""
        return sum(each.resting for each in {*self._at.values()})

    async def turn(self, lane: Lane, urgency: Urgency) -> None:
        """Return once it is a lane's turn in its workspace."""
        if lane.team_id not in self._each:
            self._each[lane.team_id] = Pace(self._clock, self._at_once)
        pace = self._at[lane] = self._each[lane.team_id]
        try:
            await pace.turn(lane, urgency)
        finally:
            del self._at[lane]

    def hurry(self, lane: Lane, urgency: Urgency) -> None:
        """Let a lane that waits go earlier: something more urgent has come into it."""
        if lane in self._at:
            self._at[lane].hurry(lane, urgency)
