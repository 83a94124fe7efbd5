"""What a feature would have people settle: how it looks to the nudges, which know nothing else of a feature."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handlers.slack.blocks import Block
from storage.engine.interface import Reader

#: What people choose reminders by.
Theme = Literal["duties", "data", "decisions", "words", "models"]


@dataclass(frozen=True, slots=True)
class NudgeKind:
    """A kind of reminder, as the report names it, and the theme by which people switch it off."""

    id: str
    label: str
    theme: Theme


@dataclass(frozen=True, slots=True)
class Topic:
    """What several reminders have in common, such as a component: those with one ``key`` are one line.

    ``label`` names it, ``several`` says after their number what they are. ``button`` opens what settles them all;
    without one they are listed, each with its own.
    """

    key: str
    label: str
    several: str
    button: Block | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that somebody should settle.

    ``people`` can settle it, ``lead`` (or nobody) hears of it in the end; all are user ids. ``since`` and ``active_at``
    are ISO 8601 UTC text: when it became unclear, and when somebody last did something about it. Before ``ripe_at`` it
    is nobody's business; ``due`` is the day by which it should be done, if any. ``harm`` orders: the greater, the
    sooner. ``told`` says in a few words what is to be done, after ``title`` where the topic's label doesn't name it;
    ``told_lead`` says it to who is not the one to do it. ``button`` is the one that settles it, for one person. What
    ``is_once`` is said to nobody a second time.
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
    button: Callable[[str], Block]
    topic: Topic
    title: str = ""
    due: str = ""
    ripe_at: str = ""
    told_lead: str = ""
    is_once: bool = False

    def told_to(self, person: str) -> str:
        return self.told if person in self.people else self.told_lead or self.told

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.subject

    @property
    def name(self) -> str:
        return self.title or self.topic.label


@dataclass(frozen=True, slots=True)
class Known:
    """Who is known to be gone, and who the admins are."""

    gone: frozenset[str] = frozenset()
    admins: tuple[str, ...] = ()


#: Returns what is to be settled in a workspace now.
RemindersHook = Callable[[Reader, str, Known, datetime], Sequence[Reminder]]
#: Returns of whom a feature wants to know whether they are still there.
People = Callable[[Reader, str], Iterable[str]]
