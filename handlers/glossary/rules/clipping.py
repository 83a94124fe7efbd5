"""Names that are said short: by their initials, or with the beginnings of their words. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from handlers.checks.english import is_english
from handlers.framework.small_words import is_function
from handlers.glossary.rules.stretches import TOKEN, ends_name, stretches
from storage.glossary.double_names import is_made_of_initials
from storage.glossary.glossary import look_up_key
from storage.glossary.irregular import irregular

#: So many words may be said short, and so many of a text are looked at; so many names are offered.
_WORDS, _MOST, OFFERED = 4, 6, 3
_INITIALS = re.compile(r"[A-Za-z]{2,6}")
#: In a sentence fewer letters in capitals may be anything.
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{3,6}(?![\w-])")
#: "KB, anyone?", "FNs. We had three"
_TOPIC = re.compile(r"[^\W_]+(?: [^\W_]+)?(?=\s?[,:?.…])")
#: "answers come from the kb", "hitl for refunds"
_SMALL_LETTERS = re.compile(
    r"(?!(?:mr|mrs|dr|st|km|kg|cm|mm|hrs?|mins?|pm|tv|pc|kph|mph|yrs?|nr|txt|ppl|pls|plz)$)[a-z]{2,5}"
)
_WORD = re.compile(r"[^\W_]+")
#: Of one word so much is said; of several each so much, and what everybody says of a word is no longer than this.
_BEGUN, _LEAST, _CLIPPED = 6, 2, 4
#: Words that a name may have and its short form not.
_SMALL = 3
_VOWELS = frozenset("aeiouy")


def may_be_short(text: str, asked: Sequence[str]) -> list[str]:
    """Return what may be a name that is said short: the text itself, what it asks for, else what stands in it."""
    whole = [each for each in (text, *asked) if _may_be(each, is_whole=True)]
    topic = [each[0] for each in (_TOPIC.match(text),) if each and _may_be(each[0]) and not ends_name(each[0])]
    capitals = (each for each in _CAPITALS.findall(text) if not is_english(each.casefold()))
    apart = [each.text for each in stretches(text) if _may_be(each.text)]
    inner = {word for each in (*whole, *apart) if " " in each for word in each.split()}
    clipped = (each for each in apart if " " in each or (_SMALL_LETTERS.fullmatch(each) and each not in inner))
    return list(dict.fromkeys([*whole, *topic, *capitals, *clipped]))[:_MOST]


def may_be_one(word: str) -> bool:
    """Tell the same of one word of plain letters."""
    return word.isupper() or _is_bare(word.casefold()) or not is_english(word.casefold())


def may_begin(word: str) -> bool:
    """Tell whether one word can only be short for a name that begins with it: initials are fewer."""
    return _INITIALS.fullmatch(word) is None


def among(short: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that are said short so, those of the fewest words first."""
    first, found = short[:1].casefold(), dict[str, None]()
    for name in names:
        if name[:1].casefold() == first and _is_short_for(short, name):
            found[name] = None
    return tuple(sorted(found, key=lambda each: (len(each.split()), len(each), each)))[:OFFERED]


def _may_be(text: str, *, is_whole: bool = False) -> bool:
    """Tell whether a text may be said short; where it is all that is asked for, it may be so by English words, too."""
    told = TOKEN.findall(text.replace(".", " "))
    if not told or len(told) > _WORDS or not all(each[0].isalpha() and each.isascii() for each in told):
        return False
    if len(told) == 1:
        return told[0].isupper() or any(_is_bare(each) or not is_english(each) for each in _words(told[0]))
    # "PD model" has the initials of somebody's own.
    words = _words(text) if is_whole else [each.casefold() for each in _WORD.findall(text) if not each.isupper()]
    return not any(map(is_function, told)) and any(_is_clipped(each, is_whole=is_whole) for each in words)


def _is_clipped(word: str, *, is_whole: bool) -> bool:
    return word in irregular().short or not is_english(word) or _is_bare(word) or (is_whole and len(word) <= _CLIPPED)


def _is_short_for(short: str, name: str) -> bool:
    said, words = _words(short), _words(name)
    if said == words:
        return False
    if len(said) == 1 and _INITIALS.fullmatch(short) and is_made_of_initials(short, name):
        return True
    key, whole = look_up_key(short), look_up_key(name)
    # What lacks one letter has a slip.
    begins = _BEGUN <= len(key) < len(whole) - 1 and whole.startswith(key)
    return begins or (len(said) > 1 and _begin(said, words))


def _begin(said: list[str], words: list[str]) -> bool:
    """Tell whether words begin those of a name, in order; small ones may be passed over, as in proof of concept."""
    if not said or not words:
        return not said and not words
    # "p vals" are more of them than one.
    first = (said[0], said[0].removesuffix("s")) if len(said[0]) > _SMALL else said[:1]
    if any(_begins(each, words[0]) for each in first) and _begin(said[1:], words[1:]):
        return True
    return len(words[0]) <= _SMALL and _begin(said, words[1:])


def _begins(said: str, word: str) -> bool:
    short = irregular().short.get(said, ("", ""))
    if word in (said, short[1] if short[0] == said else said):
        return True
    is_clipped = _LEAST < len(said) < len(word) and (len(said) <= _CLIPPED or not is_english(said))
    return is_clipped and word.startswith(said) if not _is_bare(said) else _letters_of(said, word)


def _is_bare(said: str) -> bool:
    """Tell whether a word has no vowels but its first letter, as "ft" and "mgmt" have none."""
    return len(said) >= _LEAST and _VOWELS.isdisjoint(said[1:])


def _letters_of(said: str, word: str) -> bool:
    """Tell whether a word begins with the same letter and has the others in their order."""
    letters: Iterator[str] = iter(word[1:])
    return word[0] == said[0] and all(each in letters for each in said[1:])


def _words(text: str) -> list[str]:
    return [each.casefold() for each in _WORD.findall(text)]
