"""What a connection remembers of what takes long to build, until the revision that it was built for has moved on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")

#: So much is remembered; what was asked for longest ago is forgotten first.
_REMEMBERED = 5000


class Memory:
    """What was built, by its name, with the revision that it is of; for one thread at a time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[object, object]] = OrderedDict()

    def remember(self, name: Hashable, revision: object, build: Callable[[], T]) -> T:
        kept = self._kept.get(name)
        if kept is None or kept[0] != revision:
            kept = self._kept[name] = (revision, build())
            if len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        self._kept.move_to_end(name)
        return cast("T", kept[1])

    def forget(self) -> None:
        """Forget what was remembered: it may be of a transaction that did not happen."""
        self._kept.clear()
