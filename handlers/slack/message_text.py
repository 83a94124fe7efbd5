"""Messages that somebody pointed at, as people read them, and the way back to them."""

import re
from collections.abc import Mapping

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto):[^|<>]+)(?:\|([^<>]*))?>")
_MARK = re.compile(
    r":skin-tone-[2-6]:|<(?:(?:#[A-Z0-9]+|!(?:subteam|date)\^[^|<>]*|https?://[^|<>]*|mailto:[^|<>]*)\||https?://|mailto:)([^<>]*)>|<[@#!][^<>]*>"
)
_EMPHASIS = re.compile(r"(?<![^\W_])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![^\W_])")
#: What is seen by nobody: soft hyphens, joiners and marks of direction.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f"))
#: https://docs.slack.dev/messaging/formatting-message-text: Slack gives the name of a channel or a group, or none.
_CHANNEL = re.compile(r"<#[A-Z0-9]+(?:\|([^<>]*))?>")
_SPECIAL = re.compile(r"<!([a-z]+)(?:\^[^|<>]*)?(?:\|([^<>]*))?>")
_WITHOUT_NAME = {"subteam": "a group", "date": "a date"}


def people_in(text: str) -> list[str]:
    return _MENTION.findall(text)


def readable(text: str, names: Mapping[str, str]) -> str:
    """Return a message as people read it: names, days and addresses in the place of Slack's marks."""
    told = _MENTION.sub(lambda match: names.get(match[1], "somebody"), text)
    told = _LINK.sub(lambda match: f"{match[2]} ({match[1]})" if match[2] else match[1], told)
    told = _CHANNEL.sub(lambda match: f"#{match[1]}" if match[1] else "a channel", told)
    return _SPECIAL.sub(lambda match: match[2] or _WITHOUT_NAME.get(match[1], f"@{match[1]}"), told)


def unmarked(text: str) -> str:
    """Return what somebody typed, without what Slack makes of it: links of its own making and marks of type.

    Mentions of people are left out, a link is what is seen of it, a channel its name.
    """
    plain = _MARK.sub(lambda match: match[1] or "", text).translate(_UNSEEN)
    while (bare := _EMPHASIS.sub(r"\2", plain)) != plain:
        plain = bare
    return " ".join(plain.split())


def link_to(team_url: str, channel: str, ts: str) -> str:
    """Return the permalink of a message; empty where the workspace's address is not known."""
    return f"{team_url}archives/{channel}/p{ts.replace('.', '')}" if team_url and ts else ""
