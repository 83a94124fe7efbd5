"""What a feature would have people settle: how it looks to the nudges, which know nothing else of a feature."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.slack.blocks import Block
from storage.engine.interface import Reader


@dataclass(frozen=True, slots=True)
class NudgeKind:
    """A kind of reminder, and how often people are reminded of it.

    ``every`` lies between two messages about one thing, ``gap`` between two of the kind to one person; after
    ``most`` of them it goes to the lead, once.
    """

    id: str
    label: str
    every: timedelta
    gap: timedelta
    most: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that somebody should settle.

    ``people`` can settle it, ``lead`` (or nobody) hears of it in the end; all are user ids. ``since`` and ``active_at``
    are ISO 8601 UTC text: when it became unclear, and when somebody last did something about it. Before ``ripe_at`` it
    is nobody's business. ``harm`` orders: the greater, the sooner. ``buttons`` are for one person.
    """

    kind: str
    subject: str
    visibility: str
    people: tuple[str, ...]
    lead: str
    since: str
    active_at: str
    harm: int
    told: str
    buttons: Callable[[str], Sequence[Block]]
    ripe_at: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.subject


@dataclass(frozen=True, slots=True)
class Known:
    """Who is known to be gone, and who the admins are."""

    gone: frozenset[str] = frozenset()
    admins: tuple[str, ...] = ()


#: Returns what is to be settled in a workspace now.
RemindersHook = Callable[[Reader, str, Known, datetime], Sequence[Reminder]]
#: Returns of whom a feature wants to know whether they are still there.
People = Callable[[Reader, str], Iterable[str]]
