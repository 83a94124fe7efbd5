"""What a session on words is about: the words that are misread most, between which disciplines. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.glossary.glossary import Sense
from storage.glossary.questions import Question

#: So many words fit into an hour, and so many minutes each takes.
MOST, MINUTES = 6, 10
#: What a dispute, and somebody who finds a meaning not clear, count beside being asked for.
_DISPUTE, _UNCLEAR = 10, 5
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Confused:
    """A word, between which two disciplines it is misread, and how often: disputed, not clear, asked for."""

    word: str
    key: str
    senses: tuple[Sense, ...]
    pair: Pair
    disputed: int = 0
    unclear: int = 0
    asked: int = 0

    @property
    def weight(self) -> int:
        return _DISPUTE * self.disputed + _UNCLEAR * self.unclear + self.asked


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a session is about: words by pairs of disciplines, records that use them, and words without a definition.

    ``examples`` are titles of records that its reader may see, by a word's look-up key.
    """

    words: Mapping[Pair, Sequence[Confused]]
    examples: Mapping[str, Sequence[str]]
    undefined: Sequence[Question] = ()

    @property
    def every(self) -> list[Confused]:
        return [word for listed in self.words.values() for word in listed]


@dataclass(frozen=True, slots=True)
class Against:
    """An objection to a meaning, and the discipline of whoever made it, empty where nobody knows."""

    sense: Sense
    discipline: str
    is_dispute: bool


def confused(senses: Sequence[Sense], asked: int, against: Sequence[Against]) -> Confused | None:
    """Return a word as it is misread; None where it has one discipline's meaning alone, and nobody objects."""
    current = tuple(each for each in senses if each.status != "deprecated")
    pair = _pair(current, against)
    if not current or pair is None:
        return None
    disputed = sum(each.is_dispute for each in against)
    return Confused(current[0].word, current[0].look_up_key, current, pair, disputed, len(against) - disputed, asked)


def agenda(words: Iterable[Confused]) -> Mapping[Pair, Sequence[Confused]]:
    """Return the words of a session by the two disciplines, the pair with most to clarify first."""
    most = sorted(words, key=lambda each: (-each.weight, each.word.casefold()))[:MOST]
    found: dict[Pair, list[Confused]] = {}
    for each in most:
        found.setdefault(each.pair, []).append(each)
    return dict(sorted(found.items(), key=lambda each: -sum(word.weight for word in each[1])))


def _pair(senses: Sequence[Sense], against: Sequence[Against]) -> Pair | None:
    """Return who misreads whom: as people objected most, else the first two disciplines that have a meaning."""
    met = Counter(
        (min(each.discipline, each.sense.discipline), max(each.discipline, each.sense.discipline))
        for each in against
        if each.discipline not in ("", each.sense.discipline)
    )
    if met:
        return min(met, key=lambda pair: (-met[pair], pair))
    known = list(dict.fromkeys(each.discipline for each in senses))
    if len(known) > 1:
        return known[0], known[1]
    return (known[0], known[0]) if known and against else None
