"""What a person did, in the program's words: a payload from Slack becomes one of these at the door."""

from dataclasses import dataclass
from typing import Literal

#: Whether a conversation is open to the whole workspace; "unknown" where Slack's payload does not say.
Openness = Literal["public", "private", "unknown"]


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation. ``is_shared``: people of other organisations read it, or may, where Slack does not say."""

    channel_id: str
    openness: Openness = "unknown"
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Words put to the bot by a slash command (answered to the asker alone) or a mention (answered in its thread).

    ``thread_ts`` is where a mention is answered, None for a command; ``trigger_id`` opens a modal, None for a mention.
    """

    team_id: str
    user_id: str
    place: Place
    text: str
    claims: tuple[str, ...]
    thread_ts: str | None = None
    trigger_id: str | None = None

    @property
    def is_private(self) -> bool:
        return self.thread_ts is None


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed in a message; ``value`` is what the button carries.

    It is private where only the person sees the message: what takes the place of any other is seen by all.
    """

    team_id: str
    user_id: str
    place: Place
    value: str
    claims: tuple[str, ...]
    trigger_id: str
    response_url: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted modal: ``fields`` by block_id, each a text or a list of ids."""

    team_id: str
    user_id: str
    place: Place
    fields: dict[str, str | list[str]]
    claims: tuple[str, ...]
    is_private: bool = True


Gesture = Ask | Press | Submission
