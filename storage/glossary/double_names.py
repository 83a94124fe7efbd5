"""Which two names one name holds, as in "KYC (Know Your Customer)"."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

_ASIDE = re.compile(r"(?P<before>[^()\[\]]*?)\s*[(\[](?P<aside>[^()\[\]]+)[)\]]\s*(?P<after>[^()\[\]]*)")
_ALSO = re.compile(
    r",?\s+(?:aka|a\.k\.a\.?|also (?:known as|called)|i\.e\.|short for|stands for)[,:]?\s+", re.IGNORECASE
)
_BESIDE = re.compile(r"\s+[-–—/|=]\s+|\s*[:,=–—]\s+", re.IGNORECASE)
#: What has none of this is one name; most names are, and the small words stand in few of those.
_MAY_HOLD_TWO = re.compile(r"[^\w\s\-]| - | (?i:aka|also|short|stands) ")
_ALIKE = 4
#: Words up to this length may have no letter in an abbreviation, as in proof of concept.
_SMALL = 3
_FEWEST = 2
#: A longer text is no name; to look through a row of blanks for one takes the square of its length.
_LONGEST = 200


def names_in(name: str) -> tuple[str, ...]:
    """Return the two names that one holds, where they are sure to name the same; none where it is one name.

    "KYC (Know Your Customer)", "recall aka sensitivity", "ML / machine learning", "hold-out (holdout) set".
    """
    if len(name) > _LONGEST or not _MAY_HOLD_TWO.search(name):
        return ()
    found = _ASIDE.fullmatch(name.strip())
    if found is not None and found["after"]:
        whole = " ".join(filter(None, (found["before"], found["after"])))
        other = f"{found['aside']} {found['after']}"
        is_other = _bare(found["before"])[:_ALIKE] == _bare(found["aside"])[:_ALIKE]
        return (whole, other) if is_other and found["before"] else ()
    if found is not None:
        pair = [found["before"], found["aside"]]
        return tuple(pair) if is_short_for(*pair) else ()
    if also := _ALSO.search(name):
        pair = [name[: also.start()].strip(), name[also.end() :].strip()]
        return tuple(pair) if all(map(_bare, pair)) else ()
    for mark in _BESIDE.finditer(name):
        pair = [name[: mark.start()].strip(), name[mark.end() :].strip()]
        if is_short_for(*pair):
            return tuple(pair)
    return ()


def every_name(names: Iterable[str]) -> Iterator[str]:
    """Give names, and those that they hold."""
    for name in names:
        yield name
        yield from names_in(name)


def is_short_for(one: str, other: str) -> bool:
    """Say whether one of two names is made of letters of the other's words, in order, the first of each among them."""
    short, long = sorted((one, other), key=len)
    is_close = is_made_of_initials(short, long)
    return is_close or (
        short.isupper() and _may_spell(short, long) and _spells(short.casefold(), _words(long), inside=True)
    )


def is_made_of_initials(short: str, long: str) -> bool:
    """Say whether a name is made of the first letters of another's words, in order."""
    letters = re.sub(r"(?<=\w)s$", "", short.strip()).replace(".", "").casefold()
    apart, together = _words(long), re.findall(r"[\w-]+", long.casefold())
    is_of_such_length = _may_spell(letters, long) and len(letters) <= len(apart) + 1
    return is_of_such_length and (_spells(letters, apart) or _spells(letters, together))


def _may_spell(letters: str, long: str) -> bool:
    return letters.isalnum() and len(letters) >= _FEWEST and len(_words(long)) > 1


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _spells(letters: str, words: list[str], *, inside: bool = False) -> bool:
    """Say whether letters begin the words, in order; small words may be passed over, as in proof of concept.

    Where they may stand ``inside``, letters within a word may follow its first, as in everyday low price (EDLP).
    """

    # Many letters can be shared out among many words in more ways than can be tried one by one.
    @cache
    def spells(place: int, number: int) -> bool:
        rest = letters[place:]
        if not rest or number == len(words):
            return not rest and all(len(word) <= _SMALL for word in words[number:])
        sizes = range(1, len(rest) + 1) if inside else (1, 2)
        begins = (
            _begins(rest[:size], words[number], inside=inside) and spells(place + size, number + 1) for size in sizes
        )
        return any(begins) or (len(words[number]) <= _SMALL and spells(place, number + 1))

    return spells(0, 0)


def _begins(letters: str, word: str, *, inside: bool) -> bool:
    rest = iter(word[1:])
    is_within = inside and word[0] == letters[0] and all(each in rest for each in letters[1:])
    return is_within or word.startswith(letters)


def bracketed(name: str) -> tuple[str, ...]:
    """Return what stands before brackets at the end of a name and what stands in them, whatever they say of it."""
    found = _ASIDE.fullmatch(name.strip())
    return (found["before"], found["aside"]) if found and found["before"] and not found["after"] else ()


def _bare(name: str) -> str:
    return re.sub(r"\W", "", name.casefold())
