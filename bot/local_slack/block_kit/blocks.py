"""What Slack refuses in blocks and views: structure, lengths, counts, and where a block may stand.

The shapes are in ``block_kit.yaml``; errors carry a JSON pointer, as Slack's do.
"""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, Literal

from bot.local_slack.block_kit.shapes import Shapes, note
from bot.local_slack.errors import SlackError
from bot.local_slack.workspace.state import Json

Surface = Literal["message", "modal", "home"]

_SHAPES = Shapes()
STATES = _SHAPES.states
_VIEW_BYTES = 250_000
#: Slack does not say how much; posts are reported to fail from about here on (slackapi/bolt-js #2509).
_MESSAGE_TEXT = 12_000
#: How much text all blocks of a kind in one message may hold together, and how many of a kind it may have.
_MOST_TEXT = {"markdown": 12_000, "table": 10_000, "data_table": 20_000}
_MOST_BLOCKS = {"table": 1, "data_visualization": 2}


def check_blocks(blocks: Any, surface: Surface) -> None:
    """Raise SlackError ``invalid_blocks`` for what Slack would not show on this surface."""
    errors = _block_errors(blocks, surface)
    if errors:
        raise SlackError("invalid_blocks", *errors)


def check_view(view: Any) -> None:
    """Raise SlackError for a view that Slack would not open: ``invalid_arguments``, or ``view_too_large``."""
    errors = _SHAPES.check("view", view, "/view")
    if not errors:
        errors = [each.replace("pointer:", "pointer:/view") for each in _block_errors(view["blocks"], view["type"])]
    is_form = not errors and view["type"] == "modal" and any(each["type"] == "input" for each in view["blocks"])
    if is_form and "submit" not in view:
        note(errors, "missing required field: submit", "/view")
    if errors:
        raise SlackError("invalid_arguments", *errors)
    if len(json.dumps(view)) > _VIEW_BYTES:
        raise SlackError("view_too_large")


def check_length(blocks: list[Json]) -> None:
    """Raise SlackError ``msg_blocks_too_long`` for a posted message with too much text in all its blocks."""
    if sum(len(text) for text in _texts(blocks)) > _MESSAGE_TEXT:
        raise SlackError("msg_blocks_too_long")


def elements_of(block: Json) -> Iterator[Json]:
    """Yield what can be pressed, chosen or entered in a block."""
    match block["type"]:
        case "actions" | "context_actions":
            yield from block["elements"]
        case "input":
            yield block["element"]
        case "section" if "accessory" in block and block["accessory"]["type"] != "image":
            yield block["accessory"]


def identified(blocks: list[Json], new_id: Callable[[str], str]) -> list[Json]:
    """Return blocks as Slack keeps them: what has no block_id or action_id gets one, another one each time."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block["block_id"] = block.get("block_id") or new_id("b")
        for element in elements_of(block):
            element["action_id"] = element.get("action_id") or new_id("a")
    return kept


def check_options(suggested: Json) -> bool:
    """Tell whether what an app suggests is what Slack would show."""
    return not _SHAPES.check("suggestions", suggested, "")


def _block_errors(blocks: Any, surface: Surface) -> list[str]:
    errors = _SHAPES.check(surface, blocks, "/blocks")
    if not errors:
        _check_ids(blocks, errors)
        _check_sums(blocks, errors)
        _check_choices(blocks, errors)
    return errors


def _check_ids(blocks: list[Json], errors: list[str]) -> None:
    seen: set[str] = set()
    for position, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            note(errors, f"block_id {block_id} already exists", f"/blocks/{position}/block_id")
        seen.add(block_id or f"no id {position}")
        actions = [each.get("action_id") for each in block.get("elements", ()) if isinstance(each, dict)]
        if twice := [each for each in actions if each and actions.count(each) > 1]:
            note(errors, f"action_id {twice[0]} already exists", f"/blocks/{position}/elements")


def _check_sums(blocks: list[Json], errors: list[str]) -> None:
    for kind, most in _MOST_TEXT.items():
        if sum(len(text) for block in blocks if block["type"] == kind for text in _texts(block)) > most:
            note(errors, f"all blocks of type {kind} may have {most} characters together", "/blocks")
    for kind, most in _MOST_BLOCKS.items():
        if sum(block["type"] == kind for block in blocks) > most:
            note(errors, f"no more than {most} of type {kind} allowed", "/blocks")


def _check_choices(blocks: list[Json], errors: list[str]) -> None:
    """Note what a select begins with and does not offer."""
    for position, block in enumerate(blocks):
        for element in elements_of(block):
            groups = [element, *element.get("option_groups", ())]
            options = [each for group in groups for each in group.get("options", ())]
            chosen = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
            if options and any(each not in options for each in chosen):
                note(errors, "what is chosen at first must be one of the options", f"/blocks/{position}")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from _texts(each)
