"""Slack's payloads, read once: each becomes a gesture, or None where there is nothing to answer.

Shapes: https://docs.slack.dev/interactivity and https://docs.slack.dev/reference/events. A person of another
organisation comes with a team of their own, so each function is told the workspace that the bot is in.
"""

from collections.abc import Mapping
from typing import Any

from handlers.gestures import Ask, Openness, Place, Press, Submission

Payload = Mapping[str, Any]

#: The events that the bot listens to, as the manifest names them.
EVENTS = ("app_mention", "message.im")

_PRIVATE_NAMES = ("privategroup", "directmessage")


def ask_by_command(body: Payload, team_id: str, text: str) -> Ask:
    return Ask(
        team_id=team_id,
        user_id=body["user_id"],
        place=_place(body["channel_id"], body.get("channel_name", "")),
        text=text,
        claims=(f"trigger:{body['trigger_id']}",),
        trigger_id=body["trigger_id"],
    )


def ask_by_mention(body: Payload, team_id: str) -> Ask | None:
    """Read an app_mention or a direct message; None for what bots say, for edits, and for Slack's own notices."""
    event = body["event"]
    is_own_words = not event.get("bot_id") and not event.get("subtype") and "edited" not in event
    if not is_own_words or not event.get("user") or not event.get("text"):
        return None
    if event["type"] == "message" and event.get("channel_type") != "im":
        return None
    openness: Openness = "private" if event.get("channel_type") == "im" else "unknown"
    return Ask(
        team_id=team_id,
        user_id=event["user"],
        place=Place(event["channel"], openness, is_shared=bool(body.get("is_ext_shared_channel"))),
        text=event["text"],
        claims=(f"event:{body['event_id']}", f"message:{event['channel']}:{event['ts']}"),
        thread_ts=event.get("thread_ts") or event["ts"],
    )


def press(body: Payload, team_id: str) -> Press:
    action = body["actions"][0]
    channel = body.get("channel") or {}
    return Press(
        team_id=team_id,
        user_id=body["user"]["id"],
        place=_place(channel.get("id", ""), channel.get("name", "")),
        value=action.get("value", ""),
        claims=(f"trigger:{body['trigger_id']}",),
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url", ""),
        is_private=bool(body.get("container", {}).get("is_ephemeral")),
    )


def submission(body: Payload, team_id: str) -> Submission:
    view = body["view"]
    return Submission(
        team_id=team_id,
        user_id=body["user"]["id"],
        place=Place("", "private"),
        fields=_fields(view["state"]["values"]),
        claims=(f"view:{view['id']}:{view['hash']}",),
    )


def _place(channel_id: str, name: str) -> Place:
    is_private = name in _PRIVATE_NAMES or name.startswith("mpdm-") or not channel_id.startswith("C")
    return Place(channel_id, "private" if is_private else "unknown")


def _fields(values: Mapping[str, Mapping[str, Payload]]) -> dict[str, str | list[str]]:
    return {block_id: _field(element) for block_id, elements in values.items() for element in elements.values()}


def _field(element: Payload) -> str | list[str]:
    """Return what was typed or chosen; nothing chosen is an empty text or list."""
    kind = element["type"]
    if kind.startswith("multi_"):
        return list(element.get(f"selected_{kind.removeprefix('multi_').removesuffix('_select')}") or ())
    if kind.endswith("_select"):
        return element.get(f"selected_{kind.removesuffix('s_select')}") or ""
    return element.get("value") or ""
