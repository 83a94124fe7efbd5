"""What takes long to build is remembered until the revision that it was built for has moved on.

All connections to one store share it: a revision stands for the same rows whoever reads them. Only within a write it
may stand for rows that nobody else sees, and will not stand for them if the write comes to nothing.
"""

import threading
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from typing import NamedTuple, TypeVar, cast

from storage.engine.interface import Name

T = TypeVar("T")

#: So many things are remembered of a workspace, most of them look-ups; what was asked for longest ago goes.
REMEMBERED = 5000
#: So much is remembered of all workspaces together. Of the one that was asked for last all is, however much that is.
KIBIBYTES = 64 * 1024
#: What is taken in KiB by something that isn't there or a number, by one thing, and by each of several.
_NOTHING, _ONE, _EACH = 1, 6, 2


class Weighed(ABC):
    """What tells itself how much it takes, which may grow."""

    @property
    @abstractmethod
    def kibibytes(self) -> int: ...


class _Place(NamedTuple):
    name: Name
    part: Hashable


class _Kept(NamedTuple):
    revision: object
    value: object

    @property
    def kibibytes(self) -> int:
        if isinstance(self.value, Weighed):
            return self.value.kibibytes
        if isinstance(self.value, Sized) and not isinstance(self.value, str):
            return _NOTHING + _EACH * len(self.value)
        return _NOTHING if self.value is None or isinstance(self.value, int) else _ONE


class _Parts:
    """What is remembered under one name: all of one revision."""

    __slots__ = ("parts", "revision")

    def __init__(self, revision: object) -> None:
        self.revision = revision
        self.parts: set[Hashable] = set()


class _Workspace:
    """What is remembered of a workspace, the one that was asked for longest ago first."""

    def __init__(self) -> None:
        #: What is remembered, and how much it took.
        self.kept: OrderedDict[_Place, tuple[_Kept, int]] = OrderedDict()
        self._named: dict[Name, _Parts] = {}
        self.kibibytes = 0

    def keep(self, place: _Place, kept: _Kept, most: int) -> None:
        """Remember it, and nothing more of its name that is of another revision, nor more in all than so many."""
        named = self._named.get(place.name)
        if named is not None and named.revision != kept.revision:
            for each in tuple(named.parts):
                self._forget(_Place(place.name, each))
            named = None
        if named is None:
            named = self._named[place.name] = _Parts(kept.revision)
        _, before = self.kept.pop(place, (None, 0))
        counted = kept.kibibytes
        self.kept[place] = (kept, counted)
        named.parts.add(place.part)
        self.kibibytes += counted - before
        if len(self.kept) > most:
            self._forget(next(iter(self.kept)))

    def _forget(self, place: _Place) -> None:
        _, counted = self.kept.pop(place)
        self.kibibytes -= counted
        named = self._named[place.name]
        named.parts.discard(place.part)
        if not named.parts:
            del self._named[place.name]


class Shared:
    """What all connections to one store remember, in any thread. The parts of a name are forgotten together."""

    def __init__(self, remembered: int = REMEMBERED, kibibytes: int = KIBIBYTES) -> None:
        self._remembered, self._most = remembered, kibibytes
        self._lock = threading.Lock()
        self._workspaces: OrderedDict[Hashable, _Workspace] = OrderedDict()
        self._kibibytes = 0

    def known(self, place: _Place, revision: object) -> _Kept | None:
        with self._lock:
            workspace = self._workspaces.get(place.name[0])
            found = None if workspace is None else workspace.kept.get(place)
            if workspace is None or found is None or found[0].revision != revision:
                return None
            kept, counted = found
            self._workspaces.move_to_end(place.name[0])
            workspace.kept.move_to_end(place)
            if isinstance(kept.value, Weighed) and kept.kibibytes != counted:
                self._keep(place, kept)
            return kept

    def former(self, name: Name) -> object | None:
        with self._lock:
            workspace = self._workspaces.get(name[0])
            found = None if workspace is None else workspace.kept.get(_Place(name, None))
        return None if found is None else found[0].value

    def keep(self, place: _Place, kept: _Kept) -> None:
        with self._lock:
            self._keep(place, kept)

    def _keep(self, place: _Place, kept: _Kept) -> None:
        workspace = self._workspaces.get(place.name[0])
        if workspace is None:
            workspace = self._workspaces[place.name[0]] = _Workspace()
        self._workspaces.move_to_end(place.name[0])
        before = workspace.kibibytes
        workspace.keep(place, kept, self._remembered)
        self._kibibytes += workspace.kibibytes - before
        while self._kibibytes > self._most and len(self._workspaces) > 1:
            _, forgotten = self._workspaces.popitem(last=False)
            self._kibibytes -= forgotten.kibibytes


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
