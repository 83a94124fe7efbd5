"""Which names are offered for a word that has none: those a slip of the hand away, or with a part of it. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

from storage.glossary.forms import stem
from storage.glossary.glossary import look_up_key
from storage.glossary.near import parts_of

SUGGESTIONS = 5
_SHORT = 4
_ENDINGS = ("s", "d", "ed", "ing")
#: A slip in another form of a word: worse than one in the word itself, and better than two.
_IN_A_FORM = 1.5


def nearest(word: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names nearest to a mistyped word, nearest first, each once.

    ``names`` gives look-up key to name; the distance counts letters added, left out, changed or swapped.
    """
    key = look_up_key(word)
    ranked = sorted((distance, abs(len(near) - len(key)), names[near]) for near, distance in _near(key, names))
    return tuple(dict.fromkeys(name for *_, name in ranked))[:SUGGESTIONS]


def is_close(word: str, names: Sequence[str]) -> bool:
    """Tell whether the first of some names is only one letter away, so that nobody need look for others."""
    return bool(names) and OSA.distance(look_up_key(word), look_up_key(names[0])) == 1


def may_be_far(key: str) -> bool:
    """Tell whether a word of this look-up key is long enough to be meant with two letters wrong."""
    return len(key) > _SHORT


def _near(key: str, names: Iterable[str]) -> Iterable[tuple[str, float]]:
    roots = {root for root in (stem(key), *map(key.removesuffix, _ENDINGS)) if len(root) > _SHORT and root != key}
    for near in names:
        if len(key) < _SHORT:
            # So short a word is near to too many others: only its own letters in another order count.
            if sorted(near) == sorted(key) and OSA.distance(key, near) == 1:
                yield near, 1
        elif (distance := OSA.distance(key, near)) <= (1 if len(key) == _SHORT else 2):
            yield near, distance
        elif any(_is_a_slip(root, other) for root in roots for other in (near, stem(near))):
            yield near, _IN_A_FORM


def _is_a_slip(root: str, near: str) -> bool:
    """Tell whether stems differ by one letter before their last: of different ends no slip is known to be the cause."""
    return root[-1] == near[-1:] and OSA.distance(root, near) == 1


def similar(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return a few of the names that share a word with a text, those with the least besides first.

    For one word they are names of several: a name of one word that only has its stem is another word.
    """
    said, near = set(parts_of(text)), dict[str, int]()
    for name in names:
        parts = set(parts_of(name))
        if not said.isdisjoint(parts) and (len(said) > 1 or len(parts) > 1):
            near[name] = len(parts - said)
    return tuple(sorted(near, key=lambda name: (near[name], len(name), name))[:SUGGESTIONS])
