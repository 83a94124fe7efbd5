"""Whether a word is English, and which English words are a slip of the hand away from one that isn't. Pure.

The words are those of a spell checker, which have been looked through for words that are misspelt.
"""

import gzip
import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from string import ascii_lowercase

from rbloom import Bloom

from storage.glossary.spelling import spellings

_PLAIN = re.compile(r"[a-z]{2,40}")
_IN_DOUBT = 1 / 100


class _Words:
    """The words by their lengths, those of each in one text in order: so they take little memory."""

    def __init__(self, words: Mapping[str, object]) -> None:
        by_length = defaultdict[int, list[str]](list)
        for word in filter(_PLAIN.fullmatch, words):
            by_length[len(word)].append(word)
        self._listed = {length: "".join(sorted(some)) for length, some in by_length.items()}
        # Of most letters that a slip may leave, this tells at once that they are no word.
        self._may_be = Bloom(len(words), _IN_DOUBT)
        self._may_be.update(word for some in by_length.values() for word in some)

    def __contains__(self, word: str) -> bool:
        size = len(word)
        listed = self._listed.get(size, "")
        if word not in self._may_be or not listed:
            return False

        def word_at(place: int) -> str:
            return listed[place * size : (place + 1) * size]

        place = bisect_left(range(len(listed) // size), word, key=word_at)
        return word_at(place) == word


@cache
def _words() -> _Words:
    packed = resources.files("spellchecker").joinpath("resources", "en.json.gz").read_bytes()
    return _Words(json.loads(gzip.decompress(packed)))


def load() -> None:
    """Read the words: they stay, and whoever asks the first question doesn't wait for that."""
    _words()


def is_english(word: str) -> bool:
    """Tell whether a word, of lower-case letters alone, is English as it is spelt in Britain or in America."""
    return any(each in _words() for each in spellings(word))


def a_slip_from(word: str) -> tuple[str, ...]:
    """Return the English words that are a letter away from one of lower-case letters, or have two of its swapped."""
    return tuple(each for each in dict.fromkeys(_a_slip_from(word)) if each != word and each in _words())


def _a_slip_from(word: str) -> Iterator[str]:
    """Give what a slip may have been made in: the likeliest first, two letters swapped, one missing, one too many."""
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for place in range(len(word) + 1):
        yield from (word[:place] + letter + word[place:] for letter in ascii_lowercase)
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield from (word[:place] + letter + word[place + 1 :] for letter in ascii_lowercase)
