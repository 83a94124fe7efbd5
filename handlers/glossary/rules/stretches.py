"""The stretches of a text that may be names; pure.

A name stands between words that only hold a sentence together. What stands beside other telling words is part of
something longer, and so no name: "model" in "model railway".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from handlers.framework import plain_text
from handlers.framework.small_words import is_function, is_of_scene, is_of_talk, is_of_words
from handlers.glossary.rules.disciplines import is_everyday, is_jargon

_FLAGS = re.IGNORECASE
TOKEN = re.compile(r"[^\W_][\w+#'’.&-]*[\w+#]|[^\W_]|[^\w\s]")
#: A name has so many words at most; so many stretches of a sentence are looked for.
_WORDS, _MOST = 4, 60
#: One that another begins may have so many.
_LONGEST = 6
#: "apparently", "roughly": says how something is, and belongs to no name.
_ADVERB = re.compile(
    r"(?!anom[a-z]ly|assembly|family|supply|reply|apply|multiply|monopoly|weekly|monthly|yearly)[a-z]{4,}ly", _FLAGS
)
_VERB = re.compile(r"[a-z]{3,}(?:ed|es|[^s]s|ing)", _FLAGS)
_PARTS_OF_TEXTS = frozenset(("page", "line", "section", "chapter", "paragraph"))
_OF_IT = re.compile(r"['’]s$", _FLAGS)
_OUTER = frozenset(("on", "in", "out", "off", "up", "over", "down", "by", "back"))


class Stretch(NamedTuple):
    """Words of a sentence that may be a name; ``start`` and ``end`` count its words and marks."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=1000)
def stretches(text: str) -> tuple[Stretch, ...]:
    """Return what may be a name in a text, the longest first; those of a length in their order."""
    plain = plain_text.plain(text)
    found = list(TOKEN.finditer(plain))
    ends = [ends_name(each[0]) for each in found]
    beside = _with_scenes([each[0] for each in found], ends)
    spans = [
        Stretch(start, end, plain[found[start].start() : found[end - 1].end()])
        for size in range(_WORDS, 0, -1)
        for start in range(len(found) - size + 1)
        if _is_apart(beside, start, end := start + size)
        and (size > 1 or not ends[start])
        and _may_be_name([each[0] for each in found[start:end]])
    ]
    return tuple(spans[:_MOST])


@lru_cache(maxsize=1000)
def inside(text: str) -> tuple[Stretch, ...]:
    """Return what may be a name in a text, whatever stands beside it: several words, or one of nothing but our work."""
    return tuple(each for each in _all_in(text) if each.end - each.start > 1 or is_jargon(each.text))[:_MOST]


def anywhere(text: str) -> tuple[Stretch, ...]:
    """Return the same with every word that may be a name."""
    return tuple(each for each in _all_in(text) if each.end - each.start > 1 or not ends_name(each.text))[:_MOST]


def _all_in(text: str) -> list[Stretch]:
    plain = plain_text.plain(text)
    found = list(TOKEN.finditer(plain))
    return [
        Stretch(start, start + size, plain[found[start].start() : found[start + size - 1].end()])
        for size in range(_WORDS, 0, -1)
        for start in range(len(found) - size + 1)
        if _may_be_name([each[0] for each in found[start : start + size]])
    ]


def beyond(text: str, name: Stretch) -> Iterator[Stretch]:
    """Yield what may be a longer name that a name begins, the longest first: "reinforcement learning from human …"."""
    plain = plain_text.plain(text)
    found = list(TOKEN.finditer(plain))
    if not all(map(is_function, (each[0] for each in found[name.end : name.end + 1]))):
        return
    for end in range(min(name.start + _LONGEST, len(found)), max(name.end + 1, name.start + _WORDS), -1):
        if _may_be_name([each[0] for each in found[name.start : end]]):
            yield Stretch(name.start, end, plain[found[name.start].start() : found[end - 1].end()])


def outside_scenes(text: str) -> tuple[Stretch, ...]:
    """Return the same without single words for where a word was heard."""
    return tuple(each for each in stretches(text) if not is_of_scene(each.text))


def verbs(text: str) -> tuple[Stretch, ...]:
    """Return what may be said of what stands before it, as in "the model overfits"."""
    found = list(TOKEN.finditer(plain_text.plain(text)))
    ends = [ends_name(each[0]) for each in found]
    return tuple(
        Stretch(at, at + 1, each[0])
        for at, each in enumerate(found)
        if _VERB.fullmatch(each[0]) and at and (at + 1 == len(found) or ends[at + 1]) and not ends[at]
    )


def jargon(text: str) -> tuple[Stretch, ...]:
    """Return what stands apart in a text and is said of nothing but our work.

    "Cadence of retraining" asks for a cadence.
    """
    told = words_of(text)
    return tuple(each for each in stretches(text) if is_jargon(each.text) and "of" not in told[: each.start][-1:])


def unusual(text: str) -> tuple[Stretch, ...]:
    """Return what stands apart in a text, but words that everybody says of something else every day."""
    return tuple(each for each in stretches(text) if not is_one_word(each.text) or not is_everyday(each.text))


def apart(found: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches that don't share words, the longest ones, in their order."""
    kept: list[Stretch] = []
    for each in found:
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept)


def telling(text: str) -> str:
    """Return the words of a text that say something."""
    return " ".join(each for each in words_of(text) if not ends_name(each))


def may_name(text: str) -> bool:
    """Tell whether a text may be a name: "for the record" and "the minutes" only say how or where one was said."""
    told = words_of(text)
    return bool(told) and not ends_name(told[0]) and not all(ends_name(each) or is_of_scene(each) for each in told)


def words_of(text: str) -> list[str]:
    """Return the words and marks of a text."""
    return [each[0].casefold() for each in TOKEN.finditer(plain_text.plain(text))]


def _is_apart(ends: Sequence[bool], start: int, end: int) -> bool:
    """Tell whether nothing that says something stands right before or after a stretch."""
    before, after = start == 0 or ends[start - 1], end == len(ends) or ends[end]
    return before and after


def _with_scenes(told: Sequence[str], ends: Sequence[bool]) -> list[bool]:
    """Return where a name ends before or after, also at "the meeting" or "my boss"; "class meeting" is one name."""
    found = list(ends)
    for is_scene, run in groupby(range(len(told)), lambda at: is_of_scene(told[at]) or (told[at].isdigit() and at > 0)):
        places = list(run)
        before, after = places[0] == 0 or ends[places[0] - 1], places[-1] + 1 == len(told) or ends[places[-1] + 1]
        is_place = before and after and is_of_scene(told[places[0]])
        if is_scene and (is_place or _is_counted(told, places[-1])):
            found[places[0] : places[-1] + 1] = [True] * len(places)
    return found


def _is_counted(told: Sequence[str], place: int) -> bool:
    """Tell whether a number says which page, whatever stands behind it: "on page 3 imputation"."""
    before = told[place - 1].casefold() if place else ""
    return told[place].isdigit() and (before in _PARTS_OF_TEXTS or is_of_scene(before))


def _may_be_name(words: Sequence[str]) -> bool:
    """Tell whether a name may begin and end so, as "on call" does, and is one without marks."""
    outer = (each.casefold() for each in (words[0], words[-1]))
    tells = not all(map(is_function, words)) and all(_is_word(each) or each == "/" for each in words)
    return tells and not any(is_function(each) and each not in _OUTER for each in outer)


def _is_word(token: str) -> bool:
    return token[0].isalnum()


#: Words of these kinds name nothing.
_HOLDING = (is_function, is_of_words, is_of_talk)


def ends_name(token: str) -> bool:
    """Tell whether a name ends before a word or a mark, and begins after it."""
    return not _is_word(token) or any(tells(token) for tells in _HOLDING) or _ADVERB.fullmatch(token) is not None


def is_one_word(name: str) -> bool:
    return len(re.findall(r"[^\W_]+", _OF_IT.sub("", name))) == 1
