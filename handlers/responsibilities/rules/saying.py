"""Which duties a sentence speaks of: those of whose words it has the rarest. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.checks.english import is_english
from handlers.framework.small_words import is_function
from storage.glossary.forms import stem

_WORDS = re.compile(r"[^\W_]+(?:['’]t\b)?")
_IS, _WOULD = re.compile(r"['’]s\b"), re.compile(r"['’]d\b")
#: A word of so many letters that nobody says of duties is read as one that is a slip away: an English one, of more.
_LONG, _LONGER = 5, 9
#: A phrase of several words of which fewer tell something is looked for as it stands; with none it weighs least.
_BARE, _LEAST = 2, 0.001
#: Such words may stand within a phrase.
_POINTING = frozenset(("it", "this", "that", "them"))
#: What weighs nearly as much as the best is meant as likely.
_EQUAL = 0.999

#: Whoever corrects themselves, or says what is to be done, means that.
_I_MEAN = re.compile(
    r"[^.,;?!]*\bi mean\b[^.;?!]*|\b(?:some|any)(?:one|body) (?:has to|needs to|ought to|must|should)\b[^.,;?!]*",
    re.IGNORECASE,
)
#: Whose it is says nothing of what it is.
_WHOSE = re.compile(
    r"\b(?:on the hook|whose (?:call|work|job|desk|plate|turn|task|duty|baby)|(?:my|your|our) (?:job|task|duty|call)|"
    r"in charge|looks? after|takes? care|what for)\b",
    re.IGNORECASE,
)


def spoken_of(text: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return of some duties those, by id, that a text speaks of most: by ``names`` or by what is said of them.

    What many of them share tells little. All are returned that are equal.
    """
    known = _known(tuple((duty, tuple(each)) for duty, each in names.items()))
    meant = _I_MEAN.search(text)
    return next(filter(None, map(known.best, [meant[0], text] if meant else [text])), [])


@cache
def said_of_duties() -> Mapping[str, Sequence[str]]:
    """Return what people say of duties beside their names, by their ids."""
    text = files("handlers.responsibilities.rules").joinpath("saying.yaml").read_text(encoding="utf-8")
    told: Mapping[str, Sequence[str]] = yaml.safe_load(text)
    return told


class _Phrase(NamedTuple):
    """The words of a phrase that tell something, by their stems; ``row`` is all of it, where it is met as it stands."""

    told: frozenset[str]
    row: str = ""


class _Said(NamedTuple):
    """What somebody says: the stems of all words, and these in their order, also without what only points."""

    words: frozenset[str]
    row: str
    bare: str

    def has(self, phrase: _Phrase) -> bool:
        if not phrase.row:
            return phrase.told <= self.words
        # "teach it again" is "teach again".
        return phrase.row in self.row or phrase.row in self.bare


class _Duties:
    """Some duties by what people say of each."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._phrases = {duty: frozenset(map(_phrase, each)) for duty, each in phrases.items()}
        told = ({word for each in phrases for word in each.told} for phrases in self._phrases.values())
        self._often = Counter(word for each in told for word in each)
        words = (word for each in phrases.values() for phrase in each for word in _WORDS.findall(phrase.casefold()))
        self._words = sorted({each for each in words if len(each) >= _LONG})

    def best(self, text: str) -> list[str]:
        """Return the duties with the rarest words of a text."""
        said = self._said(text)
        weights = {duty: self._weight(each, said) for duty, each in self._phrases.items()}
        best = max(weights.values(), default=0)
        return [duty for duty, weight in weights.items() if weight > 0 and weight >= _EQUAL * best]

    def _weight(self, phrases: Iterable[_Phrase], said: _Said) -> float:
        met = [each for each in phrases if said.has(each)]
        words = {word for each in met for word in each.told}
        # "whose is it" tells nothing but where nothing else does.
        return sum(1 / self._often[word] for word in words) or len(met) * _LEAST

    def _said(self, text: str) -> _Said:
        """Return what somebody says, also two words as one; a word with a slip in it is read as what may be meant."""
        words = [self._right(each) for each in _WORDS.findall(_WHOSE.sub(" ", _plain(text)))]
        pairs = (stem(f"{stem(one)}{other}") for one, other in pairwise(words))
        bare = [each for each in words if each not in _POINTING]
        return _Said(frozenset((*map(stem, words), *pairs)), _row(words), _row(bare))

    def _right(self, word: str) -> str:
        is_fine = len(word) < _LONG or stem(word) in self._often or (len(word) < _LONGER and is_english(word))
        near = None if is_fine else process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=1)
        return word if near is None else near[0]


def _plain(text: str) -> str:
    """Return a text with "is" in the place of "'s", and "would" in that of "'d"."""
    return _WOULD.sub(" would", _IS.sub(" is", text.casefold()))


@lru_cache(maxsize=64)
def _known(names: tuple[tuple[str, tuple[str, ...]], ...]) -> _Duties:
    said = said_of_duties()
    return _Duties({duty: (*own, *said.get(duty, ())) for duty, own in names})


def _phrase(text: str) -> _Phrase:
    """Return a phrase of which a text has all words, in any order: but for "into production", or "falls over"."""
    words = _WORDS.findall(text.casefold())
    told = frozenset(stem(each) for each in words if not is_function(each))
    is_as_it_stands = len(told) < min(len(words), _BARE)
    return _Phrase(told, _row(words) if is_as_it_stands else "")


def _row(words: Sequence[str]) -> str:
    return f" {' '.join(map(stem, words))} "
