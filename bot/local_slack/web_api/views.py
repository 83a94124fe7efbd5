"""Methods that open, change and stack forms, and that publish a Home."""

from datetime import timedelta

from bot.local_slack.block_kit.blocks import check_blocks, check_view
from bot.local_slack.errors import SlackError, refuse
from bot.local_slack.interactions.forms import MOST_STACKED, change, new_view
from bot.local_slack.web_api.call import Call
from bot.local_slack.workspace.rendering import view_payload
from bot.local_slack.workspace.state import Json, OpenView

_TRIGGER_LIFE = timedelta(seconds=3)


def validate(call: Call) -> Json:
    """Judge a view, or the blocks of a message: https://docs.slack.dev/reference/methods/blocks.validate."""
    view = call.structure("view", dict)
    try:
        check_view(view) if view else check_blocks((call.structure("message", dict) or {}).get("blocks"), "message")
    except SlackError as error:
        told = [each.removeprefix("[ERROR] ").removesuffix("]").split(" [json-pointer:") for each in error.messages]
        errors = [{"message": problem, "pointer": pointer} for problem, pointer in told]
        raise SlackError("invalid_view" if view else "invalid_message", errors=errors) from None
    return {}


def begin(call: Call) -> Json:
    return _put_on(call, _use_trigger(call), [])


def push(call: Call) -> Json:
    user = _use_trigger(call)
    stack = call.workspace.views[user]
    refuse("push_limit_reached", when=len(stack) >= MOST_STACKED)
    refuse("not_found", when=not stack)
    return _put_on(call, user, stack)


def _put_on(call: Call, user: str, stack: list[OpenView]) -> Json:
    """Open a form on top of those that somebody has open."""
    view = new_view(call.workspace, user, _content(call, "modal"), call.step)
    call.workspace.views[user] = [*stack, view]
    return {"view": view_payload(call.workspace, view)}


def update(call: Call) -> Json:
    view = call.workspace.find_view(call.text("view_id"), call.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    _check_hash(call, view)
    change(call.workspace, view, _content(call, "modal", view))
    return {"view": view_payload(call.workspace, view)}


def publish(call: Call) -> Json:
    refuse("not_enabled", when=not call.workspace.app.has_home)
    user = call.user("user_id").id
    view = call.workspace.homes.get(user)
    content = _content(call, "home", view)
    if view is None:
        view = call.workspace.homes[user] = new_view(call.workspace, user, content, call.step)
    else:
        _check_hash(call, view)
        change(call.workspace, view, content)
    return {"view": view_payload(call.workspace, view)}


def _content(call: Call, kind: str, of: OpenView | None = None) -> Json:
    content = call.structure("view", dict) or {}
    check_view(content)
    if any(each.get("element", {}).get("type") == "file_input" for each in content["blocks"]):
        call.need("files:read")
    if content["type"] != kind:
        raise SlackError("invalid_arguments", f"[ERROR] must be a {kind} [json-pointer:/view/type]")
    refuse("duplicate_external_id", when=call.workspace.find_view("", content.get("external_id", "")) not in (None, of))
    return content


def _check_hash(call: Call, view: OpenView) -> None:
    refuse("hash_conflict", when=call.text("hash") not in ("", view.hash))


def _use_trigger(call: Call) -> str:
    trigger = call.workspace.triggers.get(call.text("trigger_id"))
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    refuse("exchanged_trigger_id", when=trigger.is_used)
    refuse("expired_trigger_id", when=call.workspace.now() - trigger.made_at > _TRIGGER_LIFE)
    trigger.is_used = True
    return trigger.user
