"""Where two sides said different things of what they agree on, and who gave way. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handlers.hooks.quarrels import Quarrel
from storage.records.offers import Offer


@dataclass(frozen=True, slots=True)
class Stand:
    """How one thing stood after a step of somebody: what each side said, and what both agree to by it, if they do."""

    by: str
    at: str
    said: Mapping[str, Offer]
    agreed: Offer | None


def quarrels(course: Iterable[Stand], since: str) -> Iterator[Quarrel]:
    """Yield the quarrels over one thing that were settled since a moment; ``course`` is its past, the first one first.

    Who accepts what the other side said from the first gives way; where both moved, nobody does.
    """
    first: dict[str, Offer] = {}
    for stand in course:
        if stand.agreed is None:
            first = {**_known(stand.said), **first}
            continue
        winners = [said.by for said in first.values() if stand.agreed.says_as_much_as(said)]
        people = {stand.by, *(said.by for said in first.values())}
        if len(first) > 1 and stand.at >= since and "" not in people:
            yield _settled(stand.by, winners, people)
        first = {}


def _settled(by: str, winners: list[str], people: set[str]) -> Quarrel:
    has_won = len(winners) == 1 and by not in winners
    return Quarrel(frozenset({by, *winners} if has_won else people), frozenset({by} if has_won else ()))


def _known(said: Mapping[str, Offer]) -> dict[str, Offer]:
    return {side: offer for side, offer in said.items() if offer.stance != "unknown"}


def of_record(found: Iterable[Quarrel], component_id: str) -> list[Quarrel]:
    """Return the quarrels over one record as one: who gave way in it did so in each point that they differed over."""
    every = [each for each in found if len(each.people) > 1]
    people = frozenset(who for each in every for who in each.people)
    stayed = {who for each in every for who in each.people - each.gave_way}
    return [Quarrel(people, people - stayed, component_id)] if every else []
