"""What a person did, in the program's words: a payload from Slack becomes one of these."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

#: Whether a conversation is open to the whole workspace; "unknown" where Slack's payload does not say.
Openness = Literal["public", "private", "unknown"]


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation. ``is_shared``: people of other workspaces read it, or may, where Slack does not say."""

    channel_id: str
    openness: Openness = "unknown"
    is_shared: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether every member of the workspace may read here, and nobody else."""
        return self.openness == "public" and not self.is_shared


@dataclass(frozen=True, slots=True)
class _Act:
    team_id: str
    user_id: str
    place: Place


@dataclass(frozen=True, slots=True)
class Ask(_Act):
    """Words put to the bot by a slash command (answered to the asker alone) or a mention (answered in its thread).

    ``thread_ts`` is where a mention is answered, None for a command; ``trigger_id`` opens a modal, None for a mention.
    ``response_url`` is a command's, for what may not stand in an acknowledgement, as nothing may once that is gone
    (``is_late``); ``ts`` is a mention's time stamp. ``whole`` is all that a mention says, of which ``text`` is a part;
    ``above`` the message that it takes up a word of, where nothing is known of the word itself. What is ``offered``
    already isn't offered again; ``is_below`` a word that nothing has, records are offered that are named so.
    """

    text: str
    claims: tuple[str, ...]
    thread_ts: str | None = None
    trigger_id: str | None = None
    response_url: str = ""
    ts: str = ""
    is_late: bool = False
    whole: str = ""
    above: str = ""
    offered: tuple[str, ...] = ()
    is_below: bool = False

    @property
    def is_private(self) -> bool:
        return self.thread_ts is None


@dataclass(frozen=True, slots=True)
class Quote:
    """A message that somebody pointed at. ``ts`` is Slack's time stamp of it, ``thread_ts`` that of its thread."""

    text: str
    author_id: str
    ts: str
    thread_ts: str = ""


@dataclass(frozen=True, slots=True)
class BlockAction(_Act):
    """A button pressed, or a choice made, in a message or a view; ``value`` is what the button carries or was chosen.

    It is private where only the person sees what was pressed: what takes the place of any other is seen by all.
    ``view`` is where it was pressed when that is a form or the Home; then there is no response_url. ``message_ts`` is
    the time stamp of the message that it was pressed in, ``thread_ts`` that of its thread. ``has_bot``: the bot is in
    that conversation, which is asked only where it matters; ``is_late``: its acknowledgement is gone, and the
    time in which a form opens mostly, too.
    """

    value: str
    claims: tuple[str, ...]
    trigger_id: str
    response_url: str
    is_private: bool
    thread_ts: str = ""
    view: "View | None" = None
    message_ts: str = ""
    has_bot: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A form or a Home: what was entered in it so far (by block_id), and the note that it was opened with."""

    id: str
    hash: str
    fields: "Fields"
    note: str = ""
    is_modal: bool = True


@dataclass(frozen=True, slots=True)
class ViewSubmission(_Act):
    """A submitted modal: ``fields`` by block_id, each a text or a list of ids. ``place`` is where it was opened."""

    fields: "Fields"
    claims: tuple[str, ...]
    note: str = ""
    is_private: bool = True


@dataclass(frozen=True, slots=True)
class Shortcut(_Act):
    """A shortcut used on a message, or (without a quote and a response_url) from anywhere; the last two as above."""

    claims: tuple[str, ...]
    trigger_id: str
    response_url: str = ""
    quote: Quote | None = None
    is_private: bool = True
    has_bot: bool = False
    is_late: bool = False

    @property
    def thread_ts(self) -> str:
        return self.quote.thread_ts if self.quote is not None else ""


@dataclass(frozen=True, slots=True)
class SlackEvent(_Act):
    """Something that happened in Slack and that nobody put to the bot; ``event`` is as Slack tells it."""

    claims: tuple[str, ...]
    event: Mapping[str, Any]
    is_private: bool = True


class Fields(dict[str, str | list[str]]):
    """What was entered in a form, by block_id: a text, or a list of ids; what is not there was left empty."""

    def text(self, name: str) -> str:
        """Return what was entered or chosen in a field as one text; what was chosen of several with commas."""
        value = self.get(name) or ""
        return (value if isinstance(value, str) else ",".join(value)).replace("\r\n", "\n").strip()

    def ids(self, name: str) -> list[str]:
        """Return what was chosen in a field of several; nothing where it is not there, or holds a text."""
        value = self.get(name) or []
        return [] if isinstance(value, str) else value


Interaction = Ask | BlockAction | ViewSubmission | Shortcut | SlackEvent


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with what was entered: a sentence by the name of the field that it is about."""

    errors: Mapping[str, str]


def is_event(interaction: Interaction) -> bool:
    """Tell what Slack sends anew until it is acknowledged: events, a mention among them."""
    return isinstance(interaction, SlackEvent) or (isinstance(interaction, Ask) and interaction.thread_ts is not None)
