"""Slack's text as HTML. Everything is escaped before anything is marked up."""

import re

from markupsafe import Markup, escape

from bot.local_slack.state import Workspace

_TOKEN = re.compile(r"&lt;(.+?)&gt;")
_STYLES = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "s"),
)
_CODE = re.compile(r"`([^`\n]+)`")


def as_html(workspace: Workspace, text: str) -> Markup:
    """Return mrkdwn as HTML. ``<!channel>`` and its like come out marked, since they notify everybody."""
    safe = str(escape(text.replace("&lt;", "\ue000").replace("&gt;", "\ue001").replace("&amp;", "&")))
    parts = _CODE.split(_TOKEN.sub(lambda match: _token(workspace, match[1]), safe))
    marked = [f"<code>{part}</code>" if position % 2 else _styled(part) for position, part in enumerate(parts)]
    html = "".join(marked).replace("\ue000", "&lt;").replace("\ue001", "&gt;").replace("\n", "<br>")
    return Markup(html)  # noqa: S704 - every part was escaped above


def _styled(text: str) -> str:
    for pattern, tag in _STYLES:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    return text


def _token(workspace: Workspace, token: str) -> str:
    target, _, label = token.partition("|")
    kind = target[0]
    if kind == "@":
        user = workspace.users.get(target[1:])
        return f'<span class="mention">@{escape(user.real_name if user else "unknown")}</span>'
    if kind == "#":
        channel = workspace.channels.get(target[1:])
        return f'<span class="mention">#{escape(channel.name if channel else "unknown")}</span>'
    if target.startswith("!date^"):
        return label
    if kind == "!":
        return f'<span class="ping" title="This notifies everybody">@{target[1:]}</span>'
    return f'<a href="{target}" rel="noreferrer">{label or target}</a>'
