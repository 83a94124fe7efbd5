"""Under what a name is filed, so that a word near it finds it: pure.

Two words that differ by one slip of the hand become the same when each leaves out the right letter. So each name is
filed under its key with one letter left out, for each letter. A longer one is filed so by its skeleton too: the
consonants, each once where it is doubled, among which the word that is looked for may leave out two. And it
is filed under the stem of each of its words, for who asks for a part of it, and under how it begins, for texts.
"""

import re
from collections.abc import Iterator
from itertools import combinations, groupby

from storage.glossary.forms import stem
from storage.glossary.names import start_of
from storage.glossary.relatives import bases

#: What stands before a slip of a skeleton, a part, a start and a base: a slip of the key has nothing before it.
SKELETON, PART, START, BASE = "~", "=", "^", "-"
_VOWELS = frozenset("aeiouy")
#: Shorter keys have no skeleton to speak of.
SHORT = 4
#: Fewer consonants than these are those of too many names.
_TELLING = 3
_WORD = re.compile(r"[^\W_][\w+#]*")


def parts_of(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a name or a text, each once."""
    # Where letters and digits alone stand, they are one word.
    words = [text] if text.isalnum() else _WORD.findall(text)
    return tuple(dict.fromkeys(filter(None, map(stem, words))))


def places(key: str, name: str) -> Iterator[tuple[str, int]]:
    """Return where a name is filed, and how many words it has where it is by one of them."""
    for slip in slips_of(key):
        yield slip, 0
    if len(key) > SHORT:
        for slip in slips_of(skeleton_of(key)):
            yield SKELETON + slip, 0
    for base in bases(key):
        yield BASE + base, 0
    if start := start_of(name):
        yield START + start, 0
    parts = parts_of(name)
    for part in parts:
        yield PART + part, len(parts)


def far_slips(skeleton: str) -> list[str]:
    """Return under what the names are filed that may be two slips away from a word of this skeleton."""
    return [SKELETON + each for size in far_sizes(skeleton) for each in map("".join, combinations(skeleton, size))]


def far_sizes(skeleton: str) -> range:
    """Return how many letters of a skeleton stay in what ``far_slips`` gives."""
    least = max(0, min(_TELLING, len(skeleton) - 1))
    return range(max(least, len(skeleton) - 2), len(skeleton) + 1)


def slips_of(key: str) -> set[str]:
    """Return a key, and what is left of it without one of its letters."""
    return {key, *[key[:place] + key[place + 1 :] for place in range(len(key))]}


def skeleton_of(key: str) -> str:
    return "".join(letter for letter, _ in groupby(key) if letter not in _VOWELS)
