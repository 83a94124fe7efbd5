"""Methods that open, change and stack forms, and that publish a Home."""

from datetime import timedelta

from bot.local_slack.blocks import check_view
from bot.local_slack.errors import SlackError
from bot.local_slack.forms import change, new_view
from bot.local_slack.rendering import view_payload
from bot.local_slack.state import Json, OpenView
from bot.local_slack.web_api.call import Call, Method

_TRIGGER_LIFE = timedelta(seconds=3)
_MOST_STACKED = 3


def _open(call: Call) -> Json:
    user, content = _use_trigger(call), _content(call, "modal")
    view = new_view(call.workspace, user, content)
    call.workspace.views[user] = [view]
    return {"view": view_payload(call.workspace, view)}


def _push(call: Call) -> Json:
    user, content = _use_trigger(call), _content(call, "modal")
    stack = call.workspace.views[user]
    if len(stack) >= _MOST_STACKED:
        raise SlackError("push_limit_reached")
    if not stack:
        raise SlackError("not_found")
    view = new_view(call.workspace, user, content)
    stack.append(view)
    return {"view": view_payload(call.workspace, view)}


def _update(call: Call) -> Json:
    view = _wanted(call)
    if view is None:
        raise SlackError("not_found")
    _check_hash(call, view)
    change(call.workspace, view, _content(call, "modal", view))
    return {"view": view_payload(call.workspace, view)}


def _publish(call: Call) -> Json:
    if not call.workspace.app.has_home:
        raise SlackError("not_enabled")
    user, content = call.user("user_id").id, _content(call, "home")
    view = call.workspace.homes.get(user)
    if view is None:
        view = call.workspace.homes[user] = new_view(call.workspace, user, content)
    else:
        _check_hash(call, view)
        change(call.workspace, view, content)
    return {"view": view_payload(call.workspace, view)}


def _content(call: Call, kind: str, of: OpenView | None = None) -> Json:
    content: Json = call.structure("view")
    check_view(content)
    if content["type"] != kind:
        raise SlackError("invalid_arguments", f"[ERROR] must be a {kind} [json-pointer:/view/type]")
    name = content.get("external_id")
    shown = [view for stack in call.workspace.views.values() for view in stack if view is not of]
    if name and any(view.content.get("external_id") == name for view in shown):
        raise SlackError("duplicate_external_id")
    return content


def _wanted(call: Call) -> OpenView | None:
    name = call.text("external_id")
    if not name:
        return call.workspace.find_view(call.text("view_id"))
    shown = (view for stack in call.workspace.views.values() for view in stack)
    return next((view for view in shown if view.content.get("external_id") == name), None)


def _check_hash(call: Call, view: OpenView) -> None:
    if call.text("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")


def _use_trigger(call: Call) -> str:
    trigger = call.workspace.triggers.get(call.text("trigger_id"))
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.is_used:
        raise SlackError("exchanged_trigger_id")
    if call.workspace.now() - trigger.made_at > _TRIGGER_LIFE:
        raise SlackError("expired_trigger_id")
    trigger.is_used = True
    return trigger.user


METHODS = {
    "views.open": Method(_open, tier=100),
    "views.push": Method(_push, tier=100),
    "views.update": Method(_update, tier=100),
    "views.publish": Method(_publish, tier=100),
}
