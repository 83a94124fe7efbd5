"""Slack's JSON for what the workspace holds."""

import mimetypes
from zoneinfo import ZoneInfo

from bot.local_slack.state import Channel, File, Json, Message, OpenView, User, Usergroup, Workspace


def user_payload(workspace: Workspace, user: User) -> Json:
    offset = workspace.now().astimezone(ZoneInfo(user.tz)).utcoffset()
    return {
        "id": user.id,
        "team_id": user.team_id or workspace.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile_payload(workspace, user),
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": user.is_owner,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        **({"is_stranger": True} if user.is_stranger else {}),
    }


def email_of(user: User) -> str:
    return f"{user.name}@example.org"


def profile_payload(workspace: Workspace, user: User) -> Json:
    may_see = "users:read.email" in workspace.app.scopes
    return {
        **({"email": email_of(user)} if may_see else {}),
        "real_name": user.real_name,
        "display_name": user.name,
        "title": user.title,
        "status_emoji": user.status_emoji,
        "status_text": user.status_text,
    }


def dnd_payload(workspace: Workspace, user: User) -> Json:
    now, until = workspace.now().timestamp(), user.dnd_until.timestamp() if user.dnd_until else 0
    schedule = {"dnd_enabled": until > now, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    if until <= now:
        return {**schedule, "snooze_enabled": False}
    return {
        **schedule,
        "next_dnd_start_ts": int(now) - 1,
        "next_dnd_end_ts": int(until),
        "snooze_enabled": True,
        "snooze_endtime": int(until),
        "snooze_remaining": int(until - now),
    }


def channel_payload(workspace: Workspace, channel: Channel) -> Json:
    bot = workspace.app.bot_user_id
    if channel.kind == "im":
        other = next(iter(channel.members - {bot}), "")
        return {"id": channel.id, "is_im": True, "is_private": True, "is_channel": False, "user": other}
    return {
        "id": channel.id,
        "name": channel.name,
        "is_member": bot in channel.members,
        "topic": {"value": ""},
        "purpose": {"value": ""},
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
    if message.subtype:
        payload["subtype"] = message.subtype
    if message.blocks:
        payload["blocks"] = message.blocks
    payload |= _thread_facts(workspace, message)
    if message.bot_id is not None:
        payload |= {"bot_id": message.bot_id, "app_id": workspace.app.app_id, "team": workspace.team_id}
        payload["bot_profile"] = {"id": message.bot_id, "app_id": workspace.app.app_id, "name": workspace.app.name}
    if message.edited:
        payload["edited"] = {"user": message.user, "ts": message.edited}
    if message.reactions:
        payload["reactions"] = reaction_payloads(message)
    if message.files:
        payload["files"] = [file_payload(workspace, workspace.files[each]) for each in message.files]
    if message.metadata is not None and with_metadata:
        payload["metadata"] = message.metadata
    return payload


def _thread_facts(workspace: Workspace, message: Message) -> Json:
    """Return what Slack says of a thread in its first message and in each reply."""
    if message.thread_ts is not None:
        first = workspace.message(message.thread_ts)
        return {"thread_ts": message.thread_ts, **({"parent_user_id": first.user} if first else {})}
    replies = [each for each in workspace.replies.get(message.ts, ()) if workspace.message(each.ts)]
    if not replies:
        return {}
    users = list(dict.fromkeys(each.user for each in replies))
    facts = {"reply_count": len(replies), "reply_users": users, "latest_reply": replies[-1].ts}
    return {"thread_ts": message.ts, **facts, "reply_users_count": len(users)}


def reaction_payloads(message: Message) -> list[Json]:
    return [{"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()]


def file_payload(workspace: Workspace, file: File) -> Json:
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "filetype": file.name.rpartition(".")[2].lower(),
        "mimetype": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        "mode": "hosted",
        "size": len(file.content),
        "user": file.user,
        "channels": file.channels,
        "url_private": f"{workspace.url}/files/{file.id}/{file.name}",
        "url_private_download": f"{workspace.url}/files/{file.id}/download/{file.name}",
    }


def usergroup_payload(workspace: Workspace, group: Usergroup, *, with_users: bool) -> Json:
    users = {"users": group.users} if with_users else {}
    return {
        **users,
        "id": group.id,
        "team_id": workspace.team_id,
        "is_usergroup": True,
        "name": group.handle,
        "handle": group.handle,
        "user_count": len(group.users),
    }


def view_payload(workspace: Workspace, view: OpenView) -> Json:
    """Return a view as Slack describes it, with what was entered in it so far."""
    stack = [each.id for each in workspace.views[view.user]]
    place = stack.index(view.id) if view.id in stack else 0
    values: Json = {}
    for (block_id, action_id), state in view.entered.items():
        values.setdefault(block_id, {})[action_id] = state
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "app_id": workspace.app.app_id,
        "bot_id": workspace.app.bot_id,
        "callback_id": "",
        "close": None,
        "submit": None,
        "private_metadata": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        **view.content,
        "hash": view.hash,
        "root_view_id": stack[0] if stack else view.id,
        "previous_view_id": stack[place - 1] if place else None,
        "state": {"values": values},
    }
