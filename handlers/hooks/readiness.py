"""What stands between a component and its launch, as each feature knows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from storage.engine.interface import Reader
from storage.responsibilities.responsibilities import Component

Standing = Literal[
    "missed",
    "breached",
    "overdue",
    "unowned",
    "never measured",
    "not planned",
    "not agreed",
    "not set",
    "unknown",
    "undocumented",
    "met",
]
#: What is worst stands first.
STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at: how it stands, and what it is, in a few words."""

    standing: Standing
    told: str


#: Looks at a component: (reader, component, the visibilities that may be shown, now) to what it found.
ReadinessHook = Callable[[Reader, Component, Sequence[str], datetime], Sequence[Point]]
