"""What was done and what was seen, as plain values: all that the oracle judges by, beside the store's file."""

from dataclasses import dataclass
from pathlib import Path

#: So long the bot may go by what Slack said of who is where, where Slack's event gets lost (docs/security.md).
KEPT_SECONDS = 120


def later(at: str, by: int) -> str:
    """Return the time stamp so many seconds later."""
    seconds, _, count = at.partition(".")
    return f"{int(seconds) + by}.{count}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody did. ``at`` and ``until`` are Slack's time stamps; ``place`` is where the mark belongs.

    ``words`` is what they typed. ``one``, ``answered``, ``shows`` and ``gone`` are what must follow where it was
    acknowledged. ``asked`` is the message to the bot, in ``channel``. What a restore of an older store took back, or
    was done while the app was not installed, ``is_undone``.
    """

    name: str
    who: str
    place: str
    mark: str
    at: str
    until: str
    is_acknowledged: bool
    words: str = ""
    one: str = ""
    answered: int = 0
    shows: str = ""
    gone: str = ""
    asked: str = ""
    channel: str = ""
    shown: tuple[str, ...] = ()
    is_undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message. ``to`` is the one person that sees it, ``at`` when it came to say what it says.

    ``buttons`` are what they are called, and their values. A file that the bot has sent ``is_file``.
    """

    channel: str
    ts: str
    at: str
    thread: str
    is_bots: bool
    to: str
    text: str
    delivery: str
    buttons: frozenset[tuple[str, str]] = frozenset()
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a person saw in a form or in their Home."""

    who: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """That somebody came to a conversation, or left it."""

    channel: str
    who: str
    at: str
    has_come: bool


@dataclass(frozen=True, slots=True)
class Press:
    """That somebody pressed a button at the end of the week, and whether Slack had an answer to it in time."""

    who: str
    button: str
    where: str
    at: str
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Transcript:
    """A week. ``members`` are those with whom each conversation began.

    ``presses`` are those of the buttons that are shown at its end, ``over`` the records that were over before them.
    ``deleted`` are the deliveries whose messages somebody has deleted, ``ended`` the last words of each bot that ended
    unasked, ``deactivated`` the people who have left the company.
    """

    deeds: tuple[Deed, ...]
    said: tuple[Said, ...]
    looks: tuple[Look, ...]
    members: dict[str, frozenset[str]]
    moves: tuple[Move, ...]
    private: frozenset[str]
    store: Path
    bot: str
    presses: tuple[Press, ...] = ()
    over: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    ended: tuple[str, ...] = ()
    deactivated: frozenset[str] = frozenset()

    def readers(self, channel: str, at: str) -> set[str]:
        """Return who was in a conversation at a time, without the bot."""
        return self._there(channel, at) - {self.bot}

    def has_bot(self, channel: str, at: str) -> bool:
        """Tell whether the bot was in a conversation at a time."""
        return self.bot in self._there(channel, at)

    def _there(self, channel: str, at: str) -> set[str]:
        there = set(self.members.get(channel, ()))
        for move in self.moves:
            if move.channel == channel and move.at <= at:
                (there.add if move.has_come else there.discard)(move.who)
        return there


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong; its kinds stand in ``verdict``."""

    kind: str
    what: str
