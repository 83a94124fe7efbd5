"""What happens in the workspace between the app's decision to call and the call: to a channel, a person, a message."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.local_slack.web_api.apps import forget_token
from bot.local_slack.wire.events import tell
from bot.local_slack.workspace.people import People
from bot.local_slack.workspace.state import Channel, Message, User, Workspace

_STAMPS = ("ts", "message_ts", "timestamp", "thread_ts")
_PEOPLE = ("user", "user_id", "users", "channel", "channel_id")


@dataclass(frozen=True, slots=True)
class Told:
    """What is called, and with which arguments."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def one_of(self, names: tuple[str, ...]) -> str:
        return next((str(self.arguments[each]) for each in names if self.arguments.get(each)), "")


class Changes:
    """Makes the changes; a change is made only where the call names what is changed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._people = workspace, People(workspace)
        self._ways: dict[str, Callable[[Told], Callable[[], object] | None]] = {
            "token_revoked": lambda _told: lambda: forget_token(workspace, "token_revoked"),
            "account_inactive": lambda _told: self._uninstall,
            "channel_archived": self._archiving,
            "channel_made_private": self._hiding,
            "bot_removed": self._removing,
            "person_deactivated": self._deactivating,
            "message_deleted": self._deleting,
        }

    def may(self, kind: str, told: Told) -> bool:
        """Tell whether this can happen, as far as it is a change at all."""
        return kind not in self._ways or self._ways[kind](told) is not None

    def make(self, kind: str, told: Told) -> None:
        change = self._ways[kind](told) if kind in self._ways else None
        if change is not None:
            change()

    def _uninstall(self) -> None:
        forget_token(self._workspace, "account_inactive")
        tell(self._workspace, {"type": "app_uninstalled"})

    def _archiving(self, told: Told) -> Callable[[], object] | None:
        channel = self._channel(told)
        person = None if channel is None else self._member(channel)
        return None if channel is None or person is None else lambda: self._people.archive(channel, person)

    def _hiding(self, told: Told) -> Callable[[], object] | None:
        channel = self._channel(told)
        person = None if channel is None or channel.kind == "private" else self._member(channel)
        return None if channel is None or person is None else lambda: self._people.make_private(channel, person)

    def _removing(self, told: Told) -> Callable[[], object] | None:
        channel, bot = self._channel(told), self._workspace.bot
        is_in = channel is not None and bot.id in channel.members
        return None if channel is None or not is_in else lambda: self._people.leave(channel, bot)

    def _deactivating(self, told: Told) -> Callable[[], object] | None:
        named = told.one_of(_PEOPLE).split(",")[0].strip("[]' ")
        channel = self._workspace.channels.get(named)
        if channel is not None and channel.kind == "im":
            named = min(channel.members - {self._workspace.bot.id}, default="")
        person = self._workspace.users.get(named)
        is_active = person is not None and not person.is_bot and not person.deleted
        return None if person is None or not is_active else lambda: self._people.change(person, deleted=True)

    def _deleting(self, told: Told) -> Callable[[], object] | None:
        channel = self._workspace.channels.get(told.one_of(("channel", "channel_id")))
        message: Message | None = None if channel is None else channel.messages.get(told.one_of(_STAMPS))
        return None if channel is None or message is None else lambda: self._people.delete(channel, message)

    def _channel(self, told: Told) -> Channel | None:
        """Return the channel that a call names, where it is one that people come and go in."""
        channel = self._workspace.channels.get(told.one_of(("channel", "channel_id")))
        is_open = channel is not None and channel.kind in ("public", "private") and not channel.is_archived
        return channel if is_open else None

    def _member(self, channel: Channel) -> User | None:
        """Return somebody who may do something to a channel: always the same of its members."""
        people = [self._workspace.users[each] for each in sorted(channel.members)]
        return next((each for each in people if not each.is_bot and not each.deleted and not each.is_guest), None)
