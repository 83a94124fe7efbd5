"""Which words a question is about, however it is put; pure, and without a look into the glossary.

What a sentence says is often open: "CI/CD" may be one name or two. So it gives readings, the likeliest first, and
whoever has the glossary takes the first of which it knows every word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from handlers.framework import descriptions, plain_text, pointing, sentences
from handlers.glossary.rules import cleaning, comparing, kinds, phrasing, pieces, spoken
from handlers.glossary.rules.cleaning import EDGES, clean, edges
from handlers.glossary.rules.pieces import MOST, Words
from storage.glossary.double_names import names_in
from storage.glossary.glossary import look_up_key

#: A longer text is no question for a word.
_LONGEST, _SHORT = 600, 4
#: What is left of "labelled data", of "sensor drifted", and before a comma.
_RESTS = (cleaning.DONE_TO, cleaning.DONE, cleaning.UP_TO_COMMA)
#: A comparison is of so many words at least.
_COMPARED = 2
#: A name hardly has more words than these.
_NAME = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: the words as written, without what stands round them.

    ``readings`` are other ways to read it, the likeliest first, each one word or several. Where it ``is_said`` of
    something, the sentence's last words are asked for, as in "what does it mean that the model hallucinates"; what
    is ``described`` may be told by its word.
    """

    words: Words
    is_comparison: bool = False
    readings: tuple[Words, ...] = ()
    is_said: bool = False
    described: str = ""

    @property
    def fewest(self) -> int:
        """Return how many words must be known to say how they differ: "kindly tell what is the same" compares none."""
        if self.is_comparison:
            return len(self.words)
        return _COMPARED if any(each[1:] for each in self.readings) else 1

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
    if len(text) > _LONGEST and phrasing.ASKS.search(text[:_LONGEST]) is None:
        return Asked((text.strip(),), readings=((text.strip(),),))
    text = text[:_LONGEST]
    if again := sentences.said_again(text):
        return _of(clean(again), is_sure=True)
    if told := descriptions.described(text):
        return _described(told)
    if found := list(_in_parts(sentences.parts(text))):
        return _joined(found)
    whole = sentences.listed(text) or " ".join(plain_text.plain(text).split())
    return _of(clean(sentences.unwrapped(whole)) or edges(whole), is_sure=False)


#: "help" alone asks how to ask.
_HELP_ME = re.compile(r"^(?:please )?help (?:me|us)(?: to)? (?:understand|out with|with)\b ?", re.IGNORECASE)


def asks_for_words(text: str) -> str | None:
    """Return a sentence that clearly asks for the meaning of words; None for any other."""
    is_for_words = phrasing.WRITTEN.match(text) or phrasing.WHY_SAID.match(text)
    is_other = phrasing.OTHER.match(text) is not None and not is_for_words
    is_asking = bool(spoken.asks(text) or any(_in_parts(sentences.parts(text[:_LONGEST]))))
    return _HELP_ME.sub("explain ", text, count=1) if is_asking and not is_other else None


def _in_parts(parts: Words) -> Iterator[Asked]:
    """Yield what each part asks for; what only points ("what is that?") asks for the part before, or the next."""
    before, earlier, is_open = "", "", False
    for part in parts:
        points = (pointing.is_pointing(part) or not pointing.tells(part)) and not phrasing.OTHER.match(part)
        asked = None if points else _asked_in(part)
        meant = before if points else part if is_open else ""
        if asked or meant:
            yield asked or _pointed_at(part, meant, earlier if points else "")
        is_open = points and not before
        goes_on = not points and sentences.is_name(part) and sentences.is_name(before)
        # "Latency, what unit and what is it?" asks of latency.
        is_fragment = bool(before) and pointing.is_fragment(part)
        told = f"{before}, {part}" if goes_on and not is_fragment else before if is_fragment else part
        before, earlier = "" if asked or meant or not pointing.tells(part) else told, before


def _pointed_at(part: str, meant: str, earlier: str) -> Asked:
    """Read what is meant by "what is that": also what stands before ("they want a rollback. Should I worry?")."""
    if phrasing.LAST.search(part):
        return _said_of(meant)
    if phrasing.ALL.search(part) and phrasing.SENTENCE.match(meant):
        return Asked((meant,), readings=((meant,),), is_said=True)
    asked = _spoken_of(meant)
    more = _spoken_of(earlier).readings if earlier else ()
    return replace(asked, readings=tuple(dict.fromkeys((*asked.readings, *more))))


def _spoken_of(part: str) -> Asked:
    """Read what stands beside "what is that?": a word or a list, or a sentence of which a word is meant."""
    if quoted := _quoted(part):
        return _joined([_of(clean(each), is_sure=True) for each in quoted])
    part = cleaning.ASIDE.sub("", part)
    told = _of(clean(part), is_sure=True)
    is_list = len(told.words) > 1 and all(len(each.split()) <= _SHORT for each in told.words)
    if is_list or (len(part.split()) <= _SHORT and not phrasing.SENTENCE.match(part)):
        return replace(told, is_said=len(part.split()) > _NAME)
    return _or_said(told, part)


def _of_quoted(text: str) -> Asked:
    """Read what stands in quotes: all of it, else a name of several words at its end ("harden input validation")."""
    if phrasing.SENTENCE.match(text):
        return _said_of(text)
    told, words = _of(clean(text), is_sure=True), text.split()
    ends = ((" ".join(words[place:]),) for place in range(1, len(words) - 1))
    # "deployed to staging" is two words, each of which may be asked for.
    both = tuple(filter(look_up_key, map(clean, cleaning.BETWEEN.split(text))))
    readings = (told.readings[:1], ((both,) if len(both) == _COMPARED else ()), told.readings[1:])
    return replace(told, readings=tuple(dict.fromkeys((*chain(*readings), *ends))))


def _quoted(part: str) -> Words:
    return tuple(dict.fromkeys(next(filter(None, each)) for each in cleaning.QUOTES.findall(part)))


def _asked_in(part: str) -> Asked | None:
    part = phrasing.FOR_WHOM.sub("", part)
    if which := phrasing.WHICH.search(part):
        return _of(clean(which["t"]), is_sure=True)
    told = cleaning.ASIDE.sub("", part)
    return _asked_as_told(part) or (_asked_as_told(told) if told != part else None)


def _asked_as_told(part: str) -> Asked | None:
    quoted = _quoted(part)
    beside = cleaning.QUOTES.sub("", part).split()
    if quoted and ((phrasing.ASKS.search(part) and len(beside) > 1) or (beside and part[-1] in EDGES)):
        return _joined(list(map(_of_quoted, quoted)))
    for pattern in comparing.DIFFERENCE:
        if (match := pattern.search(part)) and (compared := _compared(match["t"])):
            return compared
    if description := descriptions.described(part):
        return _described(description)
    if told := _told_in(part):
        return told
    for pattern in (*phrasing.SURE, phrasing.INDIRECT):
        if (match := pattern.search(part)) and (word := clean(match["t"])):
            told = _of(word, is_sure=True)
            return _or_said(told, match["t"]) if phrasing.CLAUSE.match(match["t"]) and not told.words[1:] else told
    return _plainly(part)


def _described(told: str) -> Asked:
    """Read a description, at whose end a word for it may stand: "… makes things up, hallucinating or whatever"."""
    apart = clean(cleaning.OR_SO.sub("", told.rpartition(",")[2]))
    named = _of(apart, is_sure=True) if "," in told and len(apart.split()) <= _NAME else Asked((told,))
    return replace(named, words=(told,), described=told)


def _told_in(part: str) -> Asked | None:
    """Read "what does it mean to regularise a model", "what does it mean that it fails", "kernel, as in Linux"."""
    if doing := phrasing.DOING.search(part):
        return _of(doing["t"], is_sure=True)
    kind = kinds.told(part)
    if kind and not kind.is_bare:
        return _of(kind.name, is_sure=True)
    said = filter(None, (pattern.search(part) for pattern in phrasing.TELLING))
    return next((_said_of(each["t"]) for each in said), None)


def _or_said(told: Asked, sentence: str) -> Asked:
    """Read what is asked for as a name, else as a sentence of which a word is meant; a clause's beginning is none."""
    said, names = _said_of(sentence), told.readings
    if phrasing.BARE_CLAUSE.match(sentence):
        return replace(said, readings=tuple(dict.fromkeys([*names[:1], *said.readings, *names[1:]])))
    kept = names[:1] if phrasing.CLAUSE.match(sentence) else names
    return replace(said, readings=tuple(dict.fromkeys([*kept, *said.readings])))


def _plainly(part: str) -> Asked | None:
    """Read "what is …": what can't be a word is none, and a property of a thing asks for no meaning."""
    match = phrasing.PLAIN.search(part)
    if match is None:
        versus = _compared(part) if comparing.VERSUS.search(part) else None
        return versus or (_of(clean(either["t"]), is_sure=True) if (either := comparing.EITHER.match(part)) else None)
    if phrasing.NO_WORD.match(match["t"]) or phrasing.PROPERTY.match(match["t"]):
        return _compared(part[: match.start()]) if comparing.VERSUS.search(part[: match.start()]) else None
    word = clean(match["t"])
    return _of(word, is_sure=True) if word and len(word.split()) <= MOST * 3 else None


def _compared(text: str) -> Asked | None:
    """Read two or more words that are compared; None where there is one."""
    apart = (comparing.split(text, pattern) for pattern in (comparing.BETWEEN, comparing.LISTED, comparing.TIGHT))
    words = [clean(each) for each in next((each for each in apart if len(each) > 1), [])]
    told = tuple(filter(look_up_key, words))
    if not 1 < len(told) <= MOST:
        return None
    others = (tuple(map(each, told)) for each in (comparing.without_first, comparing.without_last))
    readings = dict.fromkeys([told, *comparing.with_head(told), *pieces.cut_each(told), *others])
    return Asked(told, is_comparison=True, readings=tuple(readings))


def _said_of(sentence: str) -> Asked:
    """Read a sentence of which a word is to be explained: what it says of something, the whole of it first."""
    words = cleaning.ADVERB_END.sub("", edges(sentence)).split()
    ends = [" ".join(words[place:]) for place in range(max(0, len(words) - MOST), len(words))]
    bare = [each for each in map(clean, ends) if look_up_key(each)]
    can_be = cleaning.CAN_BE.match(bare[-2]) if bare[1:] else None
    bare[-1:] = [can_be[1]] if can_be else bare[-1:]
    without_is = [re.sub(r"\b(?:is|are|was|were|be|been|got|gets?) ", "", each) for each in bare]
    readings = tuple((each,) for each in dict.fromkeys([*bare, *without_is]))
    return Asked(readings[-1] if readings else (), readings=readings, is_said=True)


def _of(text: str, *, is_sure: bool) -> Asked:
    """Read what stands where a word is asked for: one word, a list of words, or a word with more around it."""
    match = cleaning.PLACE.search(text)
    whole: list[Words] = [(text,)]
    lists = list(pieces.lists(text))
    cuts = [(each,) for each in (pieces.cuts(text) if is_sure else pieces.without_place(text, match))]
    aliases = [] if names_in(text) else [(each,) for each in pieces.aliases(text)]
    longer = [tuple(map(pieces.shortest, each)) for each in lists if is_sure] + [
        more for each in lists for more in comparing.with_head(each)
    ]
    rest = [
        (clean(each[1]),)
        for pattern in _RESTS
        for said in (text, *(each for (each,) in cuts))
        if (is_sure or pattern is cleaning.DONE_TO) and (each := pattern.match(said))
    ]
    readings = [*whole, *aliases, *lists, *cuts, *longer, *rest]
    # "A/B test" is rather one word than two.
    spaced = [each for each in lists[:1] if not comparing.TIGHT.search(text)]
    words = next(iter([*aliases, *spaced, *reversed(cuts)]), (text,))
    kept = tuple(dict.fromkeys(each for each in readings if all(map(look_up_key, each))))
    return Asked(words, comparing.VERSUS.search(text) is not None, kept)


def _joined(found: list[Asked]) -> Asked:
    """Join what several questions ask for: all of their words, in each of their readings."""
    if len(found) == 1:
        return found[0]
    words = tuple(dict.fromkeys(word for each in found for word in each.words if look_up_key(word)))
    longest = max(len(each.readings) for each in found)
    rows = [
        [each.readings[min(place, len(each.readings) - 1)] for each in found if each.readings]
        for place in range(longest)
    ]
    readings = [tuple(dict.fromkeys(word for reading in row for word in reading)) for row in rows]
    return Asked(words[:MOST], any(each.is_comparison for each in found), readings=tuple(dict.fromkeys(readings)))
