"""What stands round a word that is asked for, taken off; pure."""

import re

from handlers.glossary.rules import phrasing

_PRONOUN_WORDS = "it that this these those they them he she you we i one what which who there here"
_PRONOUNS = frozenset(_PRONOUN_WORDS.split())


def clean(text: str) -> str:
    """Return a word without articles, quotes and what people say around it."""
    word, before = edges(text), ""
    while word != before:
        before = word
        shorter = (
            phrasing.BEFORE.sub("", word, count=1)
            if phrasing.BEFORE.match(word)
            else phrasing.BEHIND.sub("", word, count=1)
        )
        word = edges(shorter) or word
    return "" if word.casefold() in _PRONOUNS else word


def edges(text: str) -> str:
    word = " ".join(text.split()).strip(phrasing.EDGES)
    emoji = re.sub(r"(?:\s+:[a-z0-9_+'-]+:)+$", "", word).strip(phrasing.EDGES)
    word = emoji or word
    bracketed = len(word) > 1 and (word[0] + word[-1]) in ("()", "[]", "{}", "<>") and word[1:-1].isprintable()
    return word[1:-1].strip(phrasing.EDGES) if bracketed and not set("()[]") & set(word[1:-1]) else word
