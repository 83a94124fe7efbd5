"""Gathers what stewards should look at again."""

from collections.abc import Mapping, Sequence

from handlers.glossary.rules import review
from handlers.glossary.rules.review import Due, Reason
from storage.engine.interface import Reader
from storage.glossary import glossary, opinions
from storage.glossary.glossary import Sense

GONE: Reason = "source gone"


def to_review(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Due]:
    """Return what a steward should look at, for whichever reason, of what may be seen."""
    waiting = glossary.senses_with_status(reader, team_id, ("draft", "disputed"), visibilities)
    unclear = _known(reader, team_id, opinions.not_clear_to(reader, team_id, review.NOT_CLEAR))
    often = _known(reader, team_id, dict(opinions.often_asked(reader, team_id, review.OFTEN, visibilities)))
    not_clear = {key: each for key, each in unclear.items() if each[0].visibility in visibilities}
    asked = [Due(sense, "often asked, never verified", times) for sense, times in often.values()]
    asked += [Due(sense, GONE) for sense in glossary.senses_with_message(reader, team_id, visibilities)]
    return review.due(waiting, not_clear, glossary.senses_with_steward(reader, team_id, visibilities), asked)


def _known(reader: Reader, team_id: str, counts: Mapping[str, int]) -> dict[str, tuple[Sense, int]]:
    senses = {key: glossary.sense(reader, team_id, key) for key in counts}
    return {key: (sense, counts[key]) for key, sense in senses.items() if sense is not None}
