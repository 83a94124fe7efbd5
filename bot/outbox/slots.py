"""So many calls to Slack are made at one time; of the lanes that wait for their turn, the most urgent goes first.

Of those alike the workspaces take turns, so that one with thousands of messages keeps no other waiting.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count

from storage.outbox.lanes import Lane

#: So many seconds a lane that nobody waits for lets a request be answered: at most so often it goes on meanwhile.
_A_MOMENT = 0.005


class Urgency(IntEnum):
    """Who waits for a message: somebody who asked, somebody who is told what was just done, or nobody."""

    ANSWER = 0
    NOTICE = 1
    TIMED = 2


class Slots:
    """``most`` lanes send at one time."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._queue: list[tuple[Urgency, int, int, asyncio.Future[None]]] = []
        self._waiting: dict[Lane, tuple[str, asyncio.Future[None]]] = {}
        self._turns = count()
        self._round: defaultdict[Urgency, int] = defaultdict(int)
        self._rounds: defaultdict[tuple[Urgency, str], int] = defaultdict(int)

    @asynccontextmanager
    async def slot(self, lane: Lane, urgency: Urgency) -> AsyncIterator[None]:
        """Wait for a slot, and give it to the next when done."""
        await self._take(lane, urgency, lane.team_id)
        try:
            yield
        finally:
            self._give()

    def hurry(self, lane: Lane, urgency: Urgency) -> None:
        """Let a lane that waits go earlier: something more urgent has come into it."""
        if lane not in self._waiting:
            return
        team_id, turn = self._waiting[lane]
        # A workspace that has waited for nothing lately begins in the round that the others are in.
        its_round = max(self._rounds[urgency, team_id] + 1, self._round[urgency])
        self._rounds[urgency, team_id] = its_round
        heappush(self._queue, (urgency, its_round, next(self._turns), turn))

    async def _take(self, lane: Lane, urgency: Urgency, team_id: str) -> None:
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[lane] = team_id, turn
        self.hurry(lane, urgency)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self._give()
            raise
        finally:
            del self._waiting[lane]

    def _give(self) -> None:
        while self._queue:
            urgency, its_round, _, turn = heappop(self._queue)
            if not turn.done():
                self._round[urgency] = its_round
                turn.set_result(None)
                return
        self._round.clear()
        self._rounds.clear()
        self._free += 1


class Rounds(Slots):
    """One lane goes on in each round of the loop, so that a request that comes then waits for none behind it.

    While requests are in hand, of those that nobody waits for one goes on in a moment.
    """

    def __init__(self, moment: float = _A_MOMENT) -> None:
        super().__init__(1)
        self._moment = moment
        self._resting: asyncio.TimerHandle | None = None
        #: Tells whether a request is in hand.
        self.is_busy: Callable[[], bool] = _never

    async def turn(self, lane: Lane, urgency: Urgency) -> None:
        """Wait for a turn, and give it to the next once the loop has done all else that there is to do."""
        await self._take(lane, urgency, "")
        if urgency is Urgency.TIMED and self.is_busy():
            self._resting = asyncio.get_running_loop().call_later(self._moment, self._go_on)
        else:
            asyncio.get_running_loop().call_soon(self._give)

    def hurry(self, lane: Lane, urgency: Urgency) -> None:
        """Let a lane that waits go earlier, and rest for nobody who waits."""
        super().hurry(lane, urgency)
        if self._resting is not None and urgency is not Urgency.TIMED:
            self._resting.cancel()
            self._go_on()

    def _go_on(self) -> None:
        self._resting = None
        self._give()


def _never() -> bool:
    return False
