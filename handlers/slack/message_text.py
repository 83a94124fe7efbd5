"""Messages that somebody pointed at, as people read them, and the way back to them."""

import re
from collections.abc import Mapping

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto):[^|<>]+)(?:\|([^<>]*))?>")
_CHANNEL = re.compile(r"<#[A-Z0-9]+\|([^<>]*)>")


def people_in(text: str) -> list[str]:
    return _MENTION.findall(text)


def readable(text: str, names: Mapping[str, str]) -> str:
    """Return a message as people read it: names and addresses in the place of Slack's marks."""
    told = _MENTION.sub(lambda match: names.get(match[1], "somebody"), text)
    told = _LINK.sub(lambda match: f"{match[2]} ({match[1]})" if match[2] else match[1], told)
    return _CHANNEL.sub(r"#\1", told)


def link_to(team_url: str, channel: str, ts: str) -> str:
    """Return the permalink of a message; empty where the workspace's address is not known."""
    return f"{team_url}archives/{channel}/p{ts.replace('.', '')}" if team_url and ts else ""
