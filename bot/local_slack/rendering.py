"""Slack's JSON for what the workspace holds."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.local_slack.state import Channel, Json, Message, User, Workspace


def user_payload(workspace: Workspace, user: User) -> Json:
    offset = datetime.now(ZoneInfo(user.tz)).utcoffset()
    return {
        "id": user.id,
        "team_id": user.team_id or workspace.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {"real_name": user.real_name, "display_name": user.name, "title": user.title},
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": user.is_owner,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        **({"is_stranger": True} if user.is_stranger else {}),
    }


def channel_payload(channel: Channel) -> Json:
    if channel.kind == "im":
        return {"id": channel.id, "is_im": True, "is_private": True, "is_channel": False}
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_ext_shared": channel.is_shared,
        "num_members": len(channel.members),
    }


def message_payload(workspace: Workspace, message: Message, *, with_metadata: bool = True) -> Json:
    payload: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.blocks:
        payload["blocks"] = message.blocks
    if message.thread_ts is not None:
        payload["thread_ts"] = message.thread_ts
    if message.bot_id is not None:
        payload |= {"bot_id": message.bot_id, "app_id": workspace.app.app_id, "team": workspace.team_id}
    if message.metadata is not None and with_metadata:
        payload["metadata"] = message.metadata
    return payload
