"""Which component a message names, wherever the name stands in it and however it is written. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from handlers.checks.english import is_english
from storage.responsibilities.responsibilities import Component

#: So many words of a message are looked at.
_READ = 80
#: A name of so many letters may have a slip in it; a word of so many is rather one of a name with a slip than another.
_LONG, _LONG_WORD = 8, 6
#: Slips in a name that are too many, unless a word with them is no English one.
_TWO = 2
#: Of shorter words others are too near.
_SHORT = 4
#: So many words may be one that was parted, or joined.
_JOINED = 2
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OF_IT = re.compile(r"['’]s?$")
#: What stands before a name goes with it.
_BEFORE = re.compile(r"(?:^|(?<=\s))(?:the|our|that|this|my|a|an)\s+$", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z]+")


class Mentioned(NamedTuple):
    """A component that a message names, and the message with "it" in the place of its name."""

    component: Component
    rest: str


class _Run(NamedTuple):
    """Some words of a message in a row: where they stand, and the letters of each."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        return "".join(self.words)

    def is_within(self, other: "_Run") -> bool:
        is_other = (self.start, self.end) != (other.start, other.end)
        return is_other and other.start <= self.start and self.end <= other.end


def mentioned(text: str, known: Sequence[Component]) -> Mentioned | None:
    """Return the one component that a text names, with slips of the hand in it; None where it names none or several."""
    names = _names(tuple(each.name for each in known))
    runs = list(_runs(text, names.longest))
    found = [(run, key) for run in runs if (key := names.key_of(run.key))]
    if not found:
        found = [(run, key) for run in runs if (key := names.near(run))][:1]
    # "berth model" is not "berth" too, and the same name may be said twice.
    whole = [each for each in found if not any(each[0].is_within(other) for other, _ in found)]
    keys = {key for _, key in whole}
    if len(keys) != 1:
        return None
    component = next(each for each in known if "".join(_words(each.name)) in keys)
    return Mentioned(component, _without(text, [run for run, _ in whole]))


def _without(text: str, runs: Sequence[_Run]) -> str:
    for run in sorted(runs, key=lambda each: -each.start):
        text = f"{_BEFORE.sub('', text[: run.start])}it{text[run.end :]}"
    return text


def _runs(text: str, longest: int) -> Iterator[_Run]:
    """Yield the words in a row that may be a name, one more of them than the longest has: a blank may be a slip."""
    words = list(_TOKEN.finditer(text))[:_READ]
    told = [_OF_IT.sub("", each[0].casefold()) for each in words]
    for size in range(longest + 1, 0, -1):
        for first in range(len(words) - size + 1):
            end = first + size
            yield _Run(words[first].start(), _end(words[end - 1]), tuple(told[first:end]))


def _end(word: re.Match[str]) -> int:
    return word.end() - len(match[0] if (match := _OF_IT.search(word[0])) else "")


class _Names:
    """Names of components, by their letters and by their words."""

    def __init__(self, names: Sequence[str]) -> None:
        by_key = {"".join(each): each for each in map(_words, names) if each}
        self.longest = max(map(len, by_key.values()), default=0)
        self._keys = frozenset(by_key)
        self._with_word: dict[tuple[str, int], list[list[str]]] = defaultdict(list)
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for key, words in by_key.items():
            for word in set(words) if len(key) >= _LONG else ():
                self._with_word[word, len(words)].append(words)
            for size in range(len(key) - _TWO, len(key) + _TWO + 1) if len(key) >= _LONG else ():
                self._alike[key[0], size].append(key)

    def key_of(self, letters: str) -> str:
        """Return the name that has these letters, or has them but for an -s at the end; empty where none has."""
        return next((each for each in (letters, letters.removesuffix("s"), f"{letters}s") if each in self._keys), "")

    def near(self, run: _Run) -> str:
        """Return the name that is meant by some words: with a slip in one, or with a blank too many or too few."""
        having = (name for word in run.words for name in self._with_word.get((word, len(run.words)), ()))
        if with_slip := next((name for name in having if _is_one_slip(run.words, name)), None):
            return "".join(with_slip)
        key = run.key if len(run.words) <= _JOINED else ""
        alike = self._alike.get((key[0], len(key)), ()) if key else ()
        near = next((each for each in alike if OSA.distance(key, each) < _TWO), "")
        return near if near and any(map(_is_odd, run.words)) else ""


def _is_one_slip(words: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether one of some words alone is another than in a name, and is hardly meant as it stands."""
    others = [(word, own) for word, own in zip(words, name, strict=True) if word != own]
    if len(others) != 1:
        return False
    word, own = others[0]
    slips = OSA.distance(word, own, score_cutoff=_TWO)
    return (slips < _TWO and len(word) >= _LONG_WORD) or (slips <= _TWO and _is_odd(word))


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> _Names:
    return _Names(names)


def _words(name: str) -> list[str]:
    return [each.casefold() for each in _TOKEN.findall(name)]


def _is_odd(word: str) -> bool:
    """Tell whether a word is not English, and so hardly meant as it stands."""
    return len(word) >= _SHORT and _PLAIN.fullmatch(word) is not None and not is_english(word)
