"""Who carries too much, and who always gives way: told to the person and to who leads their work alone. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.hooks.quarrels import Quarrel
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.rules.unclear import MANY
from storage.responsibilities.responsibilities import Duty, DutyEntry

#: So long a quarrel counts, and from so many on it says something that one always gives way.
LOOKED_BACK, OFTEN = timedelta(days=180), 3
_BACK = ("decline", "suggest")


@dataclass(frozen=True, slots=True)
class Load:
    """How many duties a person owns, in how many quarrels they were, and in how many of those they gave way.

    ``leads`` are those who lead a component that these are about, besides the person.
    """

    owned: int = 0
    quarrels: int = 0
    gave_way: int = 0
    leads: frozenset[str] = frozenset()

    @property
    def is_too_much(self) -> bool:
        return self.owned > MANY

    @property
    def always_gives_way(self) -> bool:
        return self.quarrels >= OFTEN and self.gave_way == self.quarrels


def quarrels(steps: Sequence[tuple[DutyEntry, Duty]], since: str) -> Iterator[Quarrel]:
    """Yield the quarrels over a duty that ended since a moment; ``steps`` are its history, the first one first."""
    people, gave_way = frozenset[str](), frozenset[str]()
    for entry, then in steps:
        if people and entry.what in _BACK and entry.by in people:
            gave_way |= {entry.by}
        if then.state == "disputed":
            people |= {*then.claimants}
        elif people:
            if entry.at >= since:
                yield Quarrel(people, gave_way)
            people, gave_way = frozenset(), frozenset()


def loads(
    listed: Sequence[ComponentDuty], past: Mapping[str, Sequence[Quarrel]], others: Iterable[tuple[Quarrel, str]] = ()
) -> dict[str, Load]:
    """Return the load of each person; ``past`` are the quarrels over each duty, by its value.

    ``others`` are those over anything else, each with the person who leads that, if any.
    """
    found: dict[str, Load] = {}

    def count(person: str, lead: str, **more: int) -> None:
        known = found.get(person, Load())
        counted = {name: getattr(known, name) + number for name, number in more.items()}
        found[person] = replace(known, leads=known.leads | ({lead} - {person}), **counted)

    over = list(others)
    for about in listed:
        lead = about.component.lead if about.component.lead not in about.gone else ""
        if about.present.owner:
            count(about.present.owner, lead, owned=1)
        over.extend((each, lead) for each in past.get(about.value, ()))
    for each, lead in over:
        for person in each.people:
            count(person, lead, quarrels=1, gave_way=person in each.gave_way)
    return {person: replace(each, leads=each.leads - {""}) for person, each in found.items()}


def told_to(found: Mapping[str, Load], user_id: str, *, is_admin: bool) -> dict[str, Load]:
    """Return of whom somebody is told: of those whose work they lead; admins of those whose work nobody else leads."""
    return {
        person: each
        for person, each in found.items()
        if person != user_id and (each.is_too_much or each.always_gives_way)
        if user_id in each.leads or (is_admin and not each.leads)
    }
