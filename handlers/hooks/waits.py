"""What took how long: since when a feature's records wait for people, and when that was over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from handlers.hooks.digest import Span
from storage.engine.interface import Reader

What = Literal["unclear", "question", "agreed", "accepted", "breach", "unmeasured", "unplanned", "link"]
WHATS: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waited, or still does: nothing in it is a person's.

    ``component_id`` is empty where it is of none that may be seen. ``begin`` and ``end`` are ISO 8601 UTC text, ``end``
    is empty while it waits.
    """

    what: What
    component_id: str
    begin: str
    end: str = ""


#: Returns what waited at some time in a span, of what may be seen in it; what ended before may stand among it.
WaitsHook = Callable[[Reader, str, Span], Sequence[Wait]]
