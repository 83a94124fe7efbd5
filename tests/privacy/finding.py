"""Finds buttons and forms in what was shown to members: the real doors, as anybody could have copied them."""

import re
from collections.abc import Iterable, Iterator

from bot.local_slack.block_kit.blocks import elements_of
from bot.local_slack.workspace.state import Json
from handlers.framework.routing import Routes, route_of
from handlers.slack.payloads import pressed
from tests.privacy.pressing import Door
from tests.privacy.seed import Seed
from tests.privacy.watching import MARKER, Shown

#: What names a record and a part of it, or a word, or a moment; and where a form was opened.
_RECORD = re.compile(r"[0-9a-f]{16,}(?::[\w-]*)*|zq[pgsw][a-z]+|\b(?:D|DR|FB)-[0-9A-Z]+|\d+")
_PLACE = re.compile(r'"in":"[^"]*"')
_MOST_OPTIONS = 3
#: What is entered in each kind of field; what begins with something harmless keeps it.
_ENTERED: dict[str, tuple[str, object]] = {
    "plain_text_input": ("value", "something that was typed"),
    "number_input": ("value", "3"),
    "email_text_input": ("value", "x@harbour.example"),
    "url_text_input": ("value", "https://harbour.example"),
    "datepicker": ("selected_date", "2026-03-02"),
    "timepicker": ("selected_time", "09:00"),
    "users_select": ("selected_user", "UBEN"),
    "multi_users_select": ("selected_users", []),
    "conversations_select": ("selected_conversation", "CGENERAL"),
    "channels_select": ("selected_channel", "CGENERAL"),
    "multi_channels_select": ("selected_channels", []),
    "multi_conversations_select": ("selected_conversations", []),
    "file_input": ("files", []),
}


def doors_in(shown: Iterable[Shown], routes: Routes, seed: Seed) -> Iterator[Door]:
    """Yield every button, choice and form in what was shown."""
    for each in shown:
        content = each.content.get("view", each.content)
        if content.get("type") == "modal" and content.get("callback_id") in routes.views:
            note = str(content.get("private_metadata", ""))
            yield Door("form", content["callback_id"], note, seed.belongs(note), view=_filled(content))
        view = _filled(content) if "callback_id" in content or content.get("type") == "home" else {}
        yield from _buttons(content.get("blocks", ()), view, routes, seed)


def _buttons(blocks: Iterable[Json], view: Json, routes: Routes, seed: Seed) -> Iterator[Door]:
    note = str(view.get("private_metadata", ""))
    for block in blocks:
        for element in elements_of(block):
            for chosen in _pressed(element) if "action_id" in element else ():
                base = {"action_id": element["action_id"], "block_id": block.get("block_id") or "b"}
                action = {**base, "type": element["type"], **chosen}
                name, told = pressed(action)
                if (route := route_of(name)) in routes.actions:
                    yield Door("button", route, told, seed.belongs(told + note), action, view)


def _pressed(element: Json) -> Iterator[Json]:
    """Yield what can be pressed or chosen in an element, as Slack tells it."""
    match element["type"]:
        case "button" | "icon_button":
            yield {"value": str(element.get("value", "")), "text": element.get("text", {})}
        case "feedback_buttons":
            for name in ("positive_button", "negative_button"):
                yield {"value": element[name]["value"], "text": element[name]["text"]}
        case "overflow":
            yield from ({"selected_option": option} for option in _options(element))
        case "static_select" | "radio_buttons":
            yield from ({"selected_option": option} for option in _options(element)[:_MOST_OPTIONS])
        case "checkboxes" | "multi_static_select":
            yield {"selected_options": _options(element)[:1]}
        case kind if kind in _ENTERED:
            name, entered = _ENTERED[kind]
            yield {name: entered}


def _options(element: Json) -> list[Json]:
    groups = element.get("option_groups", ())
    return [*element.get("options", ()), *(each for group in groups for each in group["options"])]


def _filled(view: Json) -> Json:
    """Return a view with something in each of its fields."""
    values: Json = {}
    for block in view["blocks"]:
        for element in elements_of(block):
            if element["type"] not in ("button", "icon_button", "overflow", "feedback_buttons"):
                state = {element.get("action_id") or "a": {"type": element["type"], **_state(element)}}
                values.setdefault(block.get("block_id") or "b", {}).update(state)
    kept: Json = {name: view[name] for name in ("type", "callback_id", "private_metadata", "title") if name in view}
    return {"private_metadata": "", **kept, "state": {"values": values}}


def _state(element: Json) -> Json:
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        chosen = element.get("initial_option") or next(iter(_options(element)), None)
        return {"selected_option": chosen}
    if kind in ("checkboxes", "multi_static_select"):
        return {"selected_options": element.get("initial_options", [])}
    name, entered = _ENTERED[kind]
    begins = next((value for key, value in element.items() if key.startswith("initial_")), None)
    return {name: entered if not begins or MARKER.search(str(begins).casefold()) else begins}


def distinct(doors: Iterable[Door]) -> list[Door]:
    """Return one door of each kind: two are alike that differ only in the record that they name, in one place."""
    found: dict[tuple[object, ...], Door] = {}
    for door in doors:
        told = _RECORD.sub("#", _PLACE.sub("", door.told)) if door.about else ""
        key = (door.way, door.route, told, bool(door.view), door.about)
        found.setdefault(key, door)
    return list(found.values())
