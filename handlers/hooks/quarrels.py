"""Where two people wanted different things, and who of them gave way: counted for them and for who leads their work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storage.engine.interface import Reader


@dataclass(frozen=True, slots=True)
class Quarrel:
    """A time in which several people wanted different things, and who of them gave way.

    ``component_id`` is what it was about; empty where that is of no component.
    """

    people: frozenset[str]
    gave_way: frozenset[str]
    component_id: str = ""


#: Returns the quarrels over records of some visibilities that ended since a day (ISO): one for each record.
QuarrelsHook = Callable[[Reader, str, Sequence[str], str], Sequence[Quarrel]]
