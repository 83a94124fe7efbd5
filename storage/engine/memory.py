"""What takes long to build is remembered until the revision that it was built for has moved on.

All connections to one store share it: a revision stands for the same rows whoever reads them. Only within a write it
may stand for rows that nobody else sees, and will not stand for them if the write comes to nothing.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from itertools import islice
from typing import NamedTuple, TypeVar, cast

from storage.engine.interface import Name

T = TypeVar("T")

#: So much is remembered of all names; what was asked for longest ago is forgotten first.
REMEMBERED = 5000
#: So many records and the like are remembered of all workspaces together: some seventy MiB. Of the one that was asked
#: for last all is, however much that is.
THINGS = 45_000


class _Place(NamedTuple):
    name: Name
    part: Hashable


class _Kept(NamedTuple):
    revision: object
    value: object

    @property
    def things(self) -> int:
        return len(self.value) if isinstance(self.value, Sized) and not isinstance(self.value, str) else 1


class _Workspaces:
    """Which places are remembered of each workspace, the one that was asked for longest ago first."""

    def __init__(self) -> None:
        self._places: OrderedDict[Hashable, dict[_Place, int]] = OrderedDict()
        self.things = 0

    def ask(self, place: _Place) -> None:
        self._places.move_to_end(place.name[0])

    def add(self, place: _Place, things: int) -> None:
        places = self._places.setdefault(place.name[0], {})
        self.things += things - places.get(place, 0)
        places[place] = things
        self.ask(place)

    def drop(self, place: _Place) -> None:
        places = self._places[place.name[0]]
        self.things -= places.pop(place)
        if not places:
            del self._places[place.name[0]]

    def longest_ago(self) -> tuple[_Place, ...]:
        """Return all places of one workspace, but none of the only one."""
        return tuple(next(iter(self._places.values()))) if len(self._places) > 1 else ()


class Shared:
    """What all connections to one store remember, in any thread. The parts of a name are forgotten together."""

    def __init__(self, most: int = REMEMBERED, things: int = THINGS) -> None:
        self._most, self._things = most, things
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Place, _Kept] = OrderedDict()
        self._parts: dict[Name, set[Hashable]] = {}
        self._workspaces = _Workspaces()

    def __len__(self) -> int:
        return len(self._kept)

    def known(self, place: _Place, revision: object) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(place)
            if kept is None or kept.revision != revision:
                return None
            self._kept.move_to_end(place)
            self._workspaces.ask(place)
            return kept

    def former(self, name: Name) -> object | None:
        with self._lock:
            kept = self._kept.get(_Place(name, None))
        return None if kept is None else kept.value

    def keep(self, place: _Place, kept: _Kept) -> None:
        """Remember it, and nothing more of its name that is of another revision."""
        with self._lock:
            parts = self._parts.get(place.name, ())
            # All of them are of one revision, and thousands of words may be parts of a name.
            if any(self._kept[_Place(place.name, each)].revision != kept.revision for each in islice(parts, 1)):
                for each in tuple(parts):
                    self._forget(_Place(place.name, each))
            self._kept[place] = kept
            self._kept.move_to_end(place)
            self._parts.setdefault(place.name, set()).add(place.part)
            self._workspaces.add(place, kept.things)
            if len(self._kept) > self._most:
                self._forget(next(iter(self._kept)))
            while self._workspaces.things > self._things and (places := self._workspaces.longest_ago()):
                for each in places:
                    self._forget(each)

    def _forget(self, place: _Place) -> None:
        del self._kept[place]
        self._workspaces.drop(place)
        self._parts[place.name].discard(place.part)
        if not self._parts[place.name]:
            del self._parts[place.name]


class Memory:
    """What one connection remembers, which one thread uses at a time: what is shared, and what its write has built."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._apart: dict[_Place, _Kept] | None = None

    def remember(self, name: Name, revision: object, build: Callable[[], T], part: Hashable = None) -> T:
        place = _Place(name, part)
        kept = self._apart.get(place) if self._apart is not None else None
        if kept is None or kept.revision != revision:
            kept = self._shared.known(place, revision)
        if kept is None:
            kept = _Kept(revision, build())
            if self._apart is None:
                self._shared.keep(place, kept)
            else:
                self._apart[place] = kept
        return cast("T", kept.value)

    def former(self, name: Name) -> object | None:
        kept = self._apart.get(_Place(name, None)) if self._apart is not None else None
        return self._shared.former(name) if kept is None else kept.value

    def keep_apart(self) -> None:
        """Keep what is built from now on, within a write, from others."""
        self._apart = {}

    def share(self) -> None:
        """Share what a write has built: it has happened."""
        for place, kept in (self._apart or {}).items():
            self._shared.keep(place, kept)
        self._apart = None

    def forget(self) -> None:
        """Forget what a write has built: it did not happen."""
        self._apart = None
