"""What a steward should look at, tied to use and not to the calendar, each with its reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from storage.glossary.glossary import Sense

Reason = Literal["draft", "disputed", "not clear", "steward left", "source gone", "often asked, never verified"]

#: So many people who find a meaning not clear put it on its steward's list.
NOT_CLEAR = 3
#: So many look-ups of a word nobody has verified put it on the list.
OFTEN = 20


@dataclass(frozen=True, slots=True)
class Due:
    """A meaning to look at.

    ``count`` is of people or of look-ups, 0 where the reason has none; ``said`` are people's words.
    """

    sense: Sense
    reason: Reason
    count: int = 0
    said: tuple[str, ...] = ()


def due(
    waiting: Sequence[Sense], not_clear: Mapping[str, tuple[Sense, int]], left: Iterable[Sense], often: Sequence[Due]
) -> list[Due]:
    """Return what to look at, the most harmful first, each meaning once.

    ``waiting`` are drafts and disputed meanings, ``left`` those whose own steward is no longer here.
    """
    found = [Due(sense, "disputed") for sense in waiting if sense.status == "disputed"]
    found += [Due(sense, "not clear", count) for sense, count in not_clear.values()]
    found += [Due(sense, "draft") for sense in waiting if sense.status == "draft"]
    found += [Due(sense, "steward left") for sense in left]
    once: dict[str, Due] = {}
    for each in (*found, *often):
        once.setdefault(each.sense.id, each)
    return list(once.values())
