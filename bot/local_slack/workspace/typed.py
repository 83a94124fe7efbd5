"""What people type, as Slack stores it: escaped, with the names of people, groups and channels resolved."""

import re

from bot.local_slack.workspace.state import Workspace

_LINK = re.compile(r"(https?://(?:(?!&[lg]t;)[^\s|])*(?<![.,;:!?)\]`\"'*_~]))")
_CHANNEL_NAME = re.compile(r"#([\w-]+)")


def as_sent(workspace: Workspace, text: str, *, full: bool = False) -> str:
    """Return typed text as Slack stores it, or, in full, as it sends a command's where that is to be escaped."""
    parts = _LINK.split(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return "".join(f"<{part}>" if place % 2 else _named(workspace, part, full=full) for place, part in enumerate(parts))


def _named(workspace: Workspace, text: str, *, full: bool) -> str:
    for user in sorted(workspace.users.values(), key=lambda user: -len(user.real_name)):
        names = "|".join(re.escape(name) for name in (user.real_name, user.name))
        token = f"<@{user.id}|{user.name}>" if full else f"<@{user.id}>"
        text = re.sub(rf"(?<!\w)@(?:{names})\b", token, text, flags=re.IGNORECASE)
    text = re.sub(r"(?<!\w)@(channel|here|everyone)\b", r"<!\1>", text)
    for group in workspace.usergroups.values():
        text = re.sub(rf"@{re.escape(group.handle)}\b", f"<!subteam^{group.id}>", text)
    channels = {each.name: f"<#{each.id}|{each.name if full else ''}>" for each in workspace.channels.values()}
    return _CHANNEL_NAME.sub(lambda match: channels.get(match[1], match[0]), text)
