"""Slack's JSON for what the workspace holds."""

import mimetypes
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.local_slack.workspace.state import Channel, File, Json, Key, Message, OpenView, User, Usergroup, Workspace
from bot.local_slack.workspace.tables import USUAL


def user_payload(workspace: Workspace, user: User) -> Json:
    offset = workspace.now().astimezone(ZoneInfo(user.tz)).utcoffset()
    told = {
        **USUAL["user"],
        **_picked(user, "id", "name", "deleted", "real_name", "tz", "is_admin", "is_owner", "is_bot"),
    }
    told |= {"team_id": user.team_id or workspace.team_id, "profile": profile_payload(workspace, user)}
    told |= {"tz_offset": int(offset.total_seconds()) if offset else 0}
    told |= {"is_primary_owner": user.is_owner, "is_restricted": user.is_guest}
    told |= {"is_stranger": True} if user.is_stranger else {}
    return told | ({"enterprise_user": _in_organization(workspace, user)} if workspace.organization else {})


def _in_organization(workspace: Workspace, user: User) -> Json:
    """Return what an organisation knows of one of its people: https://docs.slack.dev/reference/objects/user-object."""
    told = {f"enterprise_{key}": each for key, each in (workspace.enterprise or {}).items()}
    return {**told, "id": user.id, "is_admin": False, "is_owner": False, "teams": _holding(workspace, "users", user.id)}


def _holding(workspace: Workspace, kind: str, key: str) -> list[str]:
    """Return the workspaces of an organisation that have a person or a channel."""
    return [each.team_id for each in workspace.members if key in getattr(each, kind)]


def profile_payload(workspace: Workspace, user: User) -> Json:
    told = {**USUAL["profile"], **_picked(user, "real_name", "title", "status_emoji", "status_text")}
    told |= {"display_name": user.name, "display_name_normalized": user.name, "real_name_normalized": user.real_name}
    first, _, last = user.real_name.partition(" ")
    told |= {"first_name": first, "last_name": last, "team": user.team_id or workspace.team_id}
    return told | ({"email": f"{user.name}@example.org"} if "users:read.email" in workspace.app.scopes else {})


def dnd_payload(workspace: Workspace, user: User) -> Json:
    """Return when somebody is not disturbed, as Slack tells it to others; their snoozing is told to themselves."""
    now, until = workspace.now().timestamp(), user.dnd_until.timestamp() if user.dnd_until else 0
    start, end = (int(now) - 1, int(until)) if until > now else (1, 1)
    return {"dnd_enabled": until > now, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def channel_payload(workspace: Workspace, channel: Channel) -> Json:
    bot = workspace.app.bot_user_id
    if channel.kind == "im":
        other = next(iter(channel.members - {bot}), "")
        return {**USUAL["im"], **_picked(channel, "id", "created"), "user": other}
    told = {**USUAL["mpim" if channel.kind == "mpim" else "channel"], "context_team_id": workspace.team_id}
    told |= _picked(channel, "id", "name", "created", "creator", "is_private", "is_archived")
    told |= {"name_normalized": channel.name, "is_member": bot in channel.members, "num_members": len(channel.members)}
    is_org_shared = len(_holding(workspace, "channels", channel.id)) > 1
    return {**told, "is_ext_shared": channel.is_shared, "is_org_shared": is_org_shared}


def message_payload(workspace: Workspace, message: Message, *, with_metadata: bool = True) -> Json:
    payload: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    payload |= {name: each for name, each in _picked(message, "subtype", "blocks").items() if each}
    payload |= {**message.more, **_thread_facts(workspace, message)}
    if message.bot_id is not None:
        payload |= {"bot_id": message.bot_id, "app_id": workspace.app.app_id, "team": workspace.team_id}
        profile: Json = {**USUAL["bot_profile"], "id": message.bot_id, "name": workspace.app.name}
        payload["bot_profile"] = {**profile, "app_id": workspace.app.app_id, "team_id": workspace.team_id}
    if message.edited:
        payload["edited"] = {"user": message.user, "ts": message.edited}
    if message.reactions:
        said = message.reactions.items()
        payload["reactions"] = [{"name": name, "users": users, "count": len(users)} for name, users in said]
    if message.files:
        payload["files"] = [file_payload(workspace, workspace.files[each]) for each in message.files]
    if message.metadata is not None and with_metadata:
        payload["metadata"] = message.metadata
    return payload


def _thread_facts(workspace: Workspace, message: Message) -> Json:
    """Return what Slack says of a thread in its first message and in each reply."""
    if message.thread_ts is not None:
        first = workspace.channels[message.channel].messages.get(message.thread_ts)
        told: Json = {"thread_ts": message.thread_ts}
        if first is not None and message.subtype == "thread_broadcast":
            return {**told, "root": message_payload(workspace, first)}
        return told if first is None else {**told, "parent_user_id": first.user}
    replies = workspace.replies.get(message.ts, ())
    if not replies:
        return {}
    users = list(dict.fromkeys(each.user for each in replies))
    facts = {"reply_count": len(replies), "reply_users": users, "latest_reply": replies[-1].ts}
    return {"thread_ts": message.ts, **facts, "reply_users_count": len(users)}


def permalink(workspace: Workspace, channel: Channel, message: Message) -> str:
    link = f"{workspace.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return f"{link}?thread_ts={message.thread_ts}&cid={channel.id}" if message.thread_ts else link


def file_payload(workspace: Workspace, file: File) -> Json:
    if file.is_deleted:
        return {"id": file.id, "mode": "tombstone"}
    kind, url = file.name.rpartition(".")[2], f"{workspace.url}/files/{file.id}"
    told = {**USUAL["file"], **_picked(file, "id", "name", "user", "channels", "created"), "timestamp": file.created}
    told |= {"title": file.title or file.name, "filetype": kind.lower(), "pretty_type": kind.upper()}
    told |= {"mimetype": mimetypes.guess_type(file.name)[0] or "application/octet-stream", "size": len(file.content)}
    told |= {"url_private": f"{url}/{file.name}", "url_private_download": f"{url}/download/{file.name}"}
    told |= {"user_team": workspace.team_id, "shares": _shares(workspace, file)}
    return told | ({"alt_txt": file.alt} if file.alt else {})


def _shares(workspace: Workspace, file: File) -> Json:
    """Return the messages that show a file: https://docs.slack.dev/reference/objects/file-object."""
    told: Json = {}
    for channel_id, times in file.shares.items():
        channel = workspace.channels[channel_id]
        shown = [channel.messages[ts] for ts in times if ts in channel.messages]
        each = [{key: ts for key, ts in _picked(message, "ts", "thread_ts").items() if ts} for message in shown]
        told.setdefault("private" if channel.is_private else "public", {})[channel_id] = each
    return told


def usergroup_payload(workspace: Workspace, group: Usergroup, *, with_users: bool) -> Json:
    told = {**USUAL["usergroup"], **_picked(group, "id", "handle"), "name": group.handle}
    told |= {"team_id": workspace.team_id, "user_count": len(group.users)}
    told |= {"date_update": group.updated, "date_delete": group.deleted}
    return {**told, "users": group.users} if with_users else told


def view_payload(workspace: Workspace, view: OpenView) -> Json:
    """Return a view as Slack describes it, with what was entered in it so far."""
    stack = [each.id for each in workspace.views[view.user]]
    place = stack.index(view.id) if view.id in stack else 0
    told = {
        **_picked(workspace.app, "app_id", "bot_id"),
        **USUAL["view"],
        **view.content,
        **_picked(view, "id", "hash"),
    }
    told |= {"team_id": workspace.team_id, "state": {"values": nested(view.entered)}}
    told |= {"root_view_id": stack[0] if view.id in stack else view.id}
    return {**told, "previous_view_id": stack[place - 1] if place else None}


def nested(values: Mapping[Key, Json]) -> Json:
    """Return states as Slack sends them: by block_id, then by action_id."""
    found: Json = {}
    for (block_id, action_id), state in values.items():
        found.setdefault(block_id, {})[action_id] = state
    return found


def _picked(value: object, *names: str) -> Json:
    """Return what the workspace remembers under the name that Slack has for it."""
    return {name: getattr(value, name) for name in names}
