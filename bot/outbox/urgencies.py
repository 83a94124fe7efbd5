"""How urgent each lane is: as the most urgent of what was announced in it and has not ended.

An answer that Slack puts off is still one when it is tried again, and goes before all that nobody asked for.
"""

from collections import OrderedDict, defaultdict

from bot.outbox.slots import Urgency
from storage.outbox.lanes import Lane

#: What another replica ends is never heard of here: of very many, those that were announced first are forgotten.
_MOST = 10_000


class Urgencies:
    """Knows of deliveries that were announced here; whatever else a lane has to say, nobody waits for."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lanes: OrderedDict[str, Lane] = OrderedDict()
        self._open: defaultdict[Lane, dict[str, Urgency]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self._lanes)

    def of(self, lane: Lane) -> Urgency:
        return min(self._open[lane].values()) if lane in self._open else Urgency.TIMED

    def note(self, lane: Lane, delivery_id: str, urgency: Urgency) -> None:
        """Note what was announced."""
        self._lanes[delivery_id] = lane
        self._open[lane][delivery_id] = urgency
        if len(self._lanes) > self._most:
            self.end(next(iter(self._lanes)))

    def end(self, delivery_id: str) -> None:
        """Note that a delivery has ended, or that another sender has it."""
        lane = self._lanes.pop(delivery_id, None)
        if lane is not None:
            del self._open[lane][delivery_id]
            if not self._open[lane]:
                del self._open[lane]
