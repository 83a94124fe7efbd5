"""What Slack sends to an app for commands and interactions. Shapes: https://docs.slack.dev/interactivity."""

from bot.local_slack.events import TOKEN
from bot.local_slack.state import Channel, Json, User, Workspace

_NAMES = {"private": "privategroup", "im": "directmessage", "mpim": "mpdm-group"}


def command(workspace: Workspace, user: User, channel: Channel, name: str, text: str) -> Json:
    return {
        "token": TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": _NAMES.get(channel.kind, channel.name),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": "false",
    }


def interaction(workspace: Workspace, user: User, kind: str) -> Json:
    """Return what every interaction has."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": workspace.team_id},
        "api_app_id": workspace.app.app_id,
        "token": TOKEN,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def in_channel(channel: Channel) -> Json:
    return {"channel": {"id": channel.id, "name": _NAMES.get(channel.kind, channel.name)}}
