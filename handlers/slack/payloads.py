"""Slack's payloads, read once: each becomes an interaction, or None where there is nothing to answer.

Shapes: https://docs.slack.dev/interactivity and https://docs.slack.dev/reference/events. A person of another
organisation comes with a team of their own, so each function is told the workspace that the bot is in.
"""

import json
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from handlers.slack import carried, shapes
from handlers.slack.blocks import unescape
from handlers.slack.interactions import (
    Ask,
    BlockAction,
    Fields,
    Interaction,
    Place,
    Quote,
    Shortcut,
    SlackEvent,
    View,
    ViewSubmission,
)

Payload = Mapping[str, Any]

#: The events in which people put words to the bot, as the manifest names them; features may listen to others.
WORDS = ("app_mention", "message.im")
#: Messages that are a person's own words although they have a subtype.
OWN_SUBTYPES = (None, "file_share", "thread_broadcast")

_PRIVATE_NAMES = ("privategroup", "directmessage")
_PRIVATE_TYPES = ("group", "im", "mpim")
#: Where Slack says of which workspace somebody is, in an event and in what they press or type.
_TEAMS = ("team", "team_id", "user_team", "source_team", "context_team_id")
_SAID = ("app_mention", "message")
#: So much of a text is read: what takes longer to read than Slack recommends to write keeps everybody else waiting.
TEXT_LIMIT = 4000
#: A mention that was added later than this answers nothing that anybody still waits for.
_EDITED_WITHIN_SECONDS = 24 * 60 * 60
#: What reading a payload of another shape can raise.
MALFORMED = (ValidationError, KeyError, TypeError, AttributeError, IndexError)


def read(body: Payload, team_id: str, heard: Container[str]) -> tuple[Interaction, str] | None:
    """Return what was done, and the name that it is routed by; None where there is nothing to answer.

    The name is a command's, an action's, a view's or shortcut's callback_id, or the type of one of the events that are
    ``heard``; words in a mention have none. Raises one of MALFORMED for what Slack does not document.
    """
    if "command" in body:
        shapes.check("command", body)
        return ask_by_command(body, team_id, body.get("text") or ""), body["command"]
    kind = body.get("type", "")
    if kind == "event_callback":
        return _read_event(body, team_id, heard)
    if kind not in ("block_actions", "view_submission", "shortcut", "message_action"):
        return None
    shapes.check(kind, body)
    match kind:
        case "block_actions":
            return block_action(body, team_id), pressed(body["actions"][0])[0]
        case "view_submission":
            return view_submission(body, team_id), body["view"]["callback_id"]
        case _:
            return shortcut(body, team_id), body["callback_id"]


def _read_event(body: Payload, team_id: str, heard: Container[str]) -> tuple[Interaction, str] | None:
    kind = body["event"]["type"]
    if not (_is_said(body["event"]) if kind in _SAID else kind in heard):
        return None
    shapes.check_event(body)
    if kind in _SAID:
        ask = ask_by_mention(body, team_id)
        return _overheard(body, team_id, heard) if ask is None else (ask, "")
    return slack_event(body, team_id), kind


def _overheard(body: Payload, team_id: str, heard: Container[str]) -> tuple[Interaction, str] | None:
    """Read what people say to one another in a channel, where a feature listens to that."""
    event = body["event"]
    name = f"{event['type']}.{event.get('channel_type')}s"
    return (slack_event(body, team_id), name) if name in heard and _is_own_words(event) else None


def _is_own_words(event: Payload) -> bool:
    """Tell whether a person says something: no app, no notice of Slack's, and nothing that was said before."""
    return _is_said(event) and _is_new(event)


def _is_said(event: Payload) -> bool:
    is_own = not event.get("bot_id") and event.get("subtype") in OWN_SUBTYPES
    return is_own and bool(event.get("user") and event.get("text"))


def ask_by_command(body: Payload, team_id: str, text: str) -> Ask:
    place = _place(body["channel_id"], body.get("channel_name") or "", is_shared=_is_shared(team_id, body))
    trigger_id = body["trigger_id"]
    how = {"trigger_id": trigger_id, "response_url": body.get("response_url") or ""}
    return Ask(team_id, body["user_id"], place, unescape(_bounded(text)), (f"trigger:{trigger_id}",), **how)


def ask_by_mention(body: Payload, team_id: str) -> Ask | None:
    """Read an app_mention or a direct message; None for what bots say, for old edits, and for Slack's own notices.

    A mention comes again when its message is edited, which may have added it: the claim of the message answers it once.
    """
    event = body["event"]
    if not _is_own_words(event):
        return None
    if event["type"] == "message" and event.get("channel_type") != "im":
        return None
    place = _place_of_event(body, team_id)
    ts, text = event["ts"], _bounded(event["text"])
    claims = (f"event:{body['event_id']}", f"message:{event['channel']}:{ts}")
    return Ask(team_id, event["user"], place, text, claims, event.get("thread_ts") or ts, ts=ts)


def _is_new(event: Payload) -> bool:
    """Tell whether something was said, or edited, while its claim is still remembered."""
    edited = event.get("edited")
    if edited is None:
        return True
    return event["type"] == "app_mention" and float(edited["ts"]) - float(event["ts"]) < _EDITED_WITHIN_SECONDS


def block_action(body: Payload, team_id: str) -> BlockAction:
    container, channel, view = body.get("container") or {}, body.get("channel") or {}, body.get("view")
    note = _noted(view.get("private_metadata") or "") if view else {}
    return BlockAction(
        team_id,
        body["user"]["id"],
        _place(
            channel.get("id") or note.get("in", ""),
            channel.get("name") or "",
            is_shared=_is_shared(team_id, body, body["user"]),
        ),
        pressed(body["actions"][0])[1],
        (f"trigger:{body['trigger_id']}",),
        body["trigger_id"],
        body.get("response_url") or "",
        is_private=bool(container.get("is_ephemeral") or view or str(channel.get("id")).startswith("D")),
        thread_ts=container.get("thread_ts") or (body.get("message") or {}).get("thread_ts") or "",
        view=None if view is None else _view(view, note.get("note", "")),
        message_ts=container.get("message_ts") or "",
    )


def view_submission(body: Payload, team_id: str) -> ViewSubmission:
    view, note = body["view"], _noted(body["view"].get("private_metadata") or "")
    place = _place(note.get("in", ""), is_shared=_is_shared(team_id, body, body["user"]))
    claims = (f"view:{view['id']}:{view['hash']}",)
    return ViewSubmission(
        team_id, body["user"]["id"], place, _fields(view["state"]["values"]), claims, note.get("note", "")
    )


def shortcut(body: Payload, team_id: str) -> Shortcut:
    message, channel, trigger_id = body.get("message"), body.get("channel") or {}, body["trigger_id"]
    is_shared = _is_shared(team_id, body, body["user"])
    place = _place(channel.get("id") or "", channel.get("name") or "", is_shared=is_shared)
    quote = None if message is None else _quote(message)
    response_url, claims = body.get("response_url") or "", (f"trigger:{trigger_id}",)
    return Shortcut(team_id, body["user"]["id"], place, claims, trigger_id, response_url, quote)


def slack_event(body: Payload, team_id: str) -> SlackEvent:
    event, claims = body["event"], (f"event:{body['event_id']}",)
    user = event.get("user") or ""
    user_id = user["id"] if isinstance(user, dict) else user
    return SlackEvent(team_id, user_id, _place_of_event(body, team_id), claims, event)


def note_of(place: Place, note: str) -> str:
    """Return a form's private_metadata: where it was opened, and what the feature wants to find in it again."""
    return json.dumps({"in": place.channel_id, "note": note}, separators=(",", ":"), ensure_ascii=False)


def _view(view: Payload, note: str) -> View:
    return View(view["id"], view["hash"], _fields(view["state"]["values"]), note, view.get("type") == "modal")


def _noted(metadata: str) -> dict[str, str]:
    """Return where a form was opened, and its note; what is none of ours, at any depth, holds nothing."""
    try:
        return carried.read(dict[str, str], metadata)
    except carried.OutdatedError:
        return {}


def _bounded(text: str) -> str:
    """Return the beginning of a text that is very long, without half a mention or link at its end.

    Half of a character that JSON writes as two stands in no file and no answer; a question mark takes its place.
    """
    head = text[:TEXT_LIMIT]
    if not head.isascii():
        head = head.encode(errors="replace").decode()
    begun, marked, rest = head.rpartition("<")
    return begun if marked and ">" not in rest and len(text) > TEXT_LIMIT else head


def _quote(message: Payload) -> Quote:
    author = message.get("user") or message.get("bot_id") or ""
    return Quote(unescape(_bounded(message.get("text") or "")), author, message["ts"], message.get("thread_ts") or "")


def pressed(action: Payload) -> tuple[str, str]:
    """Return the action_id that was pressed, and a button's value or what was chosen; in a menu of buttons, theirs.

    Slack escapes a button's value as it does what people type.
    """
    name = str(action["action_id"])
    if "value" in action:
        return name, unescape(_bounded(action["value"] or ""))
    chosen = _field(action) if action["type"] != "button" else ""
    told = chosen if isinstance(chosen, str) else ",".join(chosen)
    if action["type"] != "overflow":
        return name, told
    route, _, value = told.partition(" ")
    return route, value


def _place(channel_id: str, name: str = "", *, is_shared: bool = False) -> Place:
    is_private = name in _PRIVATE_NAMES or name.startswith("mpdm-") or not channel_id.startswith("C")
    return Place(channel_id, "private" if is_private else "unknown", is_shared=is_shared)


def _place_of_event(body: Payload, team_id: str) -> Place:
    """Return where something happened; some events describe their conversation whole."""
    event = body["event"]
    told = event.get("channel") or (event.get("item") or {}).get("channel") or ""
    place = _place(told["id"] if isinstance(told, dict) else told, is_shared=_is_shared(team_id, body, event))
    return replace(place, openness="private") if event.get("channel_type") in _PRIVATE_TYPES else place


def _is_shared(team_id: str, body: Payload, by: Payload | None = None) -> bool:
    """Tell whether Slack says that people of other organisations are there; who acts there may be one of them."""
    is_told = bool(body.get("is_ext_shared_channel"))
    return is_told or _names_another(team_id, body) or (by is not None and _names_another(team_id, by))


def _names_another(team_id: str, who: Payload) -> bool:
    return any(isinstance(who[name], str) and who[name] not in ("", team_id) for name in _TEAMS if name in who)


def _fields(values: Mapping[str, Mapping[str, Payload]]) -> Fields:
    return Fields({name: _field(element) for name, elements in values.items() for element in elements.values()})


def _field(element: Payload) -> str | list[str]:
    """Return what was typed or chosen; nothing chosen is an empty text or list."""
    if "value" in element:
        return _bounded(element["value"] or "")
    kinds = ("selected_", "files", "rich_text")
    chosen = next((value for name, value in element.items() if name.startswith(kinds)), "")
    if isinstance(chosen, list):
        return [str(each.get("value") or each["id"]) if isinstance(each, dict) else each for each in chosen]
    return str(chosen["value"]) if isinstance(chosen, dict) else str(chosen or "")
