"""Which words a question is about, however it is put; pure, and without a look into the glossary.

What a sentence says is often open: "CI/CD" may be one name or two. So it gives readings, the likeliest first, and
whoever has the glossary takes the first of which it knows every word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from handlers.framework import sentences
from handlers.glossary.rules import phrasing, spoken
from storage.glossary.double_names import names_in
from storage.glossary.glossary import look_up_key

Words = tuple[str, ...]
#: More than so many words are no list of words to explain, and a longer text is no question for one.
_MOST, _LONGEST, _SHORT = 6, 600, 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: the words as written, without what stands round them.

    ``readings`` are other ways to read it, the likeliest first, each one word or several. Where it ``is_said`` of
    something, the sentence's last words are asked for, as in "what does it mean that the model hallucinates".
    """

    words: Words
    is_comparison: bool = False
    readings: tuple[Words, ...] = ()
    is_said: bool = False

    @property
    def text(self) -> str:
        """Return all that stands where words are asked for."""
        return "; ".join(self.readings[0] if self.readings else self.words)


@lru_cache(maxsize=1000)
def words_asked(text: str) -> Asked:
    """Return what a text asks for: a word, or a question for one or several words."""
    if text.isalpha():
        return Asked((text,), readings=((text,),))
    text = sentences.readable(text)
    if len(text) > _LONGEST and not _looks_like_a_question(text[:_LONGEST]):
        return Asked((text.strip(),), readings=((text.strip(),),))
    text = text[:_LONGEST]
    if found := list(_in_parts(sentences.parts(text))):
        return _joined(found)
    whole = sentences.listed(text) or " ".join(sentences.plain(text).split())
    return _of(_clean(sentences.unwrapped(whole)) or _edges(whole) or text.strip(), is_sure=False)


def asks_for_words(text: str) -> str | None:
    """Return a sentence that clearly asks for the meaning of words; None for any other."""
    is_other = phrasing.OTHER.match(text) is not None and not phrasing.WRITTEN.match(text)
    is_asking = bool(spoken.asks(text) or any(_in_parts(sentences.parts(text[:_LONGEST]))))
    return text if is_asking and not is_other else None


def _looks_like_a_question(text: str) -> bool:
    return phrasing.ASKS.search(text) is not None


def _in_parts(parts: Words) -> Iterator[Asked]:
    """Yield what each part asks for; what only points ("what is that?") asks for the part before, or the next."""
    before, is_open = "", False
    for part in parts:
        points = (sentences.is_pointing(part) or not sentences.tells(part)) and not phrasing.OTHER.match(part)
        asked = None if points else _asked_in(part)
        meant = before if points else part if is_open else ""
        if asked or meant:
            yield asked or _spoken_of(meant)
        is_open = points and not before
        before = "" if asked or meant or not sentences.tells(part) else part


def _spoken_of(part: str) -> Asked:
    """Read what stands beside "what is that?": a word or a list, or a sentence of which a word is meant."""
    if quoted := _quoted(part):
        return _joined([_of(_clean(each), is_sure=True) for each in quoted])
    told, said = _of(_clean(part), is_sure=True), _said_of(part)
    is_short = len(part.split()) <= _SHORT or len(told.words) > 1
    return told if is_short else replace(said, readings=tuple(dict.fromkeys([*told.readings, *said.readings])))


def _of_quoted(text: str) -> Asked:
    """Read what stands in quotes: all of it, else a name of several words at its end ("harden input validation")."""
    told, words = _of(_clean(text), is_sure=True), text.split()
    ends = ((" ".join(words[place:]),) for place in range(1, len(words) - 1))
    return replace(told, readings=tuple(dict.fromkeys((*told.readings, *ends))))


def _quoted(part: str) -> Words:
    return tuple(dict.fromkeys(next(filter(None, each)) for each in phrasing.QUOTES.findall(part)))


def _asked_in(part: str) -> Asked | None:
    quoted = _quoted(part)
    if quoted and phrasing.ASKS.search(part) and len(phrasing.QUOTES.sub("", part).split()) > 1:
        return _joined(list(map(_of_quoted, quoted)))
    for pattern in phrasing.DIFFERENCE:
        if (match := pattern.search(part)) and (compared := _compared(match["t"])):
            return compared
    for pattern in phrasing.TELLING:
        if match := pattern.search(part):
            return _said_of(match["t"])
    for pattern in (*phrasing.SURE, phrasing.INDIRECT):
        if (match := pattern.search(part)) and (clean := _clean(match["t"])):
            return _of(clean, is_sure=True)
    return _plainly(part)


def _plainly(part: str) -> Asked | None:
    """Read "what is …": what can't be a word is none, and a property of a thing asks for no meaning."""
    match = phrasing.PLAIN.search(part)
    if match is None:
        versus = _compared(part) if phrasing.VERSUS.search(part) else None
        return versus or (_of(_clean(either["t"]), is_sure=True) if (either := phrasing.EITHER.match(part)) else None)
    if phrasing.NO_WORD.match(match["t"]) or phrasing.PROPERTY.match(match["t"]):
        return None
    clean = _clean(match["t"])
    return _of(clean, is_sure=True) if clean and len(clean.split()) <= _MOST * 3 else None


def _compared(text: str) -> Asked | None:
    """Read two or more words that are compared; None where there is one."""
    apart = (_split(text, pattern) for pattern in (phrasing.BETWEEN, phrasing.LISTED, phrasing.TIGHT))
    words = [_clean(each) for each in next((each for each in apart if len(each) > 1), [])]
    told = tuple(filter(look_up_key, words))
    if not 1 < len(told) <= _MOST:
        return None
    return Asked(told, is_comparison=True, readings=tuple(dict.fromkeys([told, *_with_head(told), *_cut_each(told)])))


def _cut_each(words: Words) -> Iterator[Words]:
    cut = tuple(_shortest(each) for each in words)
    if all(cut) and cut != words:
        yield cut


def _shortest(text: str) -> str:
    return min(_cuts(text), key=len, default=text)


def _with_head(words: Words) -> Iterator[Words]:
    """Yield "supervised learning, unsupervised learning" for "supervised and unsupervised learning"."""
    head = words[-1].split()
    if len(head) > 1:
        yield tuple(each if each.endswith(head[-1]) else f"{each} {head[-1]}" for each in words)


def _said_of(sentence: str) -> Asked:
    """Read a sentence of which a word is to be explained: what it says of something, the whole of it first."""
    words = _edges(sentence).split()
    ends = [" ".join(words[place:]) for place in range(max(0, len(words) - _MOST), len(words))]
    clean = [each for each in map(_clean, ends) if look_up_key(each)]
    without_is = [re.sub(r"\b(?:is|are|was|were|be|been|got|gets?) ", "", each) for each in clean]
    readings = tuple((each,) for each in dict.fromkeys([*clean, *without_is]))
    return Asked(readings[-1] if readings else (), readings=readings, is_said=True)


def _of(text: str, *, is_sure: bool) -> Asked:
    """Read what stands where a word is asked for: one word, a list of words, or a word with more around it."""
    match = phrasing.PLACE.search(text)
    whole: list[Words] = [(text,)]
    lists = list(_lists(text))
    cuts = [(each,) for each in (_cuts(text) if is_sure else _without_place(text, match))]
    aliases = [] if names_in(text) else [(each,) for each in _aliases(text)]
    longer = [tuple(map(_shortest, each)) for each in lists if is_sure] + [
        more for each in lists for more in _with_head(each)
    ]
    readings = [*whole, *aliases, *lists, *cuts, *longer]
    # "A/B test" is rather one word than two.
    spaced = [each for each in lists[:1] if not phrasing.TIGHT.search(text)]
    words = next(iter([*aliases, *spaced, *reversed(cuts)]), (text,))
    kept = tuple(dict.fromkeys(each for each in readings if all(map(look_up_key, each))))
    return Asked(words, phrasing.VERSUS.search(text) is not None, kept)


def _without_place(text: str, match: re.Match[str] | None) -> Words:
    """Return "drift" for "drift in operations", typed with nothing round it."""
    return (
        ()
        if match is None or len(text.split()) > _MOST
        else tuple(filter(look_up_key, [_clean(text[: match.start()])]))
    )


def _lists(text: str) -> Iterator[Words]:
    for pattern in (phrasing.VERSUS, phrasing.LISTED, phrasing.TIGHT):
        words = tuple(filter(look_up_key, map(_clean, _split(text, pattern))))
        if 1 < len(words) <= _MOST and all(len(each.split()) <= _MOST for each in words):
            tight = tuple(
                more for each in words for more in map(_clean, phrasing.TIGHT.split(each)) if look_up_key(more)
            )
            yield words
            if tight != words and len(tight) <= _MOST:
                yield tight


def _split(text: str, pattern: re.Pattern[str]) -> list[str]:
    return [each for each in pattern.split(text) if each and look_up_key(each)]


def _aliases(text: str) -> Iterator[str]:
    """Yield the names of one thing of which a text gives two; what only stands in brackets is no answer by itself."""
    apart = phrasing.ALIAS.split(text)
    if len(apart) > 1:
        yield from filter(look_up_key, map(_clean, apart))
    if phrasing.BRACKETS.search(text):
        outer = (phrasing.BRACKETS.sub(" ", text), phrasing.BRACKETS.split(text)[0])
        yield from filter(look_up_key, map(_clean, outer))


def _cuts(text: str) -> Iterator[str]:
    """Yield the beginnings of a text that can be a word of their own, the longest first."""
    ends = [match.start() for match in phrasing.CONTEXT.finditer(text)]
    yield from (clean for end in reversed(ends) if look_up_key(clean := _clean(text[:end])))


def _clean(text: str) -> str:
    """Return a word without articles, quotes and what people say around it."""
    word, before = _edges(text), ""
    while word != before:
        before = word
        shorter = (
            phrasing.BEFORE.sub("", word, count=1)
            if phrasing.BEFORE.match(word)
            else phrasing.BEHIND.sub("", word, count=1)
        )
        word = _edges(shorter) or word
    return "" if word.casefold() in _PRONOUNS else word


_PRONOUNS = frozenset(
    [
        "it",
        "that",
        "this",
        "these",
        "those",
        "they",
        "them",
        "he",
        "she",
        "you",
        "we",
        "i",
        "one",
        "what",
        "which",
        "who",
        "there",
        "here",
    ]
)


def _edges(text: str) -> str:
    word = " ".join(text.split()).strip(phrasing.EDGES)
    emoji = re.sub(r"(?:\s+:[a-z0-9_+'-]+:)+$", "", word).strip(phrasing.EDGES)
    word = emoji or word
    bracketed = len(word) > 1 and (word[0] + word[-1]) in ("()", "[]", "{}", "<>") and word[1:-1].isprintable()
    return word[1:-1].strip(phrasing.EDGES) if bracketed and not set("()[]") & set(word[1:-1]) else word


def _joined(found: list[Asked]) -> Asked:
    """Join what several questions ask for: all of their words, in each of their readings."""
    if len(found) == 1:
        return found[0]
    words = tuple(dict.fromkeys(word for each in found for word in each.words))
    longest = max(len(each.readings) for each in found)
    rows = [
        [each.readings[min(place, len(each.readings) - 1)] for each in found if each.readings]
        for place in range(longest)
    ]
    readings = [tuple(dict.fromkeys(word for reading in row for word in reading)) for row in rows]
    return Asked(words[:_MOST], any(each.is_comparison for each in found), readings=tuple(dict.fromkeys(readings)))
