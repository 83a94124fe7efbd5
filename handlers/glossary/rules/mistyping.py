"""Which words of a text may be mistyped, and the text with them put right. Pure.

A word that is no English one and no name was hardly meant as it stands. So however many letters another name shares
with words that people mean, none of those is taken for a slip.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from handlers.checks.english import is_english
from handlers.framework import plain_text
from handlers.glossary.rules.stretches import TOKEN, Stretch, ends_name
from storage.glossary.glossary import look_up_key

#: A name of so many words may be mistyped, parted or joined; so many words of a text are looked at. Slips in so many
#: words are told of as one.
_WORDS, _MOST, _APART = 3, 6, 4
#: A word with a slip in it, and several of them, have so many letters at least: of short ones others are too near.
_LONG, _LONG_TOGETHER = 5, 8
#: What is shorter is hardly a word with a slip, but an ending or a name of somebody's own.
_SHORT = 4
_OF_SOMEBODY = re.compile(r"['’]s\b")
_LETTERS = re.compile(r"[a-z]+")


class Slip(NamedTuple):
    """Words of a text that are mistyped, and what may be meant by them, the likeliest first."""

    stretch: Stretch
    names: tuple[str, ...]

    def has_any_of(self, words: Iterable[Stretch]) -> bool:
        """Tell whether one of some words is among those that are mistyped."""
        return any(self.stretch.start <= each.start < self.stretch.end for each in words)


class Reading(NamedTuple):
    """A text with what is meant by its names with a slip, and by words that are part of one."""

    text: str
    slips: Sequence[Slip]
    parts: Sequence[Slip] = ()

    @property
    def meant(self) -> str:
        """Return the text with what is likeliest meant in the place of what is mistyped."""
        right, found = plain_text.plain(self.text), _tokens(self.text)
        for each in sorted((*self.slips, *self.parts), key=lambda slip: -slip.stretch.start):
            start, end = found[each.stretch.start].start(), found[each.stretch.end - 1].end()
            right = right[:start] + each.names[0] + right[end:]
        return right

    @property
    def said(self) -> str:
        """Return what is mistyped, with what stands between where that is near each other."""
        slips = [each.stretch for each in (*self.slips, *self.parts)]
        start, end = min(each.start for each in slips), max(each.end for each in slips)
        return _between(self.text, start, end) if end - start <= _APART else slips[0].text


def odd_words(text: str, is_known: Callable[[str], bool]) -> list[Stretch]:
    """Return the words of a text that are neither English nor known."""
    odd = (each for each in _told(text) if _is_odd(each.text) and not is_known(each.text))
    return list(odd)[:_MOST]


def is_of_english(text: str) -> bool:
    """Tell whether all words of a text are English."""
    return all(map(is_english, _LETTERS.findall(_OF_SOMEBODY.sub("", text.casefold()))))


def around(text: str, odd: Sequence[Stretch]) -> list[Stretch]:
    """Return what may be a name with a slip in it, round some words of a text: the longest first."""
    told, places = _told(text), {each.start for each in odd}
    runs = (told[start : start + size] for size in range(_WORDS, 0, -1) for start in range(len(told) - size + 1))
    found = (_joined(text, run) for run in runs if not places.isdisjoint(each.start for each in run) and _may_be(run))
    return [each for each in found if len(look_up_key(each.text)) >= (_LONG_TOGETHER if _size(each) > 1 else _LONG)]


def chosen(near: Mapping[Stretch, Sequence[tuple[float, str]]]) -> list[Slip]:
    """Return the slips that don't share words, those that are nearest to a name first, by how near names are."""
    found = sorted(near, key=lambda each: (min(near[each])[0], -_size(each)))
    kept: list[Slip] = []
    for each in found:
        if all(each.end <= other.stretch.start or other.stretch.end <= each.start for other in kept):
            kept.append(Slip(each, tuple(name for _, name in near[each])))
    return kept


def _tokens(text: str) -> list[re.Match[str]]:
    return list(TOKEN.finditer(plain_text.plain(text)))


def _told(text: str) -> list[Stretch]:
    return [Stretch(at, at + 1, each[0]) for at, each in enumerate(_tokens(text))]


def _size(stretch: Stretch) -> int:
    return stretch.end - stretch.start


def _joined(text: str, run: Sequence[Stretch]) -> Stretch:
    start, end = run[0].start, run[-1].end
    return Stretch(start, end, _between(text, start, end))


def _between(text: str, start: int, end: int) -> str:
    found = _tokens(text)
    return plain_text.plain(text)[found[start].start() : found[end - 1].end()]


def _may_be(run: Sequence[Stretch]) -> bool:
    """Tell whether a name may have these words: no marks, and no words at its ends that hold a sentence together."""
    is_apart = any(ends_name(each.text) for each in (run[0], run[-1]))
    return not is_apart and all(each.text[0].isalnum() for each in run)


def _is_odd(word: str) -> bool:
    """Tell whether a word of letters is not English; what is all in capitals may be anything."""
    if len(word) < _SHORT or ends_name(word) or word.isupper() or not word.isascii() or any(map(str.isdigit, word)):
        return False
    return not is_of_english(word)
