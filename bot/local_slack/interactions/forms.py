"""What a person types and chooses in forms and messages, as Slack's state; and what Slack itself minds in a form."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.local_slack.block_kit.blocks import STATES, elements_of, identified
from bot.local_slack.workspace.installed import Step
from bot.local_slack.workspace.rendering import file_payload
from bot.local_slack.workspace.state import Json, Key, OpenView, Surface, Workspace

_INTEGER, _DECIMAL = re.compile(r"-?\d+"), re.compile(r"-?\d+(\.\d+)?")
#: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element, as the scope that it needs.
_FILE_BYTES = 10 * 1024 * 1024
_EMAIL, _URL = re.compile(r"[^@\s]+@[^@\s]+\.\w+"), re.compile(r"https?://\S+")
#: How many forms a person can have open, one upon the other.
MOST_STACKED = 3
#: What is pressed and keeps no state.
PRESSED = ("button", "overflow", "feedback_buttons", "icon_button")


def fields_of(blocks: Iterable[Json]) -> Iterator[tuple[Json, Key, Json]]:
    """Yield each block with something to press or enter, the key (block_id, action_id) of its state, the element."""
    for block in blocks:
        for element in elements_of(block):
            yield block, (block["block_id"], element["action_id"]), element


def values_of(workspace: Workspace, surface: Surface) -> dict[Key, Json]:
    """Return the state of every field: what was entered, else what it starts with."""
    return {
        key: surface.entered.get(key) or state_of(workspace, element, None)
        for _, key, element in fields_of(surface.blocks)
        if element["type"] not in PRESSED
    }


def new_view(workspace: Workspace, user: str, content: Json, step: Step | None = None) -> OpenView:
    view = OpenView(workspace.new_id("V"), user, "", content, step)
    change(workspace, view, content)
    return view


def change(workspace: Workspace, view: OpenView, content: Json) -> None:
    """Show other content in a view; what was entered stays where block_id and action_id stay."""
    view.content = {**content, "blocks": identified(content["blocks"], workspace.new_id)}
    kinds = {key: element["type"] for _, key, element in fields_of(view.blocks)}
    view.entered = {key: state for key, state in view.entered.items() if kinds.get(key) == state["type"]}
    view.hash, view.errors, view.banner = workspace.new_id("hash."), {}, ""


def enter(workspace: Workspace, surface: Surface, by_label: Mapping[str, Any]) -> None:
    """Enter something in a form, by the label of a field, or as ``find_field`` takes it. Raises LookupError."""
    for label, raw in by_label.items():
        key, element = find_field(surface.blocks, label)
        surface.entered[key] = state_of(workspace, element, raw, surface.offered.get(key, []))


def find_field(blocks: Iterable[Json], name: str) -> tuple[Key, Json]:
    """Return the field of this label or action_id (``block_id/action_id`` where that is not enough).

    Raises LookupError.
    """
    for block, key, element in fields_of(blocks):
        if name in (block.get("label", {}).get("text"), key[1], "/".join(key)):
            return key, element
    raise LookupError(f"there is no {name!r} here to press or fill in")


def state_of(workspace: Workspace, element: Json, raw: Any, offered: Iterable[Json] = ()) -> Json:
    """Return an element's state for what was typed or chosen, a text or a list of them; for None its initial state."""
    kind = element["type"]
    name = STATES[kind]
    is_list = name.endswith("s")
    if raw is None:
        initial = "initial_value" if name.endswith("value") else name.replace("selected", "initial")
        return {"type": kind, name: element.get(initial) or ([] if is_list else None)}
    listed = _listed(raw) if is_list else [str(raw)] if raw else []
    found = _found(workspace, element, listed, offered)
    return {"type": kind, name: found if is_list else found[0] if found else None}


def _found(workspace: Workspace, element: Json, listed: list[str], offered: Iterable[Json]) -> list[Any]:
    what = STATES[element["type"]].removeprefix("selected_").removesuffix("s").replace("conversation", "channel")
    if what == "option":
        return _options(element, listed, offered)
    reads: dict[str, Callable[[str], Any]] = {
        "user": lambda name: workspace.user_named(name).id,
        "channel": lambda name: workspace.channel_named(name).id,
        "file": lambda file: file_payload(workspace, workspace.files[file]),
        "date_time": _seconds,
        "rich_text_value": _rich_text,
    }
    return [reads[what](each) if what in reads else each for each in listed]


def _rich_text(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def complaints(view: OpenView, values: Mapping[Key, Json]) -> dict[str, str]:
    """Return what Slack's own client minds, by block_id: required fields, lengths, numbers, addresses."""
    return {
        block["block_id"]: told
        for block, key, element in fields_of(view.blocks)
        if block["type"] == "input" and (told := _complaint(block, element, values[key]))
    }


def _complaint(block: Json, element: Json, state: Json) -> str:
    value = next((value for name, value in state.items() if name != "type"), None)
    if not value:
        return "" if block.get("optional") else "Please complete this required field."
    is_fit, told = True, ""
    match element["type"]:
        case "plain_text_input":
            least, most = element.get("min_length", 0), element.get("max_length", 3000)
            is_fit, told = least <= len(value) <= most, f"Please use {least} to {most} characters."
        case "number_input":
            least, most = float(element.get("min_value", "-inf")), float(element.get("max_value", "inf"))
            is_fit = bool((_DECIMAL if element["is_decimal_allowed"] else _INTEGER).fullmatch(value))
            is_fit, told = is_fit and least <= float(value) <= most, "Please enter a number that fits."
        case "email_text_input":
            is_fit, told = bool(_EMAIL.fullmatch(value)), "Please enter a valid email address."
        case "url_text_input":
            is_fit, told = bool(_URL.match(value)), "Please enter a valid URL."
        case "datepicker":
            is_fit, told = _is_date(value), "Please enter a valid date."
        case "file_input":
            is_fit, told = all(each["size"] <= _FILE_BYTES for each in value), "Please choose files of up to 10 MB."
    return "" if is_fit else told


def _is_date(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _seconds(picked: str) -> int:
    """Return the seconds of a moment that is told as such, or as ``2026-01-05T09:00[Europe/Amsterdam]``."""
    moment, _, zone = picked.rstrip("]").partition("[")
    if moment.isdecimal():
        return int(moment)
    return int(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone or "UTC")).timestamp())


def _listed(raw: Any) -> list[str]:
    if isinstance(raw, list):
        return [str(each) for each in raw]
    return [each.strip() for each in str(raw or "").split(",") if each.strip()]


def _options(element: Json, wanted: list[str], offered: Iterable[Json]) -> list[Json]:
    groups = element.get("option_groups", ())
    listed = [*element.get("options", ()), *(each for group in groups for each in group["options"]), *offered]
    listed += [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
    known = {name: each for each in reversed(listed) for name in (each["text"]["text"], each["value"])}
    if unknown := [name for name in wanted if name not in known]:
        raise LookupError(f"there is nothing called {unknown[0]!r} to choose")
    return [known[name] for name in wanted]
