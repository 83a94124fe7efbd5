"""Which component a message names, wherever the name stands in it and however it is written. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.checks.english import is_english
from storage.responsibilities.responsibilities import Component

#: So many words of a message are looked at.
_READ = 80
#: A name of so many letters may have a slip in it, and one of so many two, wherever they are.
_LONG, _LONGER, _TWO = 8, 13, 2
#: Of shorter words others are too near; a long one is rather the word of a name than another.
_SHORT, _LONG_WORD = 4, 6
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

    def is_slip_of(self, words: Sequence[str], slips: float) -> bool:
        """Tell whether a name was meant by these words: the one that is another than its own is long, or no English."""
        others = [each for each, own in zip(self.words, words, strict=False) if each != own]
        is_of_one = len(self.words) == len(words) > len(others) == 1
        is_long = is_of_one and len(others[0]) >= _LONG_WORD and slips < _TWO
        return is_long or ((is_of_one or slips < _TWO or len(self.key) >= _LONGER) and any(map(_is_odd, self.words)))


def mentioned(text: str, known: Sequence[Component]) -> Mentioned | None:
    """Return the one component that a text names, with slips of the hand in it; None where it names none or several."""
    names = _names(tuple(each.name for each in known))
    runs = list(_runs(text, names.longest))
    found = [(run, key) for run in runs if (key := names.key_of(run.key))]
    if not found:
        near = ((run, names.near(run.key)) for run in runs)
        found = [(run, each.key) for run, each in near if each and run.is_slip_of(names.words[each.key], each.slips)][
            :1
        ]
    # "berth model" is not "berth" too, and the same name may be said twice.
    whole = [each for each in found if not any(_is_within(each[0], other) for other, _ in found)]
    keys = {key for _, key in whole}
    if len(keys) != 1:
        return None
    component = next(each for each in known if _key(each.name) in keys)
    return Mentioned(component, _without(text, [run for run, _ in whole]))


def _is_within(run: _Run, other: _Run) -> bool:
    return (run.start, run.end) != (other.start, other.end) and other.start <= run.start and run.end <= other.end


def _without(text: str, runs: Sequence[_Run]) -> str:
    for run in sorted(runs, key=lambda each: -each.start):
        before = _BEFORE.sub("", text[: run.start])
        text = f"{before}it{text[run.end :]}"
    return text


def _runs(text: str, longest: int) -> Iterator[_Run]:
    """Yield the words in a row that may be a name, one more of them than the longest has: a blank may be a slip."""
    words = list(_TOKEN.finditer(text))[:_READ]
    keys = [_OF_IT.sub("", each[0].casefold()) for each in words]
    for size in range(longest + 1, 0, -1):
        for first in range(len(words) - size + 1):
            end = first + size
            yield _Run(words[first].start(), _end(words[end - 1]), tuple(keys[first:end]))


def _end(word: re.Match[str]) -> int:
    return word.end() - len(match[0] if (match := _OF_IT.search(word[0])) else "")


class _Near(NamedTuple):
    """A name that is near some letters, by its own letters, and how many slips away it is."""

    key: str
    slips: float


class _Names:
    """Names of components, by their letters."""

    def __init__(self, names: Sequence[str]) -> None:
        words = (_words(each) for each in names)
        self.words = {"".join(each): each for each in words if each}
        self._long = sorted(each for each in self.words if len(each) >= _LONG)
        self.longest = max(map(len, self.words.values()), default=0)

    def key_of(self, letters: str) -> str:
        """Return the name that has these letters, or has them but for an -s at the end; empty where none has."""
        return next((each for each in (letters, letters.removesuffix("s"), f"{letters}s") if each in self.words), "")

    def near(self, letters: str) -> _Near | None:
        """Return the name that is a slip or two away from these letters; None where none is."""
        if len(letters) < _LONG - 1:
            return None
        found = process.extractOne(letters, self._long, scorer=OSA.distance, score_cutoff=_TWO)
        return None if found is None else _Near(found[0], found[1])


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> _Names:
    return _Names(names)


def _key(name: str) -> str:
    return "".join(_words(name))


def _words(name: str) -> list[str]:
    return [each.casefold() for each in _TOKEN.findall(name)]


def _is_odd(word: str) -> bool:
    """Tell whether a word is not English, and so hardly meant as it stands."""
    return len(word) >= _SHORT and _PLAIN.fullmatch(word) is not None and not is_english(word)
