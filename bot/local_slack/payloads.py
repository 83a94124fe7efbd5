"""What Slack sends to an app. Shapes: https://docs.slack.dev/reference/events, https://docs.slack.dev/interactivity."""

from bot.local_slack.rendering import message_payload
from bot.local_slack.state import Channel, Ephemeral, Json, Message, OpenView, User, Workspace
from bot.local_slack.web_api.views import view_payload

_NAMES = {"private": "privategroup", "im": "directmessage", "mpim": "mpdm-group"}
_CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
_TOKEN = "local-verification-token"  # noqa: S105 - Slack still sends one; nothing is verified by it


def event_envelope(workspace: Workspace, event: Json, channel: Channel) -> Json:
    event_id = workspace.new_id("Ev")
    return {
        "token": _TOKEN,
        "team_id": workspace.team_id,
        "api_app_id": workspace.app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(workspace.now().timestamp()),
        "event_context": f"4-{event_id}",
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": channel.is_shared,
    }


def message_event(workspace: Workspace, channel: Channel, message: Message) -> Json:
    return {
        **message_payload(workspace, message),
        "channel": channel.id,
        "channel_type": _CHANNEL_TYPES[channel.kind],
        "event_ts": message.ts,
        "team": workspace.team_id,
    }


def mention_event(workspace: Workspace, channel: Channel, message: Message) -> Json:
    event = message_event(workspace, channel, message)
    del event["channel_type"]
    return {**event, "type": "app_mention"}


def command(workspace: Workspace, user: User, channel: Channel, name: str, text: str) -> Json:
    return {
        "token": _TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.name.lower(),
        "channel_id": channel.id,
        "channel_name": _NAMES.get(channel.kind, channel.name),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": "false",
    }


def press(workspace: Workspace, user: User, channel: Channel, message: Message | Ephemeral, action: Json) -> Json:
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": isinstance(message, Ephemeral),
    }
    payload: Json = {
        **_interaction(workspace, user, "block_actions"),
        "container": container,
        "channel": {"id": channel.id, "name": _NAMES.get(channel.kind, channel.name)},
        "state": {"values": {}},
        "actions": [{**action, "type": action["type"], "action_ts": workspace.new_ts()}],
    }
    if isinstance(message, Message):
        payload["message"] = message_payload(workspace, message)
    return payload


def submission(workspace: Workspace, user: User, view: OpenView, values: Json) -> Json:
    content = {**view_payload(view, workspace.team_id), "state": {"values": values}, "app_id": workspace.app.app_id}
    return {**_interaction(workspace, user, "view_submission"), "view": content, "response_urls": []}


def _interaction(workspace: Workspace, user: User, kind: str) -> Json:
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": workspace.team_id},
        "api_app_id": workspace.app.app_id,
        "token": _TOKEN,
        "team": {"id": workspace.team_id, "domain": workspace.name.lower()},
        "enterprise": None,
        "is_enterprise_install": False,
    }
