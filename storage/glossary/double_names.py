"""Which two names one name holds, as in "KYC (Know Your Customer)"."""

import re
from collections.abc import Iterable, Iterator

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


def names_in(name: str) -> tuple[str, ...]:
    """Return the two names that one holds, where they are sure to name the same; none where it is one name.

    "KYC (Know Your Customer)", "recall aka sensitivity", "ML / machine learning", "hold-out (holdout) set".
    """
    if not _MAY_HOLD_TWO.search(name):
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
    """Say whether one of two names is made of the first letters of the other's words, in order."""
    short, long = sorted((one, other), key=len)
    letters = re.sub(r"(?<=\w)s$", "", short.strip()).replace(".", "").casefold()
    apart, together = re.findall(r"\w+", long.casefold()), re.findall(r"[\w-]+", long.casefold())
    if not letters.isalnum() or not 1 < len(letters) <= len(apart) + 1 or not apart[1:]:
        return False
    return _spells(letters, apart) or _spells(letters, together)


def _spells(letters: str, words: list[str]) -> bool:
    """Say whether letters begin the words, in order; small words may be passed over, as in proof of concept."""
    if not letters or not words:
        return not letters and all(len(word) <= _SMALL for word in words)
    begins = (words[0].startswith(letters[:size]) and _spells(letters[size:], words[1:]) for size in (1, 2))
    return any(begins) or (len(words[0]) <= _SMALL and _spells(letters, words[1:]))


def bracketed(name: str) -> tuple[str, ...]:
    """Return what stands before brackets at the end of a name and what stands in them, whatever they say of it."""
    found = _ASIDE.fullmatch(name.strip())
    return (found["before"], found["aside"]) if found and found["before"] and not found["after"] else ()


def _bare(name: str) -> str:
    return re.sub(r"\W", "", name.casefold())
