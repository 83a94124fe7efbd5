"""A map before it is drawn: its teams, their components, and the numbered points where teams meet. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from handlers.hooks.seams import Artefact, Seam
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.responsibilities.links import Link
from storage.responsibilities.responsibilities import Component

#: How a point stands, the worst first; "nobody" has no owner for its duty.
State = Literal["broken", "nobody", "open", "good"]


@dataclass(frozen=True, slots=True)
class Part:
    """A component on the map, or data that the register doesn't have; ``owned`` of its ``duties`` have an owner.

    ``retires`` says in a few words that it does, or that it has: then ``is_retired``. ``inside`` is how it is linked to
    others of its team, which is no point where teams meet.
    """

    id: str
    name: str
    kind: str
    owned: int = 0
    duties: int = 0
    retires: str = ""
    is_retired: bool = False
    inside: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        if self.retires:
            return f"{self.kind} · {self.retires}"
        return f"{self.kind} · {self.owned} of {self.duties} owned" if self.duties else self.kind

    @property
    def is_unowned(self) -> bool:
        return bool(self.duties) and not self.owned


@dataclass(frozen=True, slots=True)
class Team:
    """A box of the map: a team, or whoever leads what is no team's. ``is_outside``: none of it is registered."""

    key: str
    name: str
    parts: tuple[Part, ...]
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point where two teams meet: what is to be agreed on, how that stands in words, and whose duty it is.

    ``source`` and ``target`` are the ids of the two parts, ``giver`` and ``taker`` the keys of their teams. ``owner``
    is a name; empty where nobody has the ``duty``, or there is none. ``link`` is None where a record alone joins them.
    """

    number: int
    seam: Seam
    state: State
    sentence: str
    source: str
    target: str
    giver: str
    taker: str
    told: str
    owner: str
    artefact: Artefact | None
    duty: ComponentDuty | None
    link: Link | None

    @property
    def is_proposed(self) -> bool:
        return self.link is not None and self.link.state == "proposed"


@dataclass(frozen=True, slots=True)
class Plan:
    """A map before it is drawn; ``system`` is what it is of, None where it is of all that there is.

    ``records`` are the ids of what it tells of, and ``visibilities`` those of whom that may be shown to.
    """

    system: Component | None
    teams: tuple[Team, ...]
    points: tuple[Point, ...]
    records: tuple[str, ...] = ()
    visibilities: frozenset[str] = frozenset()

    @property
    def inside(self) -> list[str]:
        """Return how components of one team are linked, a sentence each."""
        parts = (part for team in self.teams for part in team.parts)
        return [f"{part.name} {told}" for part in parts for told in part.inside]

    @property
    def title(self) -> str:
        return f"{self.system.name}: who builds what with whom" if self.system else "Who builds what with whom"


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a reader may see: components, their links and duties, what is promised, and people's names by id.

    ``accountable`` are the people (user ids) who are accountable for teams, by the look-up keys of these.
    """

    parts: Sequence[Component]
    links: Sequence[Link]
    duties: Sequence[ComponentDuty]
    artefacts: Sequence[Artefact]
    names: Mapping[str, str]
    accountable: Mapping[str, str] = field(default_factory=dict)
