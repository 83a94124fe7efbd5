"""What names there may be, kept in memory: of what no name has, the store need not be asked. Pure.

Bloom filters of all that names are looked for by: what one does not have, no name has; what it has, some name may have.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations
from typing import Protocol

from rbloom import Bloom

from storage.glossary.relatives import bases, shared_start
from storage.glossary.slips import BASE, PART, SHORT, SKELETON, far_sizes, far_slips, parts_of, skeleton_of, slips_of

#: One in so many things that no name has is looked for all the same; one in so many heads.
_IN_DOUBT, _OF_HEADS = 1 / 250, 1 / 50
#: By so many things a name of usual length is looked for: itself, its parts and beginnings; its slips; its skeleton's;
#: the heads of both.
_EACH, _HEADS = (8, 12, 7), 13
#: What has so many letters has so many slips that it pays to look first for its head: so many letters of a key, of a
#: skeleton, in the place of which names begin by the same with one letter left out.
_LONG, _HEAD, _OF_SKELETON = 8, 6, 5
_LEAST = 1000
#: What stands before the beginning of a key. Of each name those of some lengths are kept.
_BEGUN = "^"
_LENGTHS = range(4, 13, 2)


class Filed(Protocol):
    """What the names of a workspace are looked for by."""

    def has(self, key: str) -> bool:
        """Tell whether some name, hidden or not, may have a key."""

    def may_have_kin(self, key: str) -> bool:
        """Tell whether some name may be a form of a word, or be related to it."""

    def begins(self, key: str) -> bool:
        """Tell whether some name may begin with a key."""

    def known(self, sought: Iterable[str]) -> list[str]:
        """Return those of some keys, parts and bases under which something may be filed."""

    def slips(self, *keys: str) -> Iterable[str]:
        """Return those slips of some keys under which something may be filed."""

    def far_slips(self, skeleton: str) -> Iterable[str]:
        """Return the same of what may be two slips away."""


class _All:
    """What is taken for filed as long as nobody knows: anything."""

    def has(self, _key: str) -> bool:
        return True

    def may_have_kin(self, _key: str) -> bool:
        return True

    def begins(self, _key: str) -> bool:
        return True

    def known(self, sought: Iterable[str]) -> list[str]:
        return list(sought)

    def slips(self, *keys: str) -> Iterable[str]:
        return set().union(*map(slips_of, keys))

    def far_slips(self, skeleton: str) -> Iterable[str]:
        return far_slips(skeleton)


ALL: Filed = _All()


class FiledNames:
    """What some names are looked for by. It only grows: what is read of it meanwhile is as true as before."""

    def __init__(self, names: int) -> None:
        """Make room for so many names."""
        self.room = max(names, _LEAST)
        self.size = 0
        self._known, self._slips, self._far = (Bloom(self.room * each, _IN_DOUBT) for each in _EACH)
        self._heads = Bloom(self.room * _HEADS, _OF_HEADS)
        self.bytes = sum(each.size_in_bits for each in (self._known, self._slips, self._far, self._heads)) // 8

    def add(self, names: Iterable[tuple[str, str]]) -> None:
        """Add names, each with its look-up key.

        What a filter takes is made before, so that no other thread meets it half changed.
        """
        for key, name in names:
            self._known.update([key, *_known_by(key, name)])
            self._slips.update(list(_slips(key)))
            self._heads.update(list(combinations(key[: _HEAD + 1], _HEAD)))
            if len(key) > SHORT:
                skeleton = skeleton_of(key)
                self._far.update(list(_slips(skeleton)))
                self._heads.update(list(combinations(skeleton[: _OF_SKELETON + 1], _OF_SKELETON)))
            self.size += 1

    def has(self, key: str) -> bool:
        return key in self._known

    def may_have_kin(self, key: str) -> bool:
        return self.begins(shared_start(key))

    def begins(self, key: str) -> bool:
        size = min(len(key), _LENGTHS[-1]) // 2 * 2
        return size not in _LENGTHS or _BEGUN + key[:size] in self._known

    def known(self, sought: Iterable[str]) -> list[str]:
        return list(filter(self._known.__contains__, sought))

    def slips(self, *keys: str) -> Iterable[str]:
        # Whichever letter is left out, the head is made of the first seven.
        starts = {key[: _HEAD + 1] for key in keys if len(key) >= _LONG}
        none = {start for start in starts if self._has_no_head(start, _HEAD)}
        made = chain.from_iterable(_slips(key) for key in {*keys} if key[: _HEAD + 1] not in none)
        return map("".join, filter(self._slips.__contains__, made))

    def _has_no_head(self, start: str, size: int) -> bool:
        return not any(map(self._heads.__contains__, combinations(start, size)))

    def far_slips(self, skeleton: str) -> Iterable[str]:
        # As many as two letters are left out.
        if len(skeleton) >= _LONG and self._has_no_head(skeleton[: _OF_SKELETON + 2], _OF_SKELETON):
            return ()
        made = chain.from_iterable(combinations(skeleton, size) for size in far_sizes(skeleton))
        return (SKELETON + "".join(slip) for slip in filter(self._far.__contains__, made))


def _slips(key: str) -> Iterator[tuple[str, ...]]:
    """Give what ``slips_of`` does, some twice, as it is made fastest."""
    return chain((tuple(key),), combinations(key, max(0, len(key) - 1)))


def _known_by(key: str, name: str) -> Iterator[str]:
    yield from (BASE + base for base in bases(key))
    yield from (PART + part for part in parts_of(name))
    yield from (_BEGUN + key[:size] for size in _LENGTHS if size <= len(key))
