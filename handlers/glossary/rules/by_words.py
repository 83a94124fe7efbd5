"""Names that are mistyped word by word, or written as somebody writes who has only heard them. Pure."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from rapidfuzz.distance import OSA

from handlers.checks.english import is_english
from storage.glossary.forms import stem

_WORD = re.compile(r"[^\W_]+")
#: A name is made of so many words at least, and has so many letters; so many sounds hardly two words share.
_FEWEST, _MOST, _LETTERS, _SOUNDS = 2, 4, 8, 5
_BETWEEN = " -/"
#: In a word of so many letters one may be wrong, in a longer one two; one may be begun that has so many.
_SHORT, _LONG, _BEGUN = 3, 7, 6
#: What a word costs that only begins as that of a name, and a name's last word that isn't said.
_IS_BEGUN, _UNSAID = 0.5, 1
_SOUNDS_AS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?:ss|t|c|s)(?=i[aou])|sch|ch"), "sh"),
    (re.compile(r"ck|q|c(?![eiyh])"), "k"),
    (re.compile(r"[cz]"), "s"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"(?<=k)w|gh|(?<=w)h"), ""),
    (re.compile(r"(?<!^)[aeiouyw]|(?<=^k)(?=n)"), ""),
)


def slips(said: str, names: Iterable[str]) -> list[tuple[float, str]]:
    """Return the names of several words that a text may be which has a slip in some of them, the nearest first."""
    words = _words(said)
    right, parted = [each if is_english(each) else "" for each in words], (len(words) - 1, len(words))
    near = (each for each in names if sum(map(each.count, _BETWEEN)) in parted)
    found = {each: cost for each in near if (cost := _cost(words, right, _words(each))) > 0}
    return sorted((cost, name) for name, cost in found.items())


def may_be(said: str) -> bool:
    """Tell whether a text may be a name of several words."""
    words = _words(said)
    return _FEWEST <= len(words) <= _MOST and sum(map(len, words)) >= _LETTERS - 1


def sounded(word: str) -> str:
    """Return how a word sounds, without the vowels after its first letter."""
    for pattern, sound in _SOUNDS_AS:
        word = pattern.sub(sound, word)
    return "".join(letter for letter, _ in groupby(word))


def _cost(said: Sequence[str], right: Sequence[str], name: Sequence[str]) -> float:
    """Return by how much words differ from those of a name; 0 where they aren't meant for it, or are it."""
    unsaid = len(name) - len(said)
    if unsaid not in (0, 1) or len(name) < _FEWEST or said[0][0] != name[0][0]:
        return 0
    costs = [_differs(*each) for each in zip(said, right, name, strict=False)]
    is_meant = all(each is not None for each in costs)
    total = sum(each for each in costs if each)
    # With a word unsaid each that is said must be meant for another.
    return total + unsaid * _UNSAID if is_meant and total and (not unsaid or all(costs)) else 0


def _differs(said: str, right: str, word: str) -> float | None:
    if said == word or stem(said) == stem(word):
        return 0
    if right and len(said) > _SHORT:
        return None
    distance = OSA.distance(said, word)
    if distance <= (0 if len(word) <= _SHORT else 1 if len(word) < _LONG else 2):
        return distance
    sound = sounded(said)
    if len(sound) >= _SOUNDS and sound == sounded(word):
        return 1
    is_begun = _BEGUN <= len(said) < len(word) and OSA.distance(said, word[: len(said)]) <= 1
    return _IS_BEGUN + 1 if is_begun else None


def _words(text: str) -> list[str]:
    return [each.casefold() for each in _WORD.findall(text)]
