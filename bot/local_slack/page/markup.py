"""Slack's text as HTML. Everything is escaped before anything is marked up."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from bot.local_slack.workspace.state import User, Workspace
from bot.local_slack.workspace.tables import SLACK

_TOKEN = re.compile(r"&lt;(.+?)&gt;")
_STYLES = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "s"),
)
_CODE = re.compile(r"```\n?(.+?)\n?```|`([^`\n]+)`", re.DOTALL)
_BARE_LINK = re.compile(r"(?<![\"=>\w/])https?://[^\s<>]*[^\s<>.,;:!?)]")
#: What would be taken for a style in an address, as addresses may have it too.
_NOT_STYLED = {ord("_"): "%5F", ord("*"): "%2A", ord("~"): "%7E"}
_LINKED = ("http://", "https://", "mailto:")
_QUOTED = re.compile(r"(?:^(?:\ue001|&gt;) ?(.*)(?:\n|$))+", re.MULTILINE)
_EMOJI_NAME = re.compile(r":([a-z0-9_+-]+):")
EMOJI, _DATES = SLACK["emoji"], SLACK["dates"]
_DATE_TOKEN = re.compile(r"\{(\w+?)(_pretty)?\}")
_PRETTY = {0: "today", 1: "yesterday", -1: "tomorrow"}


def as_html(workspace: Workspace, text: str, me: User | None = None) -> Markup:
    """Return mrkdwn as HTML. ``<!channel>`` and its like come out marked, since they notify everybody."""
    safe = str(escape(text.replace("&lt;", "\ue000").replace("&gt;", "\ue001").replace("&amp;", "&")))
    tokens = _TOKEN.sub(lambda match: _token(workspace, match[1], me), safe)
    marked, end = [], 0
    for code in _CODE.finditer(tokens):
        marked += [_styled(tokens[end : code.start()]), _code(code)]
        end = code.end()
    html = _QUOTED.sub(_quote, "".join([*marked, _styled(tokens[end:])]))
    return Markup(html.replace("\ue000", "&lt;").replace("\ue001", "&gt;").replace("\n", "<br>"))  # noqa: S704 - escaped above


def date_text(target: str, fallback: str, now: datetime, tz: str = "UTC") -> str:
    """Return what ``!date^SECONDS^FORMAT^LINK`` shows in a time zone; the fallback where it is malformed."""
    _, seconds, form, *_ = (*target.split("^"), "", "")
    try:
        moment = datetime.fromtimestamp(int(seconds), ZoneInfo(tz))
    except (ValueError, OverflowError, OSError):
        return fallback
    near = _PRETTY.get((now.astimezone(moment.tzinfo).date() - moment.date()).days)
    return _DATE_TOKEN.sub(
        lambda match: near if near and match[2] else moment.strftime(_DATES.get(match[1], match[0])), form
    )


def _quote(match: re.Match[str]) -> str:
    lines = [line.removeprefix("\ue001").removeprefix("&gt;").strip() for line in match[0].rstrip("\n").split("\n")]
    return f"<blockquote>{'<br>'.join(lines)}</blockquote>"


def _code(code: re.Match[str]) -> str:
    return f"<code>{code[2]}</code>" if code[1] is None else f"<pre>{code[1]}</pre>"


def _styled(text: str) -> str:
    for pattern, tag in _STYLES:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    text = _BARE_LINK.sub(lambda match: f'<a href="{match[0]}" rel="noreferrer">{match[0]}</a>', text)
    return _EMOJI_NAME.sub(lambda match: str(EMOJI.get(match[1], match[0])), text)


def _token(workspace: Workspace, token: str, me: User | None) -> str:
    target, _, label = token.partition("|")
    kind, mark = target[:1], "mention"
    if kind == "@":
        user = workspace.users.get(target[1:])
        mark += " mine" if me is not None and user is me else ""
        told = escape(user.real_name if user else "unknown")
    elif kind == "#":
        channel = workspace.channels.get(target[1:])
        is_seen = channel is not None and (me is None or channel.kind == "public" or me.id in channel.members)
        told = escape(channel.name if channel is not None and is_seen else "unknown")
    elif target.startswith("!subteam^"):
        group = workspace.usergroups.get(target.removeprefix("!subteam^"))
        kind, told = "@", escape(group.handle if group else "unknown")
    elif target.startswith("!date^"):
        return date_text(target, label, workspace.now(), me.tz if me else "UTC")
    elif kind == "!":
        return f'<span class="ping" title="This notifies everybody">@{target[1:]}</span>'
    else:
        shown = label or target
        target = target.translate(_NOT_STYLED)
        return f'<a href="{target}" rel="noreferrer">{shown}</a>' if target.startswith(_LINKED) else shown
    return f'<span class="{mark}">{kind}{told}</span>'
