"""Finding names in a text: themselves and their forms."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from storage.engine.memory import Weighed
from storage.glossary.forms import TOKEN, derived, derived_one_by_one, exact, exact_one_by_one, inflected, singulars
from storage.glossary.glossary import look_up_key

_REMEMBERED = 20_000
#: What stands behind a verb in such words as "roll back", and in their nouns.
_PARTICLES = frozenset({"back", "out", "up", "off", "over", "down", "in", "on", "through", "away", "by", "forward"})
#: So much of the first two words of a name stays the same in all their forms.
_START = 3


class _Found(NamedTuple):
    """What stands at a place of a text: how many of its words are taken, by which name, and whether by a form of it."""

    taken: int
    name: str
    is_derived: bool

    @property
    def rank(self) -> tuple[bool, int, bool]:
        return bool(self.name), self.taken, not self.is_derived


_NOTHING = _Found(1, "", is_derived=False)


class Names(Weighed):
    """Names for finding them in a text: look-up key to name, and how many words begin alike.

    ``others`` are names that are looked for too: the workspace's, made once for everybody, beside a few channels' own.
    """

    def __init__(self, names: dict[str, str], others: "Names | None" = None) -> None:
        self.by_key = names
        self._others = others
        self._longest: dict[str, int] = {}
        self._words: dict[str, _Found] = {}
        self._by_letter: dict[str, dict[str, str]] | None = None
        for name in names.values():
            if start := start_of(name):
                self._longest[start] = max(self._longest.get(start, 0), len(_tokens(name)))

    @property
    def kibibytes(self) -> int:
        return (len(self.by_key) + len(self._words)) // 2

    def __len__(self) -> int:
        return len(self.by_key)

    def __iter__(self) -> Iterator[str]:
        yield from self.by_key.values()
        yield from self._others or ()

    def named(self, key: str) -> str:
        """Return the name under a look-up key; empty where none has it."""
        return self.by_key.get(key, "") or (self._others.named(key) if self._others else "")

    def starting_with(self, letter: str) -> dict[str, str]:
        """Return by their keys the names whose key begins with a letter."""
        if self._by_letter is None:
            by_letter = defaultdict[str, dict[str, str]](dict)
            for key, name in self.by_key.items():
                by_letter[key[:1]][key] = name
            self._by_letter = dict(by_letter)
        others = self._others.starting_with(letter) if self._others else {}
        return others | self._by_letter.get(letter, {})

    def found_in(self, text: str) -> dict[str, str]:
        """Return the names that stand in a text, each with the form of it that stands there; empty where it is itself.

        At each place the longest name is found, and a name itself before its forms; they come in the text's order.
        """
        tokens, found, place, written = _tokens(text), dict[str, str](), 0, list[re.Match[str]]()
        while place < len(tokens):
            taken, name, is_derived = self.at(tokens, place)
            if name and not is_derived:
                found[name] = ""
            elif name and name not in found:
                written = written or list(TOKEN.finditer(text))
                found[name] = text[written[place].start() : written[place + taken - 1].end()]
            place += taken
        return found

    def at(self, tokens: list[str], place: int) -> _Found:
        """Return what stands at a place of a text, given as the keys of its words."""
        word = tokens[place]
        own = self._several_at(tokens, place) or self._words.get(word) or self._named_by(word, 1)
        return own if self._others is None else max(own, self._others.at(tokens, place), key=lambda found: found.rank)

    def _named_by(self, words: str, size: int) -> _Found:
        """Return what so many words are, with a space between them; what most texts say is remembered."""
        found = self._words.get(words)
        if found is None:
            found = self._known(words, size) or _NOTHING
            if len(self._words) < _REMEMBERED:
                self._words[words] = found
        return found

    def _several_at(self, tokens: list[str], place: int) -> _Found | None:
        """Return the longest name of several words at a place, or one that is also written as one (rolled back)."""
        first, second = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else ""
        if self._longest and (longest := self._longest.get(_start(first, second))):
            for size in range(min(longest, len(tokens) - place), 1, -1):
                found = self._named_by(" ".join(tokens[place : place + size]), size)
                if found.name:
                    return found
        joined = first + second
        if joined in self.by_key:
            return _Found(2, self.by_key[joined], is_derived=False) if second else None
        if second not in _PARTICLES:
            return None
        joined = next((key for form in inflected(first) if (key := form + second) in self.by_key), "")
        return _Found(2, self.by_key[joined], is_derived=True) if joined else None

    def _known(self, text: str, size: int) -> _Found | None:
        for forms_of in (_as_it_is, exact_one_by_one, derived_one_by_one):
            for key in forms_of(text):
                if key in self.by_key:
                    return _Found(size, self.by_key[key], forms_of is derived_one_by_one)
        return None


class Sought(NamedTuple):
    """What may stand in a text: keys of names, and how names of several words begin."""

    keys: frozenset[str]
    starts: frozenset[str]


def sought_in(text: str) -> Sought:
    """Return what the names that stand in a text must have, so that no others need be looked at."""
    tokens = _tokens(text)
    pairs = list(pairwise(tokens))
    joined = {form + second for first, second in pairs if second in _PARTICLES for form in inflected(first)}
    alone = {key for word in set(tokens) for forms_of in (exact, derived) for key in forms_of(word)}
    starts = {_start(first, second) for first, second in pairs}
    return Sought(frozenset(alone | joined | {first + second for first, second in pairs}), frozenset(starts))


def start_of(name: str) -> str:
    """Return what a text must have for a name of several words to stand there; empty for one word."""
    tokens = [] if name.isalnum() else _tokens(name)
    return _start(tokens[0], tokens[1]) if len(tokens) > 1 else ""


def _start(first: str, second: str) -> str:
    return f"{first[:_START]} {second[:_START]}"


def _as_it_is(text: str) -> Iterator[str]:
    """Give what most texts name a word by, which takes the shortest time."""
    key = text.replace(" ", "")
    yield key
    yield from singulars(key)


def _tokens(text: str) -> list[str]:
    """Return the keys of the words of a text, as many as there are words."""
    if not text.isascii():
        return [look_up_key(word) for word in TOKEN.findall(text)]
    return [word if word.isalnum() else look_up_key(word) for word in TOKEN.findall(text.lower())]
