"""Where the sides of a model said different things of a point of its card, and who gave way."""

from collections.abc import Iterator, Sequence

from handlers.agreements.disputes import Stand, of_record, quarrels
from handlers.hooks.quarrels import Quarrel
from handlers.requirements.rules.status import sides_left
from storage.engine.interface import Reader
from storage.records.revisions import remembered
from storage.records.versioned import HistoryEntry
from storage.requirements.requirements import CARDS, Aspect, Card
from storage.responsibilities import responsibilities

_Steps = Sequence[tuple[HistoryEntry, Card]]


def found(reader: Reader, team_id: str, visible: Sequence[str], since: str) -> Sequence[Quarrel]:
    """Return the quarrels over cards that may be seen; those of all are worked out once, until one changes."""

    def read() -> list[Quarrel]:
        such = [each for each in CARDS.every(reader, team_id) if each.changed_at >= since and _was_said_anew(each)]
        steps = CARDS.courses(reader, team_id, [each.id for each in such])
        return [told for each in such for told in _over(each, steps.get((each.id,), ()), since)]

    every = remembered(reader, (team_id, "quarrels over cards"), ["requirement_cards"], read, since)
    seen = {each.id for each in responsibilities.components(reader, team_id, visible)}
    return [each for each in every if each.component_id in seen]


def _was_said_anew(card: Card) -> bool:
    return any(each.version > 1 for each in card.requirements.values())


def _over(card: Card, steps: _Steps, since: str) -> list[Quarrel]:
    told = [each for aspect in card.requirements for each in quarrels(_course(aspect, steps), since)]
    return of_record(told, card.component_id)


def _course(aspect: Aspect, steps: _Steps) -> Iterator[Stand]:
    for entry, then in steps:
        if (asked := then.requirements.get(aspect)) is not None:
            said = {str(side): asked.said for side in asked.agreements}
            is_agreed = bool(said) and not sides_left(asked)
            yield Stand(entry.by, entry.at, said, asked.said if is_agreed else None)
