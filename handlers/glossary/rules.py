"""What the glossary knows: how a word is found, which words are near it, in which order its meanings stand."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.glossary import Sense, look_up_key

#: A look-up longer than this is no word; a name in the glossary has at most 80 characters.
WORD_LIMIT = 200
_SUGGESTIONS = 5
_SHORT = 4

_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ices", "ex"),
    ("ices", "ix"),
    ("eses", "esis"),
    ("ria", "rion"),
    ("es", ""),
    ("s", ""),
)
_BRITISH_OR_AMERICAN = re.compile(r"([iy])([sz])(?=(?:ation|e|ed|er|ing)$)")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The word has these meanings, in the order in which they are shown. Equal only to itself: it is compared often."""

    word: str
    senses: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """Nothing has this name; these names are near it, nearest first."""

    word: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing has this name, and nothing is near it."""

    word: str


@dataclass(frozen=True, slots=True)
class NoWord:
    """There was nothing to look up."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """What was asked is no word."""


LookUp = Found | DidYouMean | Unknown | NoWord | TooLong


def asked_word(text: str) -> str:
    """Return the word asked for, without the quotes and the question mark that people put round it."""
    return " ".join(text.split()).strip("\"'`“”‘’?!., ")


def look_up_keys(word: str) -> Iterator[str]:
    """Yield the keys under which a word may stand: as written, its singular, its other spelling; no key twice."""
    exact = look_up_key(word)
    yielded = {""}
    for key in _spellings(exact):
        if key not in yielded:
            yielded.add(key)
            yield key


def in_order(senses: Iterable[Sense], disciplines: Sequence[str]) -> tuple[Sense, ...]:
    """Put meanings into the workspace's order of disciplines; the rest follows by name."""
    rank = {name: position for position, name in enumerate(disciplines)}
    return tuple(sorted(senses, key=lambda sense: (rank.get(sense.discipline, len(rank)), sense.discipline, sense.id)))


def nearest(word: str, names_by_key: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the names nearest to a mistyped word, nearest first, each once.

    ``names_by_key`` gives look-up key to name; the distance counts letters added, left out, changed or swapped.
    """
    key = look_up_key(word)
    allowed = 1 if len(key) <= _SHORT else 2
    letters = sorted(key) if len(key) < _SHORT else None
    found: dict[str, float] = {}
    for names in names_by_key:
        for near, distance, _ in process.extract(
            key, names.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=_SUGGESTIONS
        ):
            # So short a word is near to too many others: only its own letters in another order count.
            if letters is None or sorted(near) == letters:
                found.setdefault(names[near], distance)
    ranked = sorted(found, key=lambda name: (found[name], abs(len(look_up_key(name)) - len(key)), name))
    return tuple(ranked[:_SUGGESTIONS])


def _spellings(key: str) -> Iterator[str]:
    yield key
    for singular in (key, *_singulars(key)):
        yield singular
        yield _BRITISH_OR_AMERICAN.sub(lambda match: match[1] + ("z" if match[2] == "s" else "s"), singular)


def _singulars(key: str) -> Iterator[str]:
    for plural, singular in _ENDINGS:
        if key.endswith(plural) and len(key) > len(plural) + 1 and (plural != "s" or not key.endswith("ss")):
            yield key.removesuffix(plural) + singular
