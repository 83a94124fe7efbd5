"""What Slack sends to an app for commands and interactions. Shapes: https://docs.slack.dev/interactivity."""

from bot.local_slack.web_api.functions import belonging
from bot.local_slack.wire.events import TOKEN
from bot.local_slack.workspace.installed import Step
from bot.local_slack.workspace.rendering import message_payload, nested, view_payload
from bot.local_slack.workspace.state import Channel, Json, OpenView, Surface, User, Workspace

_NAMES = {"private": "privategroup", "im": "directmessage"}


def command(workspace: Workspace, user: User, channel: Channel, name: str, text: str) -> Json:
    place = {"channel_id": channel.id, "channel_name": _NAMES.get(channel.kind, channel.name)}
    team = {"team_id": workspace.team_id, "team_domain": workspace.domain}
    team |= {f"enterprise_{key}": told for key, told in (workspace.enterprise or {}).items()}
    team["is_enterprise_install"] = str(workspace.is_org_wide).lower()
    who = {"user_id": user.id, "user_name": user.name, "api_app_id": workspace.app.app_id, "token": TOKEN}
    return {"command": name, "text": text, **place, **team, **who}


def interaction(workspace: Workspace, user: User, kind: str, step: Step | None = None) -> Json:
    """Return what every interaction has; ``step`` is the one that its message or form belongs to."""
    who = {"id": user.id, "username": user.name, "name": user.name, "team_id": workspace.team_id}
    is_org_wide, team = workspace.is_org_wide, {"id": workspace.team_id, "domain": workspace.domain}
    told: Json = {"type": kind, "user": who, "team": None if is_org_wide else team}
    told |= {"enterprise": workspace.enterprise, "is_enterprise_install": is_org_wide}
    return {**told, "api_app_id": workspace.app.app_id, "token": TOKEN, **belonging(step)}


def where(workspace: Workspace, surface: Surface) -> Json:
    """Return where something was pressed, with what is entered around it."""
    if isinstance(surface, OpenView):
        return {"container": {"type": "view", "view_id": surface.id}, "view": view_payload(workspace, surface)}
    told = {**in_channel(workspace.channels[surface.channel]), "state": {"values": nested(surface.entered)}}
    container = {"type": "message", "message_ts": surface.ts, "channel_id": surface.channel}
    container |= {"thread_ts": surface.thread_ts} if surface.thread_ts else {}
    if not surface.to:
        told["message"] = message_payload(workspace, surface)
    return {**told, "container": {**container, "is_ephemeral": bool(surface.to)}}


def in_channel(channel: Channel) -> Json:
    return {"channel": {"id": channel.id, "name": _NAMES.get(channel.kind, channel.name)}}
