"""What people do in conversations, the app's bot among them; the app hears of it where it is in the conversation."""

import re
from datetime import datetime
from typing import Any

from bot.local_slack.wire.events import tell, tell_changed, tell_deleted, tell_message
from bot.local_slack.workspace import rendering
from bot.local_slack.workspace.state import SLACKBOT, Channel, File, Json, Kind, Message, User, Usergroup, Workspace
from bot.local_slack.workspace.typed import as_sent

_NAME = re.compile(r"[a-z0-9_-]{1,80}")


class People:
    """Acts as any person."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def say(self, user: User, channel: Channel, text: str, thread_ts: str | None = None, **more: Any) -> Message:
        """Post what a person typed; ``files`` are ids of uploads.

        ``subtype`` is ``me_message`` for what was typed after /me, ``thread_broadcast`` where the channel sees a reply.
        """
        files: list[str] = more.get("files") or []
        workspace = self._workspace
        if channel.is_archived:
            raise LookupError(f"#{channel.name} is archived")
        if user.id not in channel.members or user.deleted:
            raise LookupError(f"{user.real_name} is not in {workspace.place_name(channel)}")
        message = Message(workspace.new_ts(), user.id, as_sent(workspace, text), thread_ts=thread_ts, typed=text)
        message.files, message.subtype = files, more.get("subtype") or ("file_share" if files else "")
        for each in files:
            workspace.files[each].share(channel.id, message.ts)
        workspace.keep(channel, message)
        tell_message(workspace, channel, message)
        return message

    def upload(self, user: User, name: str, content: bytes) -> File:
        """Give Slack a file, for a message or a form."""
        file = File(self._workspace.new_id("F"), name, user.id, content, self._seconds())
        self._workspace.files[file.id] = file
        return file

    def edit(self, channel: Channel, message: Message, text: str) -> None:
        message.typed = text
        self.change_message(channel, message, as_sent(self._workspace, text), [])

    def change_message(self, channel: Channel, message: Message, text: str, blocks: list[Json]) -> None:
        """Show something else in a message, whoever said it."""
        was = rendering.message_payload(self._workspace, message)
        message.text, message.blocks = text, blocks
        if not message.to:
            message.edited = self._workspace.new_ts()
            tell_changed(self._workspace, channel, message, was)

    def delete(self, channel: Channel, message: Message) -> None:
        """Delete a message; the first of a thread leaves a stone, so that its replies stay."""
        workspace, was = self._workspace, rendering.message_payload(self._workspace, message)
        if message.to:
            del channel.ephemerals[message.ts]
        elif workspace.replies.get(message.ts):
            message.text, message.blocks, message.files = "This message was deleted.", [], []
            message.reactions, message.edited = {}, ""
            message.user, message.bot_id, message.subtype = SLACKBOT, None, "tombstone"
            tell_changed(workspace, channel, message, was)
        else:
            del channel.messages[message.ts]
            if message.thread_ts is not None:
                workspace.replies[message.thread_ts].remove(message)
            tell_deleted(workspace, channel, message.ts, was)

    def react(self, user: User, channel: Channel, message: Message, name: str) -> None:
        """Add a reaction, or take one's own away."""
        name = name.strip(": ")
        users = message.reactions.setdefault(name, [])
        kind = "reaction_removed" if user.id in users else "reaction_added"
        users.remove(user.id) if user.id in users else users.append(user.id)
        if not users:
            del message.reactions[name]
        item = {"type": "message", "channel": channel.id, "ts": message.ts}
        told = {"type": kind, "user": user.id, "reaction": name, "item": item, "item_user": message.user}
        tell(self._workspace, told, channel)

    def join(self, channel: Channel, user: User, inviter: str = "") -> None:
        if channel.kind == "im" or user.deleted:
            raise LookupError(f"{user.real_name} cannot come to {self._workspace.place_name(channel)}")
        if user.id not in channel.members:
            channel.members.add(user.id)
            more = {"inviter": inviter} if inviter else {}
            self._tell_of_member(channel, user, "member_joined_channel", more)
            self._note(channel, user, "channel_join", "has joined the channel", more)

    def leave(self, channel: Channel, user: User) -> None:
        self._note(channel, user, "channel_leave", "has left the channel")
        channel.members.discard(user.id)
        self._tell_of_member(channel, user, "member_left_channel", {})
        if user.id == self._workspace.app.bot_user_id:
            kind = "group_left" if channel.is_private else "channel_left"
            tell(self._workspace, {"type": kind, "channel": channel.id})

    def create(self, user: User, name: str, kind: Kind = "public") -> Channel:
        """Make a channel with one member. Raises LookupError for a name that Slack does not take."""
        channel = Channel(self._workspace.new_id("C"), self._checked(name), kind, {user.id}, user.id, self._seconds())
        self._workspace.add_channel(channel)
        if kind == "public":
            made = rendering.channel_payload(self._workspace, channel)
            tell(self._workspace, {"type": "channel_created", "channel": made})
        return channel

    def rename(self, channel: Channel, user: User, name: str) -> None:
        """Call a channel something else. Raises LookupError for a name that Slack does not take."""
        more = {"old_name": channel.name, "name": name}
        channel.name = self._checked(name)
        told = rendering.channel_payload(self._workspace, channel)
        keys = ("id", "name", "name_normalized", "created", "is_channel", "is_mpim")
        kind = "group_rename" if channel.is_private else "channel_rename"
        tell(self._workspace, {"type": kind, "channel": {each: told[each] for each in keys}}, channel)
        self._note(channel, user, "channel_name", f"has renamed the channel to “{name}”", more)

    def archive(self, channel: Channel, user: User) -> None:
        self._note(channel, user, "channel_archive", "archived this channel")
        channel.is_archived = True
        kind = "group_archive" if channel.is_private else "channel_archive"
        tell(self._workspace, {"type": kind, "channel": channel.id, "user": user.id}, channel)

    def make_private(self, channel: Channel, user: User) -> None:
        """Let only members see a public channel from now on; it keeps its id."""
        channel.kind = "private"
        told = "made this channel *private*. Now, it can only be viewed or joined by invitation."
        self._note(channel, user, "channel_convert_to_private", told)

    def arrive(self, real_name: str) -> User:
        """Let somebody become a member of the workspace and of #general, where there is one. Raises LookupError."""
        name = real_name.split(maxsplit=1)[0].lower() if real_name.split() else ""
        if not name or name in (each.name for each in self._workspace.users.values()):
            raise LookupError(f"nobody new can be called {real_name!r}: the first name is taken, or missing")
        user = User(self._workspace.new_id("U"), name, real_name)
        self._workspace.users[user.id] = user
        tell(self._workspace, {"type": "team_join", "user": rendering.user_payload(self._workspace, user)})
        for channel in [each for each in self._workspace.channels.values() if each.name == "general"]:
            self.join(channel, user)
        return user

    def change(self, user: User, **changes: object) -> None:
        """Change a profile (``title``, ``tz``, ``status_emoji``, …), or deactivate (``deleted=True``)."""
        for name, value in changes.items():
            setattr(user, name, value)
        tell(self._workspace, {"type": "user_change", "user": rendering.user_payload(self._workspace, user)})

    def form_group(self, handle: str, *users: str) -> Usergroup:
        group = Usergroup(self._workspace.new_id("S"), handle, [*users], self._seconds())
        self._workspace.usergroups[group.id] = group
        self._tell_of_group(group, "subteam_created")
        return group

    def change_group(self, group: Usergroup, users: list[str] | None = None, **changes: object) -> None:
        """Change who is in a user group, its ``handle``, or disable it (``deleted``: when, in seconds)."""
        was, before, group.updated = group.users, group.updated, self._seconds()
        for name, value in changes.items():
            setattr(group, name, value)
        if users is not None:
            group.users = users
            added, removed = [each for each in users if each not in was], [each for each in was if each not in users]
            told = {"subteam_id": group.id, "team_id": self._workspace.team_id, "date_update": group.updated}
            told |= {"date_previous_update": before, "added_users": added, "added_users_count": str(len(added))}
            told |= {"removed_users": removed, "removed_users_count": str(len(removed))}
            tell(self._workspace, {"type": "subteam_members_changed", **told})
        self._tell_of_group(group, "subteam_updated")

    def do_not_disturb(self, user: User, until: datetime | None) -> None:
        user.dnd_until = until
        status = rendering.dnd_payload(self._workspace, user)
        tell(self._workspace, {"type": "dnd_updated_user", "user": user.id, "dnd_status": status})

    def open_home(self, user: User, tab: str = "home") -> Channel:
        """Open the app's Home or its messages."""
        channel, view = self._workspace.direct_channel(user.id), self._workspace.homes.get(user.id)
        told: Json = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab}
        if view is not None and tab == "home":
            told["view"] = rendering.view_payload(self._workspace, view)
        tell(self._workspace, told)
        return channel

    def _checked(self, name: str) -> str:
        if not _NAME.fullmatch(name) or any(each.name == name for each in self._workspace.channels.values()):
            raise LookupError(f"no channel can be called {name!r}: it is taken, or not only a-z, 0-9, - and _")
        return name

    def _seconds(self) -> int:
        return int(self._workspace.now().timestamp())

    def _note(self, channel: Channel, user: User, subtype: str, what: str, more: Json | None = None) -> None:
        """Say in a channel what became of it, as Slack does."""
        message = Message(self._workspace.new_ts(), user.id, f"<@{user.id}> {what}", subtype=subtype, more=more or {})
        self._workspace.keep(channel, message)
        tell_message(self._workspace, channel, message)

    def _tell_of_group(self, group: Usergroup, kind: str) -> None:
        told = rendering.usergroup_payload(self._workspace, group, with_users=True)
        tell(self._workspace, {"type": kind, "subteam": told})

    def _tell_of_member(self, channel: Channel, user: User, kind: str, more: Json) -> None:
        channel_type = "C" if channel.kind == "public" else "G"
        told = {"type": kind, "user": user.id, "channel": channel.id, "channel_type": channel_type, **more}
        tell(self._workspace, {**told, "team": self._workspace.team_id}, channel)
