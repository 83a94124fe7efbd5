"""What Slack refuses in blocks and views: structure, lengths, counts, and where a block may stand.

Limits: https://docs.slack.dev/reference/block-kit. Errors carry a JSON pointer, as Slack's do.
"""

from typing import Any, Literal

from bot.local_slack.errors import SlackError
from bot.local_slack.shapes import (
    Check,
    anything,
    boolean,
    by_type,
    listed,
    mapping,
    note,
    one_of,
    string,
    text,
    whole_number,
)

Surface = Literal["message", "modal", "home"]

_MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
_PLAIN = "plain_text"
_ID = string(255)

_STYLE = mapping({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))
_INLINE = by_type(
    {
        "text": mapping({"text": string(10_000)}, {"style": _STYLE}),
        "link": mapping({"url": string(3000)}, {"text": string(10_000), "style": _STYLE, "unsafe": boolean}),
        "user": mapping({"user_id": string(32)}, {"style": _STYLE}),
        "channel": mapping({"channel_id": string(32)}, {"style": _STYLE}),
        "emoji": mapping({"name": string(255)}, {"style": _STYLE, "unicode": string(255)}),
        "date": mapping({"timestamp": whole_number, "format": string(255)}, {"url": anything, "fallback": string(255)}),
        "broadcast": mapping({"range": one_of("here", "channel", "everyone")}, {"style": _STYLE}),
    }
)
_LINE = mapping({"elements": listed(_INLINE, 1000, 0)})
_QUOTE = mapping({"elements": listed(_INLINE, 1000, 0)}, {"border": whole_number})
_LIST = mapping(
    {"style": one_of("bullet", "ordered"), "elements": listed(by_type({"rich_text_section": _LINE}), 1000)},
    {"indent": whole_number, "offset": whole_number, "border": whole_number},
)
_RICH_PARTS = by_type(
    {
        "rich_text_section": _LINE,
        "rich_text_quote": _QUOTE,
        "rich_text_preformatted": _QUOTE,
        "rich_text_list": _LIST,
    }
)
_CONFIRM = mapping(
    {"title": text(100, _PLAIN), "text": text(300), "confirm": text(30, _PLAIN), "deny": text(30, _PLAIN)},
    {"style": one_of("primary", "danger")},
)
_OPTION = mapping({"text": text(75), "value": string(150)}, {"description": text(75, _PLAIN), "url": string(3000)})
_GROUP = mapping({"label": text(75, _PLAIN), "options": listed(_OPTION, 100)})
_COMMON: dict[str, Check] = {"action_id": _ID, "confirm": _CONFIRM, "focus_on_load": boolean}
_PLACEHOLDER = text(150, _PLAIN)
_SELECT: dict[str, Check] = {**_COMMON, "placeholder": _PLACEHOLDER}
_BUTTON = mapping(
    {"text": text(75, _PLAIN), "action_id": _ID},
    {
        "value": string(2000),
        "url": string(3000),
        "style": one_of("primary", "danger"),
        "confirm": _CONFIRM,
        "accessibility_label": string(75),
    },
)
_USERS = listed(string(32), 100)
_SELECTS = {
    "static_select": mapping(
        {},
        {**_SELECT, "options": listed(_OPTION, 100), "option_groups": listed(_GROUP, 100), "initial_option": _OPTION},
        any_of="options option_groups",
    ),
    "multi_static_select": mapping(
        {},
        {
            **_SELECT,
            "options": listed(_OPTION, 100),
            "option_groups": listed(_GROUP, 100),
            "initial_options": listed(_OPTION, 100),
            "max_selected_items": whole_number,
        },
        any_of="options option_groups",
    ),
    "users_select": mapping({}, {**_SELECT, "initial_user": string(32)}),
    "multi_users_select": mapping({}, {**_SELECT, "initial_users": _USERS, "max_selected_items": whole_number}),
    "channels_select": mapping({}, {**_SELECT, "initial_channel": string(32), "response_url_enabled": boolean}),
    "multi_channels_select": mapping({}, {**_SELECT, "initial_channels": _USERS, "max_selected_items": whole_number}),
}  # fmt: skip
_PLAIN_INPUT = mapping(
    {},
    {
        "action_id": _ID,
        "placeholder": _PLACEHOLDER,
        "initial_value": string(3000, 0),
        "multiline": boolean,
        "min_length": whole_number,
        "max_length": whole_number,
        "focus_on_load": boolean,
        "dispatch_action_config": anything,
    },
)
_PRESSED = by_type({"button": _BUTTON, **_SELECTS})
_ENTERED = by_type({"plain_text_input": _PLAIN_INPUT, **_SELECTS})
_ID_ONLY: dict[str, Check] = {"block_id": _ID}

_BLOCKS: dict[str, Check] = {
    "section": mapping(
        {},
        {
            **_ID_ONLY,
            "text": text(3000),
            "fields": listed(text(2000), 10),
            "accessory": _PRESSED,
            "expand": boolean,
        },
        any_of="text fields",
    ),
    "header": mapping({"text": text(150, _PLAIN)}, _ID_ONLY),
    "divider": mapping({}, _ID_ONLY),
    "context": mapping({"elements": listed(text(3000), 10)}, _ID_ONLY),
    "actions": mapping({"elements": listed(_PRESSED, 25)}, _ID_ONLY),
    "rich_text": mapping({"elements": listed(_RICH_PARTS, 1000, 0)}, _ID_ONLY),
    "input": mapping(
        {"label": text(2000, _PLAIN), "element": _ENTERED},
        {**_ID_ONLY, "hint": text(2000, _PLAIN), "optional": boolean, "dispatch_action": boolean},
    ),
}
_VIEW = mapping(
    {"type": one_of("modal", "home"), "blocks": anything},
    {
        "title": text(24, _PLAIN),
        "submit": text(24, _PLAIN),
        "close": text(24, _PLAIN),
        "private_metadata": string(3000, 0),
        "callback_id": string(255, 0),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "external_id": string(255, 0),
    },
)


def check_blocks(blocks: Any, surface: Surface) -> None:
    """Raise SlackError ``invalid_blocks`` for what Slack would not show on this surface."""
    errors = _block_errors(blocks, surface)
    if errors:
        raise SlackError("invalid_blocks", *errors)


def check_view(view: Any) -> None:
    """Raise SlackError ``invalid_arguments`` for a view that Slack would not open."""
    errors: list[str] = []
    _VIEW(view, "/view", errors)
    if errors:
        raise SlackError("invalid_arguments", *errors)
    errors = [error.replace("json-pointer:", "json-pointer:/view") for error in _block_errors(view["blocks"], "modal")]
    if view["type"] == "modal" and "title" not in view:
        note(errors, "missing required field: title", "/view")
    if any(block.get("type") == "input" for block in view["blocks"]) and "submit" not in view:
        note(errors, "missing required field: submit", "/view")
    if errors:
        raise SlackError("invalid_arguments", *errors)


def _block_errors(blocks: Any, surface: Surface) -> list[str]:
    errors: list[str] = []
    listed(by_type(_BLOCKS), _MOST_BLOCKS[surface], 0 if surface == "home" else 1)(blocks, "/blocks", errors)
    if not errors:
        _check_ids(blocks, errors)
    return errors


def _check_ids(blocks: list[dict[str, Any]], errors: list[str]) -> None:
    seen: set[str] = set()
    for position, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            note(errors, f"block_id {block_id} already exists", f"/blocks/{position}/block_id")
        seen.add(block_id or f"no id {position}")
        actions = [each.get("action_id") for each in block.get("elements", ()) if isinstance(each, dict)]
        if twice := [each for each in actions if each and actions.count(each) > 1]:
            note(errors, f"action_id {twice[0]} already exists", f"/blocks/{position}/elements")
