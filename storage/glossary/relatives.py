"""Words that a word is made from, or that are made from it: to be offered for it, never shown as it. Pure."""

import re
from collections.abc import Iterator
from functools import cache

from storage.glossary.forms import TOKEN, derived, exact, inflected
from storage.glossary.glossary import look_up_key
from storage.glossary.irregular import irregular
from storage.glossary.spelling import spellings

#: What turns a word round or changes how much of it there is.
_BEFORE = re.compile(
    r"(?:in|im|ir|il|dis|anti|over|under|auto|multi|hyper|semi|self|cross)(?=.{7})|(?:non|mis)(?=.{5})|un(?=.{4})"
)
#: What is put before a long word: too many names would be tried for a short one.
_PUT_BEFORE = (
    "un",
    "non",
    "in",
    "im",
    "over",
    "under",
    "auto",
    "multi",
    "hyper",
    "semi",
    "self",
    "micro",
    "meta",
    "sub",
)
LONG = 8
#: What turns a noun into a verb or an adjective: parameterised, experimental, weightage; and who does it: trainers.
_BEHIND = re.compile(r"(?:i[sz](?:e[ds]?|ers?|ing|ations?|able)|(?:ation|ion)?al|ic|ive|ers?|age)$")
_LEAST = 5
#: What is so short is said for a name alone, and never at the end of another word.
_INITIALS = 2


def relatives(text: str) -> tuple[str, ...]:
    """Return the keys of words that are related to a word and mean another thing, likeliest first, no key twice."""
    key, same = look_up_key(text), exact(text)
    related = _relatives(key) if key.isalpha() else ()
    return tuple(dict.fromkeys(each for each in (*_spelt_out(text), *related) if each not in same))


def _spelt_out(text: str) -> Iterator[str]:
    """Give a name of which words are said short, with these as they are written: "feat eng", "o11y"."""
    known, words = irregular().short, [text] if text.isalnum() else TOKEN.findall(text)
    words = [look_up_key(each) for each in words]
    long = [known[each][1] if known.get(each, ("",))[0] == each else each for each in words]
    if long != words:
        yield from exact("".join(long))


def longer(text: str) -> tuple[str, ...]:
    """Return the keys of words that a long word makes with something before it: supervised, unsupervised."""
    key = look_up_key(text)
    return tuple(f"{before}{key}" for before in _PUT_BEFORE) if len(key) >= LONG and key.isalpha() else ()


def bases(key: str) -> list[str]:
    """Return what is left of a key without what may be put before it, where that is long: the reverse of ``longer``."""
    found = (key.removeprefix(before) for before in _PUT_BEFORE if key.startswith(before))
    return [base for base in found if len(base) >= LONG] if key.startswith(_PUT_BEFORE) else []


#: What a rule may take from before a word, and all that one may take from its end.
_AHEAD = re.compile(f"{_BEFORE.pattern}|re")
_ENDS = (
    *("s", "ed", "ing", "er", "or", "al", "ic", "lle", "ly", "ity", "able", "ible", "ent", "ence", "ency", "acy"),
    *("ate", "ion", "ive", "ment", "ness", "ria", "ise", "ize", "ify", "age"),
)


def shared_start(key: str) -> str:
    """Return what a word and all its forms and relatives begin with, where it is plain to see; else nothing."""
    if key.endswith(_ENDS) or not (key.isascii() and key.isalpha()) or _AHEAD.match(key) or key in _listed():
        return ""
    start = key[:-1]
    is_spelt_so = spellings(key) == (key,) and spellings(start) == (start,)
    return start if is_spelt_so and not key.endswith(_short()) else ""


@cache
def _listed() -> frozenset[str]:
    """Return the words of which the lists know more than the rules."""
    known = irregular()
    return frozenset().union(known.plurals, known.verbs, known.families, known.short)


@cache
def _short() -> tuple[str, ...]:
    return tuple(each for each, group in irregular().short.items() if group[0] == each)


def _relatives(key: str) -> Iterator[str]:
    for base in _bases(key):
        yield from exact(base)
        yield from derived(base)
    for verb in (each.removesuffix("e") for each in inflected(key) if len(each) >= _LEAST):
        # Nothing is made from a plural.
        if verb == key or not verb.endswith("s"):
            yield from (f"{verb}ability", f"{verb}ibility")


def _bases(key: str) -> Iterator[str]:
    known = irregular().short
    for one in inflected(key):
        # Few end so, and of those alone it is worth to look at every end.
        ends = (one[at:] for at in range(len(one))) if one.endswith(_short()) else ()
        short = (end for end in ends if known.get(end, ("",))[0] == end and (end == one or len(end) > _INITIALS))
        yield from (one.removesuffix(end) + known[end][1] for end in short)
    if before := _BEFORE.match(key):
        yield key[before.end() :]
    behind = _BEHIND.search(key)
    if behind is None or behind.start() < _LEAST:
        return
    base = key[: behind.start()]
    yield from (f"{base}{end}" for end in ("", "y", "e", "ion"))
