"""What components promise each other where they meet, as each feature knows it: for the map of who works with whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.slack.blocks import Block
from storage.engine.interface import WORKSPACE, Reader
from storage.responsibilities.responsibilities import Component

#: What teams have to agree on where their components meet.
Seam = Literal["requirements", "data", "integration"]
#: How what was agreed stands: kept, still talked about, or broken.
Standing = Literal["good", "open", "broken"]


@dataclass(frozen=True, slots=True)
class Artefact:
    """One record in which something is promised at a seam, in a few words, with the button that opens it.

    ``source`` and ``target`` are the ids of the components that it joins; one that is empty stands for any. Data that
    the register doesn't have is ``named``, and ``provider`` is who has it (a user id). ``record`` is its id, and
    ``visibility`` who may see it.
    """

    seam: Seam
    source: str
    target: str
    standing: Standing
    told: str
    button: Block
    named: str = ""
    provider: str = ""
    record: str = ""
    visibility: str = WORKSPACE


@dataclass(frozen=True, slots=True)
class Looked:
    """Which components are looked at, which visibilities may be shown, and which day it is."""

    parts: Sequence[Component]
    visible: tuple[str, ...]
    today: date


#: Tells what stands at the seams of some components: (reader, team_id, what is looked at).
SeamsHook = Callable[[Reader, str, Looked], Sequence[Artefact]]
