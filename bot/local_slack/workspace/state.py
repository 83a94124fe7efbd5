"""The workspace as plain state: people, channels, messages, open forms. No input or output happens here."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.local_slack.workspace.installed import App, ResponseUrl, Step, Trigger

Json = dict[str, Any]
Kind = Literal["public", "private", "im", "mpim"]
#: Where a button or field stands: its block_id and action_id.
Key = tuple[str, str]
#: What was typed and chosen in a message or a form, as Slack's state.
Entered = dict[Key, Json]
#: Who says what nobody of the workspace says.
SLACKBOT = "USLACKBOT"


@dataclass
class User:
    """A person, or a bot. ``title`` is what they do, ``tz`` an IANA name, ``read`` what they last saw of a channel."""

    id: str
    name: str
    real_name: str
    title: str = ""
    tz: str = "Europe/Amsterdam"
    is_admin: bool = False
    is_owner: bool = False
    is_guest: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    team_id: str = ""
    status_emoji: str = ""
    status_text: str = ""
    dnd_until: datetime | None = None
    read: dict[str, str] = field(default_factory=dict)


@dataclass
class Message:
    """A message that everybody in its channel sees; where ``to`` is set, that person alone, until they reload.

    ``typed`` is what a person wrote, ``more`` are keys that Slack sends for its subtype alone, ``channel`` is the id of
    the conversation that it is in, and ``offered`` are the options that the app has given for an external select.
    """

    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    bot_id: str | None = None
    channel: str = ""
    to: str = ""
    step: Step | None = None
    metadata: Json | None = None
    edited: str = ""
    typed: str = ""
    subtype: str = ""
    more: Json = field(default_factory=dict)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    entered: Entered = field(default_factory=dict)
    offered: dict[Key, list[Json]] = field(default_factory=dict)

    @property
    def is_note(self) -> bool:
        """Tell whether Slack itself says it, of the channel."""
        return self.subtype.startswith("channel_")


@dataclass
class File:
    """An uploaded file; ``channels`` are where it was shared, none while its upload is not completed.

    ``shares`` are the messages that show it, by channel; ``alt`` says to screen readers what a picture shows.
    """

    id: str
    name: str
    user: str
    content: bytes = b""
    created: int = 0
    title: str = ""
    alt: str = ""
    channels: list[str] = field(default_factory=list)
    shares: dict[str, list[str]] = field(default_factory=dict)
    is_deleted: bool = False

    def share(self, channel_id: str, ts: str) -> None:
        self.channels.append(channel_id)
        self.shares.setdefault(channel_id, []).append(ts)

    @property
    def is_picture(self) -> bool:
        return self.name.endswith((".png", ".jpg", ".jpeg", ".gif"))


@dataclass
class Usergroup:
    """A named group of people, with its handle; times are in seconds, and ``deleted`` is when it was disabled."""

    id: str
    handle: str
    users: list[str]
    updated: int = 0
    deleted: int = 0


@dataclass
class Channel:
    """A conversation. A direct message is one whose kind is ``im``."""

    id: str
    name: str
    kind: Kind
    members: set[str]
    creator: str = ""
    created: int = 0
    is_shared: bool = False
    is_archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: dict[str, Message] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        return self.kind != "public"


@dataclass
class OpenView:
    """A modal that a person has open, or a Home; ``errors`` are shown at its fields, ``banner`` above them."""

    id: str
    user: str
    hash: str
    content: Json
    step: Step | None = None
    errors: dict[str, str] = field(default_factory=dict)
    banner: str = ""
    entered: Entered = field(default_factory=dict)
    offered: dict[Key, list[Json]] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content["blocks"]
        return blocks


#: Where an app's buttons and fields stand: in a message, or in a view (a form or a Home).
Surface = Message | OpenView


class Workspace:
    """Everything that the local Slack remembers of a workspace, or of an organisation of Enterprise Grid.

    Where it is of an organisation, ``members`` are that one's workspaces; an organisation is its own ``organization``.
    """

    def __init__(self, app: App, now: Callable[[], datetime], team_id: str = "T0LOCAL", name: str = "Harbour") -> None:
        self.app, self.now, self.team_id = app, now, team_id
        self.name, self.domain = name, name.lower()
        self.bot = User(app.bot_user_id, app.name.lower().replace(" ", "-"), app.name, is_bot=True)
        self.users = {self.bot.id: self.bot}
        self.channels: dict[str, Channel] = {}
        self.views: dict[str, list[OpenView]] = defaultdict(list)
        self.homes: dict[str, OpenView] = {}
        self.files: dict[str, File] = {}
        self.usergroups: dict[str, Usergroup] = {}
        self.replies: defaultdict[str, list[Message]] = defaultdict(list)
        self.steps: dict[str, Step] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.tickets: set[str] = set()
        self.warnings: list[str] = []
        self.hear: Callable[[Json, Channel | None], None] = lambda _event, _channel: None
        self.url = ""
        self.organization: Workspace | None = None
        self.members: Sequence[Workspace] = ()
        self._run = ""
        self._counts: defaultdict[str, int] = defaultdict(int)

    @property
    def is_org_wide(self) -> bool:
        """Tell whether the app is here by an installation of the organisation's."""
        return self.organization is not None and self.app is self.organization.app

    @property
    def enterprise(self) -> Json | None:
        """Return the organisation that this belongs to, as Slack names it."""
        it = self.organization
        return None if it is None else {"id": it.team_id, "name": it.name}

    def new_id(self, prefix: str) -> str:
        """Return the next id of a kind; ids are counted, so that two runs of a script give the same.

        ``start_run`` tells runs apart where an app remembers the ids of an earlier one.
        """
        self._counts[prefix] += 1
        return f"{prefix}{self._run}{self._counts[prefix]:04d}"

    def start_run(self, moment: datetime) -> None:
        """Give ids and time stamps from now on that no run before this moment has given."""
        self._run = f"{int(moment.timestamp() * 1_000_000):X}"
        self._counts["ts"] = moment.microsecond // 2

    def new_ts(self) -> str:
        """Return a message's time stamp: seconds, and a count that makes it unique and rising."""
        self._counts["ts"] += 1
        return f"{int(self.now().timestamp())}.{self._counts['ts']:06d}"

    def new_trigger(self, user: str) -> str:
        trigger_id = self.new_id("trigger.")
        self.triggers[trigger_id] = Trigger(user, self.now())
        return trigger_id

    def keep(self, channel: Channel, message: Message) -> Message:
        """Put a message into its channel and its thread."""
        channel.messages[message.ts], message.channel = message, channel.id
        if message.thread_ts is not None:
            self.replies[message.thread_ts].append(message)
        return message

    def bots_message(self, text: str, blocks: list[Json], thread_ts: str | None) -> Message:
        """Return a new message of the app's bot, which is not anywhere yet."""
        return Message(self.new_ts(), self.bot.id, text, blocks, thread_ts or None, self.app.bot_id)

    def whisper(self, channel: Channel, message: Message, to: str) -> None:
        """Show a message to one person alone."""
        message.to, message.channel = to, channel.id
        channel.ephemerals[message.ts] = message

    def user_named(self, name: str) -> User:
        """Return the person with this user name, whole name or id. Raises LookupError."""
        wanted = name.lstrip("@").casefold()
        for user in self.users.values():
            if wanted in (user.id.casefold(), user.name.casefold(), user.real_name.casefold()):
                return user
        raise LookupError(f"nobody here is called {name!r}")

    def channel_named(self, name: str) -> Channel:
        """Return the channel with this name or id. Raises LookupError."""
        wanted = name.lstrip("#")
        for channel in self.channels.values():
            if wanted in (channel.id, channel.name):
                return channel
        raise LookupError(f"there is no channel {name!r}")

    def conversation(self, members: set[str]) -> Channel:
        """Return the direct conversation of two or more members, opening it when there is none."""
        for channel in self.channels.values():
            if channel.kind in ("im", "mpim") and channel.members == members:
                return channel
        people = [self.users[each] for each in sorted(members - {self.bot.id})]
        if len(members) > 2:  # noqa: PLR2004 - a conversation of two has no name
            name = f"mpdm-{'--'.join(each.name for each in people)}-1"
            return self.add_channel(Channel(self.new_id("G"), name, "mpim", members))
        return self.add_channel(Channel(f"D{''.join(each.id.removeprefix('U') for each in people)}", "", "im", members))

    def direct_channel(self, user: str) -> Channel:
        """Return the conversation between a person and the app's bot."""
        return self.conversation({user, self.bot.id})

    def place_name(self, channel: Channel) -> str:
        """Return what a person calls a conversation."""
        if channel.kind == "im":
            names = [self.users[each].real_name for each in sorted(channel.members) if each != self.app.bot_user_id]
            return " and ".join([self.app.name, *names] if self.bot.id in channel.members else names)
        return f"#{channel.name}"

    def add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def find_view(self, view_id: str, external_id: str = "") -> OpenView | None:
        """Return a modal that somebody has open, or a Home, by its id or by the one that the app gave it."""
        views = [*(view for stack in self.views.values() for view in stack), *self.homes.values()]
        named = [each for each in views if external_id and each.content.get("external_id") == external_id]
        return next((each for each in [*named, *views] if each in named or each.id == view_id), None)

    def has(self, name: str) -> bool:
        """Tell whether an id is the workspace's own, or that of something in it."""
        kinds, file = (self.users, self.channels, self.triggers, (self.team_id,)), self.files.get(name)
        is_shown = file is not None and {*file.channels} <= self.channels.keys()
        return is_shown or any(name in each for each in kinds) or self.find_view(name) is not None

    def open_view(self, user: str) -> OpenView | None:
        """Return the modal on top of a person's stack."""
        stack = self.views[user]
        return stack[-1] if stack else None
