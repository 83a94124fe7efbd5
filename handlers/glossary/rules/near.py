"""Which names are offered for a word that has none: those a slip of the hand away, or with a part of it. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from rapidfuzz.distance import OSA

from handlers.framework import plain_text
from handlers.framework.small_words import is_of_words
from handlers.glossary.rules import stretches
from handlers.glossary.rules.naming import DidYouMean, Unknown
from storage.glossary.forms import TOKEN, exact, stem
from storage.glossary.glossary import look_up_key
from storage.glossary.slips import parts_of, skeleton_of
from storage.glossary.spelling import spellings

SUGGESTIONS = 5
_SHORT = 4
#: Hardly two words of so many letters differ by two.
_VERYLONG = 12
#: Of a text with slips so many names are tried, each of so many letters at least, and of so many words at most.
_MOST_SLIPS, LONG, _NAME = 20, 8, 4
#: Stems of words that stand beside others in names and texts, and say little of which is meant.
_GENERAL_WORDS = "data dataset set model value system process method type rate machine time work case"
_GENERAL = frozenset(map(stem, _GENERAL_WORDS.split()))
#: Of shorter names than this others are too near; two slips, and as many as one may make who has only heard a word.
_LEAST, _TWO, _MANY = 6, 2, 3
_ENDINGS = ("s", "d", "ed", "ing")
#: A slip in another form of a word: worse than one in the word itself, and better than two.
_IN_A_FORM = 1.5


def nearest(word: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names nearest to a mistyped word, nearest first, each once.

    ``names`` gives look-up key to name; the distance counts letters added, left out, changed or swapped.
    """
    if not names:
        return ()
    keys = spellings(look_up_key(word))
    ranked = sorted(
        (distance, abs(len(near) - len(key)), names[near]) for key in keys for near, distance in _near(key, names)
    )
    return tuple(dict.fromkeys(name for *_, name in ranked))[:SUGGESTIONS]


def instead(word: str, close: Sequence[str], similar: Sequence[str]) -> DidYouMean | Unknown:
    """Return what is said of a word that nothing has as its name."""
    return DidYouMean(word, together(word, close, similar)) if close else Unknown(word, tuple(similar))


def is_close(word: str, names: Sequence[str]) -> bool:
    """Tell whether the first of some names is only one letter away, so that nobody need look for others."""
    return bool(names) and OSA.distance(look_up_key(word), look_up_key(names[0])) == 1


def is_slip(word: str, names: Sequence[str]) -> bool:
    """Tell whether the first of some names is what a word of a sentence must be: a letter away, or two of many."""
    if not names or len(TOKEN.findall(word)) != len(TOKEN.findall(names[0])):
        return False
    key = look_up_key(word)
    keys, far = (*spellings(key), key.replace("iz", "is")), 2 if len(key) >= _VERYLONG else 1
    return 0 < min(OSA.distance(each, look_up_key(names[0])) for each in keys) <= far


def slips(word: str, names: Mapping[str, str]) -> list[tuple[float, str]]:
    """Return the names that are a slip away from a word, two of a long one, each with how far it is, nearest first.

    A long word that has another first letter is rather another word than one with two slips.
    """
    found = dict[str, float]()
    for key in spellings(look_up_key(word)):
        near_by = dict(_near(key, names)) | {each: _MANY for each in names if _sounds_like(key, each)}
        for near, distance in near_by.items():
            if len(near) >= _LEAST and (distance < _TWO or (len(key) >= LONG and key[0] == near[0])):
                found[names[near]] = min(distance, found.get(names[near], distance))
    return sorted((distance, name) for name, distance in found.items())


def may_be_slips(keys: Sequence[str]) -> Callable[[str], bool]:
    """Return what tells of another key whether it may be one of some long keys, with as many slips as are looked at."""
    by_letter = {each[0]: [key for key in keys if key[0] == each[0]] for each in keys}

    def may_be(near: str) -> bool:
        return any(
            OSA.distance(each, near, score_cutoff=_MANY) <= _MANY
            for each in by_letter.get(near[0], ())
            if abs(len(each) - len(near)) <= _MANY
        )

    return may_be


def may_be_slips_at_all(keys: Sequence[str]) -> Callable[[str], bool]:
    """Return what tells of another key whether ``slips`` may take it for one of some long keys in whatever way."""
    tells = [may_be_slips(keys), *map(may_be_near, keys)]
    return lambda near: any(tell(near) for tell in tells)


def _sounds_like(key: str, near: str) -> bool:
    """Tell whether a word is written as somebody writes a long one who has only heard it: trashhold, threshold."""
    is_long = min(len(key), len(near)) >= LONG and OSA.distance(key, near) == _MANY
    return is_long and OSA.distance(skeleton_of(key), skeleton_of(near)) <= 1


def long_names(text: str) -> list[str]:
    """Return what may be a name in a text, and is so long that hardly anything else is a letter away."""
    plain = plain_text.plain(text)
    found = list(stretches.TOKEN.finditer(plain))
    runs = [
        plain[found[start].start() : found[start + size - 1].end()]
        for size in (2, 1)
        for start in range(len(found) - size + 1)
        if not any(map(stretches.ends_name, (each[0] for each in found[start : start + size])))
    ]
    return [each for each in runs if may_be_slip(each) and len(each) >= LONG][:_MOST_SLIPS]


def may_be_slip(name: str) -> bool:
    """Tell whether what is asked for may be a name with a slip in it: of short words others are too near."""
    return len(name) >= LONG - 1 and len(name.split()) <= _NAME and not is_of_words(name)


def together(text: str, close: Iterable[str], similar: Iterable[str]) -> tuple[str, ...]:
    """Return all that is near a text, each name once: what has all of its words, what is a slip away, the others."""
    rest = list(similar)
    words = set(keys_in(text)) if rest else ()
    whole = [name for name in rest if all(not set(exact(each)).isdisjoint(keys_in(name)) for each in words)]
    return each_once(*whole, *close, *rest)


def each_once(*names: str) -> tuple[str, ...]:
    """Return as many of some names as are offered, each once."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(look_up_key(name), name)
    return tuple(found.values())[:SUGGESTIONS]


def may_be_far(key: str) -> bool:
    """Tell whether a word of this look-up key is long enough to be meant with two letters wrong."""
    return len(key) > _SHORT


def may_be_near(word: str) -> Callable[[str], bool]:
    """Return what tells quickly of another key whether ``nearest`` may take a name with it for near to a word."""
    tried = [(key, _roots(key)) for key in spellings(look_up_key(word))]
    return lambda near: any(
        OSA.distance(key, near, score_cutoff=_TWO) <= _TWO or (roots and _is_in_a_form(roots, near))
        for key, roots in tried
    )


def _near(key: str, names: Iterable[str]) -> Iterable[tuple[str, float]]:
    for near in names:
        if len(key) < _SHORT:
            # So short a word is near to too many others: only its own letters in another order count.
            if sorted(near) == sorted(key) and OSA.distance(key, near) == 1:
                yield near, 1
        elif (distance := OSA.distance(key, near)) <= (2 if may_be_far(key) and _may_be_slips(key, near) else 1):
            yield near, distance
        elif _is_in_a_form(_roots(key), near):
            yield near, _IN_A_FORM


def _is_in_a_form(roots: Iterable[str], near: str) -> bool:
    return any(_is_a_slip(root, other) for root in roots for other in (near, stem(near)))


@lru_cache(maxsize=100)
def _roots(key: str) -> frozenset[str]:
    """Return what may be left of a word without its ending; it is the same for all names that are compared with it."""
    found = (stem(key), *map(key.removesuffix, _ENDINGS))
    return frozenset(root for root in found if len(root) > _SHORT and root != key)


def _may_be_slips(key: str, near: str) -> bool:
    """Tell whether two letters of a word may be wrong: of five not the first among them (a ketch is no batch)."""
    return len(key) > _SHORT + 1 or key[0] == near[0]


def _is_a_slip(root: str, near: str) -> bool:
    """Tell whether stems differ by one letter before their last: of different ends no slip is known to be the cause."""
    return root[-1] == near[-1:] and OSA.distance(root, near) == 1


def similar(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return a few of the names that share a word with a text, those that share most first.

    For one word they are names of several: a name of one word that only has its stem is another word. Of names with
    the same words in other forms the one with most of them as they are said stands there.
    """
    named = list(dict.fromkeys(names))
    if not named:
        return ()
    near = dict[frozenset[str], tuple[float, int, int, str]]()
    said, words = set(parts_of(text)), set(keys_in(text))
    for name in named:
        parts = frozenset(parts_of(name))
        tells = said <= _GENERAL or not said & parts <= _GENERAL
        if not said.isdisjoint(parts) and tells and (len(said) > 1 or len(parts) > 1):
            share = _weight(said & parts) / _weight(said | parts)
            rank = (-share, -len(words.intersection(keys_in(name))), len(name), name)
            near[parts] = min(rank, near.get(parts, rank))
    return tuple(name for *_, name in sorted(near.values())[:SUGGESTIONS])


def weights(asked: AbstractSet[str], names: Iterable[str], fewest: int) -> dict[str, float]:
    """Return how near names are that have so many of the stems of a question, the nearest first.

    Rare stems weigh more, and twice as much as in a text, by how much of the name they are.
    """
    parts = {name: frozenset(parts_of(name)) for name in dict.fromkeys(names)}
    often = Counter(each for one in parts.values() for each in one)
    near = {
        name: 2 * len(met) / len(own) * sum(1 / often[each] for each in met)
        for name, own in parts.items()
        if len(met := asked & own) >= fewest and not met <= _GENERAL
    }
    return dict(sorted(near.items(), key=lambda each: (-each[1], len(each[0]), each[0])))


def keys_in(text: str) -> list[str]:
    """Return the keys of the words of a text."""
    return [look_up_key(each) for each in TOKEN.findall(text)]


def _weight(parts: Iterable[str]) -> float:
    """Return how much words say of what is meant: "data" beside "labelled" little."""
    return sum(0.5 if part in _GENERAL else 1 for part in parts)
