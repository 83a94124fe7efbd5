"""How what stands where words are asked for is taken to pieces: as a list, as names of one thing, shortened. Pure."""

import re
from collections.abc import Iterator

from handlers.glossary.rules import cleaning, comparing
from handlers.glossary.rules.cleaning import clean
from storage.glossary.glossary import look_up_key

Words = tuple[str, ...]
#: More than so many words are no list of words to explain.
MOST = 6


def without_place(text: str, match: re.Match[str] | None) -> Words:
    """Return "drift" for "drift in operations", typed with nothing round it."""
    return (
        () if match is None or len(text.split()) > MOST else tuple(filter(look_up_key, [clean(text[: match.start()])]))
    )


def lists(text: str) -> Iterator[Words]:
    """Yield the words of a list, where a text may be one."""
    for pattern in (comparing.VERSUS, comparing.LISTED, comparing.TIGHT):
        words = tuple(filter(look_up_key, map(clean, comparing.split(text, pattern))))
        if 1 < len(words) <= MOST and all(len(each.split()) <= MOST for each in words):
            tight = tuple(
                more for each in words for more in map(clean, comparing.TIGHT.split(each)) if look_up_key(more)
            )
            yield words
            if tight != words and len(tight) <= MOST:
                yield tight


def aliases(text: str) -> Iterator[str]:
    """Yield the names of one thing of which a text gives two; what only stands in brackets is no answer by itself."""
    apart = cleaning.ALIAS.split(text)
    if len(apart) > 1:
        yield from filter(look_up_key, map(clean, apart))
    if cleaning.BRACKETS.search(text):
        outer = (cleaning.BRACKETS.sub(" ", text), cleaning.BRACKETS.split(text)[0])
        yield from filter(look_up_key, map(clean, outer))


def cuts(text: str) -> Iterator[str]:
    """Yield the beginnings of a text that can be a word of their own, the longest first."""
    ends = sorted({match.start() for each in (cleaning.CONTEXT, cleaning.COMMA) for match in each.finditer(text)})
    yield from (word for end in reversed(ends) if look_up_key(word := clean(text[:end])))


def shortest(text: str) -> str:
    """Return the shortest beginning of a text that can be a word; the text where it has none."""
    return min(cuts(text), key=len, default=text)


def cut_each(words: Words) -> Iterator[Words]:
    """Yield some words without what may stand behind each."""
    cut = tuple(shortest(each) for each in words)
    if all(cut) and cut != words:
        yield cut
