"""What a steward should look at, tied to use and not to the calendar, each with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from storage.engine.interface import Reader
from storage.glossary import glossary, opinions
from storage.glossary.glossary import Sense

Reason = Literal["draft", "disputed", "not clear", "steward left", "source gone", "often asked, never verified"]
GONE: Reason = "source gone"
#: So many people who find a meaning not clear put it on its steward's list.
_NOT_CLEAR = 3
#: So many look-ups of a word nobody has verified put it on the list.
_OFTEN = 20


@dataclass(frozen=True, slots=True)
class Due:
    """A meaning to look at.

    ``count`` is of people or of look-ups, 0 where the reason has none; ``said`` are people's words.
    """

    sense: Sense
    reason: Reason
    count: int = 0
    said: tuple[str, ...] = ()


def to_review(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Due]:
    """Return what a steward should look at of what may be seen: the most harmful first, each meaning once."""
    waiting = glossary.senses_with_status(reader, team_id, ("draft", "disputed"), visibilities)
    found = [Due(sense, "disputed") for sense in waiting if sense.status == "disputed"]
    found += _not_clear(reader, team_id, visibilities)
    found += [Due(sense, "draft") for sense in waiting if sense.status == "draft"]
    # Whether its own steward is still here is asked of Slack later.
    found += [Due(each, "steward left") for each in glossary.senses_with_steward(reader, team_id, visibilities)]
    found += _often_asked(reader, team_id, visibilities)
    found += [Due(each, GONE) for each in glossary.senses_with_message(reader, team_id, visibilities)]
    return _once(found)


def worth_a_look(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Due]:
    """Return what is to be reviewed for how people use it alone: neither its state nor its steward says so already."""
    not_clear = [each for each in _not_clear(reader, team_id, visibilities) if each.sense.status != "disputed"]
    often = [each for each in _often_asked(reader, team_id, visibilities) if not each.sense.steward]
    return _once([*not_clear, *often])


def _not_clear(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Due]:
    known = _known(reader, team_id, opinions.not_clear_to(reader, team_id, _NOT_CLEAR))
    return [Due(sense, "not clear", count) for sense, count in known if sense.visibility in visibilities]


def _often_asked(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Due]:
    known = _known(reader, team_id, dict(opinions.often_asked(reader, team_id, _OFTEN, visibilities)))
    return [Due(sense, "often asked, never verified", times) for sense, times in known]


def _once(found: Sequence[Due]) -> list[Due]:
    once: dict[str, Due] = {}
    for each in found:
        once.setdefault(each.sense.id, each)
    return list(once.values())


def _known(reader: Reader, team_id: str, counts: Mapping[str, int]) -> list[tuple[Sense, int]]:
    senses = glossary.senses_by_id(reader, team_id, list(counts))
    return [(senses[key], count) for key, count in counts.items() if key in senses]
