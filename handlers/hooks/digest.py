"""What a feature tells of a week, and what of it is somebody's own: how it looks to the weekly summary and the Home."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from handlers.slack.blocks import Block
from storage.engine.interface import Reader


@dataclass(frozen=True, slots=True)
class Span:
    """The time that is told of, and what may be told: ``begin`` and ``end`` are ISO 8601 UTC text."""

    begin: str
    end: str
    now: datetime
    visible: tuple[str, ...]

    def holds(self, at: str) -> bool:
        return self.begin < at <= self.end


@dataclass(frozen=True, slots=True)
class Line:
    """One thing. ``key`` tells it from others, week after week; ``people`` are those whom it waits for, or whose it is.

    ``since`` is from when it is (ISO 8601 UTC text, or a day); ``button`` opens its record.
    """

    key: str
    told: str
    since: str = ""
    people: tuple[str, ...] = ()
    button: Block | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind; ``told`` goes after their number. ``is_waiting``: they wait for somebody.

    Without ``is_news`` they are worth reading, but nothing has happened.
    """

    told: str
    lines: Sequence[Line]
    is_waiting: bool = False
    is_news: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """What one feature tells, in groups; those without a line are left out.

    ``note`` stands above them; sections are told by their ``order``.
    """

    id: str
    title: str
    groups: Sequence[Group] = ()
    note: str = ""
    order: int = 50
    audience: Literal["all", "stewards"] = "all"

    @property
    def told_groups(self) -> list[Group]:
        return [each for each in self.groups if each.lines]


@dataclass(frozen=True, slots=True)
class Digest:
    """A feature's section, and the figures that are followed over the weeks: each its name and number."""

    section: Section
    figures: Mapping[str, int] = field(default_factory=dict)


#: Tells of a span of time in a workspace.
DigestHook = Callable[[Reader, str, Span], Digest]
#: Returns what is somebody's own among what they may see, in groups.
OwnItemsHook = Callable[[Reader, str, str, Span], Sequence[Group]]
