"""Requests as Slack would sign them, of anybody and from anywhere: the doors, made into payloads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.local_slack.wire.delivery import Kind
from bot.local_slack.workspace.installed import ResponseUrl
from bot.local_slack.workspace.rendering import user_payload
from bot.local_slack.workspace.state import Json, Message, OpenView, User
from tests.privacy.askers import Asker, Where, body
from tests.privacy.seed import TEAM
from tests.privacy.world import World

Way = Literal["command", "mention", "button", "form", "shortcut", "event", "agent", "report"]


@dataclass(frozen=True, slots=True)
class Door:
    """One way in: ``route`` is its name in the routing tables, ``about`` the letter of the place whose records it asks.

    ``told`` is what is said, or a button's value; ``view`` the form that a button stands in, or that is submitted.
    """

    way: Way
    route: str
    told: str
    about: str = ""
    action: Mapping[str, object] = field(default_factory=dict)
    view: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.way} {self.route} {self.told!r}"


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent."""

    kind: Kind
    payload: Json

    @property
    def expected(self) -> str:
        """Return how it ends for who sends it: the bot takes nothing that is for another workspace."""
        team = self.payload.get("team") or {"id": self.payload.get("team_id")}
        return "" if team["id"] == TEAM else "the app answered with HTTP 403"


def request(world: World, door: Door, asker: Asker, where: Where) -> Request:
    match door.way:
        case "command":
            return Request("slash_commands", {**_command(door, asker, where), **_answerable(world, asker, where)})
        case "mention":
            return Request("events_api", _said(world, door, asker, where))
        case "event":
            return Request("events_api", _event(world, door, asker, where))
        case "shortcut":
            told = {**body(asker), **_used(world, door, where), **_answerable(world, asker, where)}
            return Request("interactive", told)
        case "button":
            return Request("interactive", {**body(asker), **_pressed(world, door, asker, where)})
        case "form":
            told = {"type": "view_submission", "view": _view(world, door, where), "response_urls": []}
            trigger = {"trigger_id": world.workspace.new_trigger(asker.user_id)}
            return Request("interactive", {**body(asker), **told, **trigger})
        case "agent" | "report":
            raise ValueError("Slack sends nothing of what agents ask and programs report")


def _answerable(world: World, asker: Asker, where: Where) -> Json:
    key = world.workspace.new_id("response-")
    # Nobody's own conversation with the bot is there before they have opened it.
    if where.channel_id in world.workspace.channels:
        url = ResponseUrl(where.channel_id, asker.user_id, world.workspace.now())
        world.workspace.response_urls[key] = url
    url_told = f"{world.workspace.url}/respond/{key}"
    return {"trigger_id": world.workspace.new_trigger(asker.user_id), "response_url": url_told}


def _command(door: Door, asker: Asker, where: Where) -> Json:
    place = {"channel_id": where.channel_id, "channel_name": where.channel_name}
    who = {"user_id": asker.user_id, "user_name": asker.user_id, "team_id": asker.team_id, "api_app_id": "A0LOCAL"}
    command, _, word = door.route.partition(" ")
    return {"command": f"/{command}", "text": f"{word} {door.told}".strip(), **place, **who}


def _said(world: World, door: Door, asker: Asker, where: Where) -> Json:
    ts, is_direct = world.workspace.new_ts(), where.channel_id.startswith("D")
    bot = world.workspace.bot.id
    text = door.told if is_direct else f"<@{bot}> {door.told}"
    kind = {"type": "message", "channel_type": "im"} if is_direct else {"type": "app_mention"}
    if where.channel_id in world.workspace.channels:
        # A mention is answered in its thread, which must be there.
        said = Message(ts, asker.user_id, text)
        world.workspace.keep(world.workspace.channels[where.channel_id], said)
    event = {**kind, "user": asker.user_id, "team": asker.team, "channel": where.channel_id, "ts": ts, "text": text}
    return _envelope(world, event, asker, is_shared=where.name == "shared channel")


def _event(world: World, door: Door, asker: Asker, where: Where) -> Json:
    event = json.loads(door.told.replace("ASKER", asker.user_id).replace("PLACE", where.channel_id))
    if isinstance(event.get("user"), dict):
        # What Slack says of somebody is true: who could forge that could be anybody.
        person = world.workspace.users.get(asker.user_id, User(asker.user_id, "wim", "Wim", team_id=asker.team))
        event["user"] = user_payload(world.workspace, person)
    by = replace(asker, team_id=event.pop("of", asker.team_id))
    return _envelope(world, {"type": door.route, **event}, by, is_shared=False)


def _envelope(world: World, event: Json, asker: Asker, *, is_shared: bool) -> Json:
    told = {"type": "event_callback", "event_id": world.workspace.new_id("EvX"), "event": event}
    bot = {"team_id": asker.team_id, "user_id": world.workspace.bot.id, "is_bot": True, "enterprise_id": None}
    who = {"team_id": asker.team_id, "api_app_id": "A0LOCAL", "event_time": int(world.workspace.now().timestamp())}
    return {**told, **who, "authorizations": [bot], "is_ext_shared_channel": is_shared}


def _used(world: World, door: Door, where: Where) -> Json:
    if not door.told:
        return {"type": "shortcut", "callback_id": door.route, "action_ts": world.workspace.new_ts()}
    ts = world.workspace.new_ts()
    message = {"type": "message", "user": "UANA", "ts": ts, "text": door.told}
    channel = {"id": where.channel_id, "name": where.channel_name}
    told = {"callback_id": door.route, "message": message, "message_ts": ts, "channel": channel}
    return {"type": "message_action", "action_ts": ts, **told}


def _pressed(world: World, door: Door, asker: Asker, where: Where) -> Json:
    action = {**door.action, "action_ts": world.workspace.new_ts()}
    told: Json = {"type": "block_actions", "actions": [action]}
    if door.view:
        view = _view(world, door, where)
        if view["type"] == "modal":
            # Slack puts forms upon this one, and changes it, only while it is open.
            opened = OpenView(view["id"], asker.user_id, view["hash"], {"type": "modal", "blocks": []})
            world.workspace.views[asker.user_id] = [opened]
        trigger = {"trigger_id": world.workspace.new_trigger(asker.user_id)}
        return {**told, **trigger, "view": view, "container": {"type": "view", "view_id": view["id"]}}
    is_ephemeral = where.channel_name not in ("general", "open", "shared")
    ts = world.workspace.new_ts()
    container = {"type": "message", "message_ts": ts, "channel_id": where.channel_id, "is_ephemeral": is_ephemeral}
    channel = {"id": where.channel_id, "name": where.channel_name}
    return {**told, "container": container, "channel": channel, **_answerable(world, asker, where)}


def _view(world: World, door: Door, where: Where) -> Json:
    note = str(door.view["private_metadata"])
    if note.startswith("{"):
        note = json.dumps({**json.loads(note), "in": where.channel_id})
    fresh = {"id": world.workspace.new_id("VX"), "hash": world.workspace.new_id("hashX."), "private_metadata": note}
    return {**door.view, **fresh}
