"""Methods that open forms."""

from datetime import timedelta

from bot.local_slack.blocks import check_view
from bot.local_slack.errors import SlackError
from bot.local_slack.state import Json, OpenView
from bot.local_slack.web_api.call import Call, Method

_TRIGGER_LIFE = timedelta(seconds=3)


def _open(call: Call) -> Json:
    content = call.structure("view")
    user = _use_trigger(call)
    check_view(content)
    view = OpenView(call.workspace.new_id("V"), user, call.workspace.new_id("hash."), content)
    call.workspace.views[user] = [view]
    return {"view": view_payload(view, call.workspace.team_id)}


def view_payload(view: OpenView, team_id: str) -> Json:
    return {
        "id": view.id,
        "team_id": team_id,
        "hash": view.hash,
        "root_view_id": view.id,
        "previous_view_id": None,
        "state": {"values": {}},
        **view.content,
    }


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


METHODS = {"views.open": Method(_open)}
