"""All that the features offer to gather from, joined once at the start; who gathers knows no feature."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from handlers.hooks.digest import DigestHook, OwnItemsHook
from handlers.hooks.finding import Finds
from handlers.hooks.quarrels import QuarrelsHook
from handlers.hooks.readiness import ReadinessHook
from handlers.hooks.redaction import Redacts
from handlers.hooks.reminders import NudgeKind, People, RemindersHook
from handlers.hooks.reports import Tells
from handlers.hooks.retention import Retained
from handlers.hooks.seams import SeamsHook
from handlers.hooks.waits import WaitsHook

#: Where there are several subcommands, a word so much like one (in per cent) is taken for a slip of the hand.
_SEVERAL, _ALIKE = 2, 75.0


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """How a command is used: its name without the slash, its hint, and the subcommands that it knows."""

    name: str
    description: str
    usage_hint: str = ""
    words: tuple[str, ...] = ()

    def nearest(self, text: str) -> str:
        """Return the subcommand that a single word was most likely meant for; empty where it names one, or none."""
        return nearest(text, self.words)


def nearest(text: str, words: Collection[str]) -> str:
    """Return the one of some words that a single word was most likely meant for; empty where it is one, or is none."""
    word = text.strip().casefold()
    if not word or " " in word or word in words or len(words) < _SEVERAL:
        return ""
    found = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return "" if found is None else found[0]


@dataclass(frozen=True, slots=True)
class Hooks:
    """What every feature offers; see ``Feature`` for what each is."""

    nudge_kinds: Mapping[str, NudgeKind] = field(default_factory=dict)
    reminders: Sequence[RemindersHook] = ()
    people: Sequence[People] = ()
    digests: Sequence[DigestHook] = ()
    own_items: Sequence[OwnItemsHook] = ()
    redacts: Sequence[Redacts] = ()
    retains: Sequence[Retained] = ()
    finds: Sequence[Finds] = ()
    waits: Sequence[WaitsHook] = ()
    quarrels: Sequence[QuarrelsHook] = ()
    tells: Mapping[str, Tells] = field(default_factory=dict)
    readiness: Sequence[ReadinessHook] = ()
    seams: Sequence[SeamsHook] = ()
    commands: Mapping[str, CommandHelp] = field(default_factory=dict)
