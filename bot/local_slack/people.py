"""What people do in conversations, and what Slack makes of it."""

import re
from datetime import datetime
from typing import Any

from bot.local_slack import events
from bot.local_slack.rendering import message_payload
from bot.local_slack.state import Channel, File, Message, User, Workspace
from bot.local_slack.wire import Wire

_CHANNEL_NAME = re.compile(r"#([\w-]+)")


class People:
    """Acts as any person; the app hears of it where it is in the conversation."""

    def __init__(self, workspace: Workspace, wire: Wire) -> None:
        self._workspace = workspace
        self._wire = wire

    def say(self, user: User, channel: Channel, text: str, thread_ts: str | None = None, **more: Any) -> Message:
        """Post what a person typed; ``files`` are ids of uploads, ``also`` sends a reply to the channel too."""
        files: list[str] = more.get("files") or []
        workspace = self._workspace
        if channel.is_archived:
            raise LookupError(f"#{channel.name} is archived")
        if user.id not in channel.members or user.deleted:
            raise LookupError(f"{user.real_name} is not in {workspace.place_name(channel)}")
        message = Message(workspace.new_ts(), user.id, self._as_sent(text), thread_ts=thread_ts)
        message.files = files
        message.subtype = "thread_broadcast" if more.get("also") else "file_share" if files else ""
        for each in message.files:
            workspace.files[each].channels.append(channel.id)
        workspace.keep(channel, message)
        events.tell_message(workspace, channel, message)
        self._wire.send_events()
        return message

    def upload(self, user: User, name: str, content: bytes) -> File:
        """Give Slack a file, for a message or a form."""
        file = File(self._workspace.new_id("F"), name, user.id, content)
        self._workspace.files[file.id] = file
        return file

    def edit(self, channel: Channel, message: Message, text: str) -> None:
        was = message_payload(self._workspace, message)
        message.text, message.edited = self._as_sent(text), self._workspace.new_ts()
        events.tell_changed(self._workspace, channel, message, was)
        self._wire.send_events()

    def delete(self, channel: Channel, message: Message) -> None:
        events.delete(self._workspace, channel, message)
        self._wire.send_events()

    def react(self, user: User, channel: Channel, message: Message, name: str) -> None:
        """Add a reaction, or take one's own away."""
        events.react(self._workspace, channel, message, user.id, name.strip(": "))
        self._wire.send_events()

    def join(self, channel: Channel, user: User, inviter: str = "") -> None:
        events.join(self._workspace, channel, user.id, inviter)
        self._wire.send_events()

    def leave(self, channel: Channel, user: User) -> None:
        events.leave(self._workspace, channel, user.id)
        self._wire.send_events()

    def archive(self, channel: Channel, user: User) -> None:
        events.archive(self._workspace, channel, user.id)
        self._wire.send_events()

    def change(self, user: User, **changes: object) -> None:
        """Change a profile (``title``, ``tz``, ``status_emoji``, …), or deactivate (``deleted=True``)."""
        events.change_user(self._workspace, user, **changes)
        self._wire.send_events()

    def do_not_disturb(self, user: User, until: datetime | None) -> None:
        events.do_not_disturb(self._workspace, user, until)
        self._wire.send_events()

    def _as_sent(self, text: str) -> str:
        """Return typed text as Slack stores it: escaped, with names of people and channels resolved."""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for user in sorted(self._workspace.users.values(), key=lambda user: -len(user.real_name)):
            names = "|".join(re.escape(name) for name in (user.real_name, user.name))
            escaped = re.sub(rf"(?<!\w)@(?:{names})\b", f"<@{user.id}>", escaped, flags=re.IGNORECASE)
        escaped = re.sub(r"(?<!\w)@(channel|here|everyone)\b", r"<!\1>", escaped)
        for group in self._workspace.usergroups.values():
            escaped = re.sub(rf"@{re.escape(group.handle)}\b", f"<!subteam^{group.id}>", escaped)
        return _CHANNEL_NAME.sub(self._channel_token, escaped)

    def as_typed(self, text: str) -> str:
        """Return what a person would type for a text as Slack stores it."""
        for user in self._workspace.users.values():
            text = text.replace(f"<@{user.id}>", f"@{user.real_name}")
        for group in self._workspace.usergroups.values():
            text = text.replace(f"<!subteam^{group.id}>", f"@{group.handle}")
        text = re.sub(r"<!(channel|here|everyone)>", r"@\1", re.sub(r"<#\w+\|([\w-]+)>", r"#\1", text))
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def escaped(self, text: str) -> str:
        """Return a command's text as Slack sends it where ``should_escape`` is set."""
        found = self._as_sent(text)
        for user in self._workspace.users.values():
            found = found.replace(f"<@{user.id}>", f"<@{user.id}|{user.name}>")
        return found

    def _channel_token(self, match: re.Match[str]) -> str:
        for channel in self._workspace.channels.values():
            if channel.name == match[1]:
                return f"<#{channel.id}|{channel.name}>"
        return match[0]
