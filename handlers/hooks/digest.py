"""What a feature tells of a week, and what of it is somebody's own: how it looks to the weekly summary and the Home."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, overload

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
    """One thing. ``key`` tells it from others, week after week; ``people`` are those who have to act, or whose it is.

    ``since`` is from when it is (ISO 8601 UTC text, or a day); ``button`` opens its record. Its message is the first
    of a ``thread`` of ours (its id), or has the address ``link``.
    """

    key: str
    told: str
    since: str = ""
    people: tuple[str, ...] = ()
    button: Block | None = None
    thread: str = ""
    link: str = ""


class Lines(Sequence[Line]):
    """So many lines, which are made once one of them is read: of what is theirs a Home first says only how many.

    They may ask the store then, so that they are read while it is asked or never.
    """

    def __init__(self, count: int, make: Callable[[], Sequence[Line]]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...

    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        return self._make()[place]

    def __iter__(self) -> Iterator[Line]:
        return iter(self._make())


#: How much something matters in the first line of a summary. Where something is pressing, no week is quiet.
LAUNCH, OVERDUE, MISSED, BROKEN, DECIDED, SETTLED, USUAL = 100, 80, 70, 60, 40, 30, 10
PRESSING = MISSED


@dataclass(frozen=True, slots=True)
class News:
    """One thing that the first message of a summary may name, in the words around its name.

    The greater its ``weight``, the sooner it is named; ``headline`` is the sentence where nothing weighs more, if that
    says more than these words. The name leads to its message or, where there is none, a ``button`` opens it.
    """

    name: str
    after: str = ""
    before: str = ""
    weight: int = USUAL
    headline: str = ""
    thread: str = ""
    link: str = ""
    button: Block | None = None

    @property
    def sentence(self) -> str:
        return self.headline or f"{self.before}{self.name}{self.after}."


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind; ``told`` goes after their number, ``one`` after a single one.

    ``is_waiting``: somebody has to act. Without ``is_news`` they are worth reading, but nothing has happened.
    ``is_teams``: a Home shows them below what is the person's own.
    """

    told: str
    lines: Sequence[Line]
    is_waiting: bool = False
    is_news: bool = True
    one: str = ""
    is_teams: bool = False

    @property
    def counted(self) -> str:
        number = len(self.lines)
        return f"{number} {self.one or self.told if number == 1 else self.told}"


@dataclass(frozen=True, slots=True)
class Section:
    """What one feature tells, in groups; those without a line are left out.

    ``note`` stands above them; sections are told by their ``order``. ``news`` is for the first message, in a line that
    begins with ``lead``.
    """

    id: str
    title: str
    groups: Sequence[Group] = ()
    note: str = ""
    order: int = 50
    audience: Literal["all", "stewards"] = "all"
    lead: str = ""
    news: Sequence[News] = ()

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
