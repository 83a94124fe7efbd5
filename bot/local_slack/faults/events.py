"""How events come otherwise than they happened: twice, late, or after the next one."""

from datetime import timedelta
from typing import Generic, TypeVar

from bot.local_slack.faults.striking import Fault

Event = TypeVar("Event")


class Ordering(Generic[Event]):
    """Says of each event what is sent now, and what is put off."""

    def __init__(self) -> None:
        self._overtaken: list[Event] = []

    def now_and_later(self, event: Event, fault: Fault | None) -> tuple[list[Event], dict[timedelta, Event]]:
        """Return what is sent now, in order, and what by how much later if nothing is sent before."""
        kind = "" if fault is None else fault.kind
        if fault is not None and kind != "duplicate":
            self._overtaken += [event] * (kind == "reordered")
            return [], {timedelta(seconds=fault.takes): event}
        now, self._overtaken = [event, *self._overtaken], []
        return [event] * (kind == "duplicate") + now, {}
