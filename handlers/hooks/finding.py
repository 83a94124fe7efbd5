"""What can be found: how each feature's records look to who looks through all of them at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from handlers.slack.blocks import Block, Message
from storage.engine.interface import Reader
from storage.workspaces.workspaces import Workspace

#: The other words for each telling word of a question: a record has to have one of each group.
Groups = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, in a line.

    ``kind`` and ``name`` are how people call it, ``told`` says how it stands, with the names of its ``people`` by user
    id. ``button`` opens its record.
    """

    kind: str
    name: str
    told: Callable[[Mapping[str, str]], str]
    button: Block
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks for something: the visibilities they are shown, and whose choices go first in the glossary (ids).

    ``is_in_doubt``: Slack doesn't say who reads there, so that some of what they may see is left out.
    """

    workspace: Workspace
    visible: tuple[str, ...]
    choosers: tuple[str, ...]
    command_prefix: str
    is_limited: bool
    is_in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the glossary in a question, as it stands there, the other words for it, and its definitions."""

    asked: str
    others: tuple[str, ...]
    told: Message


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word of the glossary with a part of what is asked for, and how near it is: as records are weighed."""

    hit: Hit
    weight: float


@dataclass(frozen=True, slots=True)
class Explained:
    """What is said of the words in a text; ``is_sure`` where they are meant, ``is_unknown`` where none is known."""

    told: Message
    is_sure: bool = False
    is_unknown: bool = False


class GivenHook(Protocol):
    """Returns the words whose meaning a text gives; where it isn't sure, other words for it may do."""

    def __call__(self, reader: Reader, looking: Looking, text: str, *, is_sure: bool) -> Explained | None: ...


@dataclass(frozen=True, slots=True)
class Explains:
    """How the glossary takes part: the words of it in a text, and what is said to a word that it doesn't have.

    ``named`` are the definitions of the words that a text names for sure; None where there are none, or many.
    ``given`` are those whose meaning it gives without naming them;
    ``inside`` are those of words that hardly anybody says of anything else, for a text of which nothing is on record;
    ``mistyped`` is what is offered for a name with a slip of the hand, in a word that is not kept on record; ``near``
    what has a part of what is asked.
    """

    words: Callable[[Reader, Looking, Sequence[str]], Sequence[Word]]
    named: Callable[[Reader, Looking, str], Explained | None]
    given: GivenHook
    inside: Callable[[Reader, Looking, str], Explained | None]
    mistyped: Callable[[Reader, Looking, str, Callable[[str], bool]], Explained | None]
    near: Callable[[Reader, Looking, str], Sequence[NearWord]]
    otherwise: Callable[[Reader, Looking, str], Explained]


#: Tells of the records with some ids, of those that may be seen, in any order, by their ids.
TellsHook = Callable[[Reader, str, Sequence[str], Sequence[str]], Mapping[str, Hit]]
#: Finds what the index of records does not hold: (reader, team_id, groups, visibilities) to hits, the best first.
SeeksHook = Callable[[Reader, str, Groups, Sequence[str]], Sequence[Hit]]
#: Says whom to ask of what nobody wrote down: (reader, team_id, groups, visibilities, channel) to a user id and what
#: they have to do with it, or None.
KnowsHook = Callable[[Reader, str, Groups, Sequence[str], str], tuple[str, str] | None]


#: Finds the one thing that a text names: (reader, team_id, visibilities, text) to its name, and the text without it.
NamesHook = Callable[[Reader, str, Sequence[str], str], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Finds:
    """How a feature takes part in a search over all: by kinds of the index, by itself, or as the glossary.

    ``alike`` are words that people use, with those that its records have for the same.
    """

    tells: Mapping[str, TellsHook]
    seeks: SeeksHook | None = None
    knows: KnowsHook | None = None
    names: NamesHook | None = None
    explains: Explains | None = None
    alike: Mapping[str, Sequence[str]] = field(default_factory=dict)
