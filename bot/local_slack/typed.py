"""What people type, as Slack stores it: escaped, with the names of people, groups and channels resolved; and back."""

import re

from bot.local_slack.state import Workspace

_LINK = re.compile(r"(https?://(?:(?!&[lg]t;)\S)*(?<![.,;:!?)\]]))")
_STORED_LINK = re.compile(r"<(https?://[^>|]+)>")
_CHANNEL_NAME = re.compile(r"#([\w-]+)")


def as_sent(workspace: Workspace, text: str) -> str:
    """Return typed text as Slack stores it."""
    parts = _LINK.split(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return "".join(f"<{part}>" if place % 2 else _named(workspace, part) for place, part in enumerate(parts))


def _named(workspace: Workspace, text: str) -> str:
    for user in sorted(workspace.users.values(), key=lambda user: -len(user.real_name)):
        names = "|".join(re.escape(name) for name in (user.real_name, user.name))
        text = re.sub(rf"(?<!\w)@(?:{names})\b", f"<@{user.id}>", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<!\w)@(channel|here|everyone)\b", r"<!\1>", text)
    for group in workspace.usergroups.values():
        text = re.sub(rf"@{re.escape(group.handle)}\b", f"<!subteam^{group.id}>", text)
    channels = {each.name: f"<#{each.id}|{each.name}>" for each in workspace.channels.values()}
    return _CHANNEL_NAME.sub(lambda match: channels.get(match[1], match[0]), text)


def as_typed(workspace: Workspace, text: str) -> str:
    """Return what a person would type for a text as Slack stores it."""
    for user in workspace.users.values():
        text = text.replace(f"<@{user.id}>", f"@{user.real_name}")
    for group in workspace.usergroups.values():
        text = text.replace(f"<!subteam^{group.id}>", f"@{group.handle}")
    text = _STORED_LINK.sub(r"\1", text)
    text = re.sub(r"<!(channel|here|everyone)>", r"@\1", re.sub(r"<#\w+\|([\w-]+)>", r"#\1", text))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_escaped(workspace: Workspace, text: str) -> str:
    """Return a command's text as Slack sends it where ``should_escape`` is set."""
    found = as_sent(workspace, text)
    for user in workspace.users.values():
        found = found.replace(f"<@{user.id}>", f"<@{user.id}|{user.name}>")
    return found
