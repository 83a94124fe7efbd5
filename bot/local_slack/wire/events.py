"""What happens in the workspace and what the app hears of it: only what its manifest subscribes to and its bot can see.

Shapes: https://docs.slack.dev/reference/events.
"""

import re
from urllib.parse import urlsplit

from bot.local_slack.workspace.rendering import message_payload
from bot.local_slack.workspace.state import Channel, Json, Message, Workspace
from bot.local_slack.workspace.tables import SLACK

TOKEN = "local-verification-token"  # noqa: S105 - Slack still sends one; nothing is verified by it
_LINK = re.compile(r"<(https?://[^>|]+)")
_CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def envelope(workspace: Workspace, event: Json, channel: Channel | None) -> Json:
    """Return an event as Slack delivers it."""
    event_id, now = workspace.new_id("Ev"), int(workspace.now().timestamp())
    told = {"type": "event_callback", "event_id": event_id, "event_time": now, "event_context": f"4-{event_id}"}
    told |= {"token": TOKEN, "api_app_id": workspace.app.app_id, "event": event}
    # What happens in none of an organisation's workspaces names none.
    where: Json = {"team_id": None if workspace is workspace.organization else workspace.team_id}
    told |= {**where, "is_ext_shared_channel": channel is not None and channel.is_shared}
    if workspace.organization is not None:
        told["enterprise_id"] = workspace.organization.team_id
    bot = {"user_id": workspace.bot.id, "is_bot": True, "is_enterprise_install": workspace.is_org_wide}
    return {**told, "authorizations": [{"enterprise_id": told.get("enterprise_id"), **where, **bot}]}


def tell(workspace: Workspace, event: Json, channel: Channel | None = None, name: str = "") -> None:
    """Let the app hear of an event; ``name`` is what the manifest calls it, where that is not its type."""
    bot = workspace.app.bot_user_id
    is_seen = channel is None or bot in channel.members or event.get("user") == bot
    named = name or event["type"]
    scopes = SLACK["event_scopes"].get(named, ())
    is_granted = not scopes or bool({*scopes} & {*workspace.app.scopes})
    subscribed = workspace.app.manifest["settings"].get("event_subscriptions", {}).get("bot_events", ())
    if is_seen and is_granted and named in subscribed:
        workspace.hear({"event_ts": workspace.new_ts(), **event}, channel)


def tell_message(workspace: Workspace, channel: Channel, message: Message) -> None:
    """Let the app hear of a message: as a message, and as a mention of its bot."""
    told = {**message_payload(workspace, message), "channel": channel.id, "event_ts": message.ts}
    told["team"] = workspace.team_id
    if message.bot_id is None and not message.is_note:
        told["client_msg_id"] = f"local-{message.ts}"
    _tell_message(workspace, channel, told)
    _tell_mention(workspace, channel, message, told)
    _tell_links(workspace, channel, message)
    if message.metadata:
        about = {"app_id": workspace.app.app_id, "bot_id": message.bot_id, "user_id": message.user}
        place = {"team_id": workspace.team_id, "channel_id": channel.id, "message_ts": message.ts}
        tell(workspace, {"type": "message_metadata_posted", **about, **place, "metadata": message.metadata}, channel)


def tell_changed(workspace: Workspace, channel: Channel, message: Message, was: Json) -> None:
    """Let the app hear of an edit; an edited mention comes as a new event, as Slack does."""
    now = message_payload(workspace, message)
    told = {**_hidden(workspace, channel, "message_changed"), "message": now, "previous_message": was}
    _tell_message(workspace, channel, told)
    if message.edited and message.bot_id is None:
        told = {**now, "channel": channel.id, "team": workspace.team_id, "event_ts": workspace.new_ts()}
        told["edited"] = {"user": message.user, "ts": told["event_ts"]}
        _tell_mention(workspace, channel, message, told)


def tell_deleted(workspace: Workspace, channel: Channel, ts: str, was: Json) -> None:
    told = _hidden(workspace, channel, "message_deleted")
    _tell_message(workspace, channel, {**told, "deleted_ts": ts, "previous_message": was})


def _tell_message(workspace: Workspace, channel: Channel, told: Json) -> None:
    kind = _CHANNEL_TYPES[channel.kind]
    name = f"message.{kind if kind.endswith('im') else kind + 's'}"
    tell(workspace, {**told, "channel_type": kind}, channel, name)


def _tell_mention(workspace: Workspace, channel: Channel, message: Message, told: Json) -> None:
    bot = workspace.app.bot_user_id
    if f"<@{bot}>" in message.text and channel.kind != "im" and message.user != bot:
        tell(workspace, {**told, "type": "app_mention"}, channel)


def _tell_links(workspace: Workspace, channel: Channel, message: Message) -> None:
    """Let the app hear of links to its domains, where it is not in the channel too."""
    found = [(urlsplit(url).hostname or "", url) for url in _LINK.findall(message.text)]
    domains = workspace.app.manifest["features"].get("unfurl_domains", ())
    links = [{"domain": host, "url": url} for host, url in found if host in domains]
    if links and message.bot_id is None:
        told: Json = {"type": "link_shared", "channel": channel.id, "user": message.user, "message_ts": message.ts}
        told |= {"links": links, "is_bot_user_member": workspace.bot.id in channel.members}
        told |= {"unfurl_id": f"{channel.id}.{message.ts}", "source": "conversations_history"}
        tell(workspace, told | ({"thread_ts": message.thread_ts} if message.thread_ts else {}))


def _hidden(workspace: Workspace, channel: Channel, subtype: str) -> Json:
    ts = workspace.new_ts()
    return {"type": "message", "subtype": subtype, "hidden": True, "channel": channel.id, "ts": ts, "event_ts": ts}
