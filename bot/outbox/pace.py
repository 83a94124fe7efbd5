"""How fast messages go to all channels of a workspace together: a burst, and then one at a time, the most urgent first.

A part of the burst is for answers, so that many people who ask at once wait for no backlog of notices.

Slack takes one message a second in a channel, and several hundred a minute in a workspace:
https://docs.slack.dev/apis/web-api/rate-limits. What else the relay calls, such as edits, Slack counts by method alone;
where it asks to wait, only that method does.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.outbox.slots import Urgency
from storage.outbox.lanes import Lane

#: Four messages a second are 240 a minute, and 300 in the first: below what Slack takes, which is no exact number.
AT_ONCE, GAP = 60, timedelta(seconds=0.25)
#: This part of what may go at once is left to answers.
_FOR_ANSWERS = 1 / 3
_ALL = "all"


@dataclass(slots=True)
class _Waiting:
    """A lane that waits for its turn."""

    lane: Lane
    urgency: Urgency
    may_look: asyncio.Event = field(default_factory=asyncio.Event)


class Pace:
    """Gives out turns; ``at_once`` may be taken at one time."""

    def __init__(self, clock: Clock, at_once: int = AT_ONCE, gap: timedelta = GAP) -> None:
        self._clock, self._at_once, self._gap = clock, at_once, gap
        self._bucket = RateLimits(at_once, gap)
        self._waiting: dict[Lane, _Waiting] = {}
        self._queue: list[tuple[Urgency, int, _Waiting]] = []
        self._places = count()
        self.share(1)

    def share(self, replicas: int) -> None:
        """Give out from now on what one of so many replicas may, which all send into the same workspace."""
        self._bucket.burst, self._bucket.gap = max(1, self._at_once // replicas), self._gap * replicas
        self._for_answers = int(self._bucket.burst * _FOR_ANSWERS)
        self._wake_first()

    @property
    def resting(self) -> int:
        """Return how many wait for a later time."""
        first = self._first()
        return len(self._waiting) if first is not None and self._wait(first) > timedelta() else 0

    async def turn(self, lane: Lane, urgency: Urgency) -> None:
        """Return once it is a lane's turn."""
        me = self._waiting[lane] = _Waiting(lane, urgency)
        self.hurry(lane, urgency)
        try:
            while self._first() is not me or self._wait(me) > timedelta():
                await self._rest(me)
            self._bucket.take_turn(_ALL, _ALL, self._clock.steady())
        finally:
            del self._waiting[lane]
            self._wake_first()

    def hurry(self, lane: Lane, urgency: Urgency) -> None:
        """Let a lane that waits go earlier: something more urgent has come into it."""
        if lane in self._waiting:
            waiting = self._waiting[lane]
            waiting.urgency = min(urgency, waiting.urgency)
            heappush(self._queue, (urgency, next(self._places), waiting))
            self._wake_first()

    async def _rest(self, me: _Waiting) -> None:
        """Return once it may be one's turn: time has passed, or somebody went, or one is in more of a hurry."""
        me.may_look.clear()
        waits: list[asyncio.Task[Any]] = [asyncio.create_task(me.may_look.wait())]
        if self._first() is me:
            waits.append(asyncio.create_task(self._clock.wait_until(self._clock.steady() + self._wait(me))))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()

    def _wait(self, who: _Waiting) -> timedelta:
        now, leaving = self._clock.steady(), 0 if who.urgency is Urgency.ANSWER else self._for_answers
        return self._bucket.next_turn(_ALL, _ALL, now, leaving) - now

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
        self._replicas = 1
        self._at: dict[Lane, Pace] = {}

    @property
    def resting(self) -> int:
        """Return how many wait for a later time."""
        return sum(each.resting for each in {*self._at.values()})

    def share(self, replicas: int) -> None:
        """Go as fast as one of so many replicas may."""
        if replicas != self._replicas:
            self._replicas = replicas
            for each in self._each.values():
                each.share(replicas)

    async def turn(self, lane: Lane, urgency: Urgency) -> None:
        """Return once it is a lane's turn in its workspace."""
        if lane.team_id not in self._each:
            self._each[lane.team_id] = Pace(self._clock, self._at_once)
            self._each[lane.team_id].share(self._replicas)
        pace = self._at[lane] = self._each[lane.team_id]
        try:
            await pace.turn(lane, urgency)
        finally:
            del self._at[lane]

    def hurry(self, lane: Lane, urgency: Urgency) -> None:
        """Let a lane that waits go earlier: something more urgent has come into it."""
        if lane in self._at:
            self._at[lane].hurry(lane, urgency)
