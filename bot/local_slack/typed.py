"""What people type, as Slack stores it: escaped, with the names of people, groups and channels resolved; and back."""

import re

from bot.local_slack.state import Workspace

_CHANNEL_NAME = re.compile(r"#([\w-]+)")


def as_sent(workspace: Workspace, text: str) -> str:
    """Return typed text as Slack stores it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for user in sorted(workspace.users.values(), key=lambda user: -len(user.real_name)):
        names = "|".join(re.escape(name) for name in (user.real_name, user.name))
        escaped = re.sub(rf"(?<!\w)@(?:{names})\b", f"<@{user.id}>", escaped, flags=re.IGNORECASE)
    escaped = re.sub(r"(?<!\w)@(channel|here|everyone)\b", r"<!\1>", escaped)
    for group in workspace.usergroups.values():
        escaped = re.sub(rf"@{re.escape(group.handle)}\b", f"<!subteam^{group.id}>", escaped)
    channels = {each.name: f"<#{each.id}|{each.name}>" for each in workspace.channels.values()}
    return _CHANNEL_NAME.sub(lambda match: channels.get(match[1], match[0]), escaped)


def as_typed(workspace: Workspace, text: str) -> str:
    """Return what a person would type for a text as Slack stores it."""
    for user in workspace.users.values():
        text = text.replace(f"<@{user.id}>", f"@{user.real_name}")
    for group in workspace.usergroups.values():
        text = text.replace(f"<!subteam^{group.id}>", f"@{group.handle}")
    text = re.sub(r"<!(channel|here|everyone)>", r"@\1", re.sub(r"<#\w+\|([\w-]+)>", r"#\1", text))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_escaped(workspace: Workspace, text: str) -> str:
    """Return a command's text as Slack sends it where ``should_escape`` is set."""
    found = as_sent(workspace, text)
    for user in workspace.users.values():
        found = found.replace(f"<@{user.id}>", f"<@{user.id}|{user.name}>")
    return found
