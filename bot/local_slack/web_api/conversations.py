"""Methods about channels, who is in them, and what was said in them."""

from collections.abc import Iterable

from bot.local_slack import events
from bot.local_slack.errors import SlackError
from bot.local_slack.rendering import channel_payload, message_payload
from bot.local_slack.state import Channel, Json, Message, Workspace
from bot.local_slack.web_api.call import Call, Method

_HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history", "mpim": "mpim:history"}
_READ = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
_READING = tuple(_READ.values())


def kinds_asked(call: Call) -> set[str]:
    return {name.removesuffix("_channel") for name in call.text("types", "public_channel").split(",")}


def _info(call: Call) -> Json:
    channel = call.channel()
    _need_scope(call.workspace, channel, _READ)
    return {"channel": channel_payload(call.workspace, channel)}


def _list(call: Call) -> Json:
    bot, kinds = call.workspace.app.bot_user_id, kinds_asked(call)
    return call.page("channels", [
        channel_payload(call.workspace, channel)
        for channel in call.workspace.channels.values()
        if channel.kind in kinds
        and (not channel.is_private or bot in channel.members)
        and not (call.is_true("exclude_archived") and channel.is_archived)
    ])  # fmt: skip


def _members(call: Call) -> Json:
    channel = call.channel()
    _need_scope(call.workspace, channel, _READ)
    page = call.page("members", [{"id": each} for each in sorted(channel.members)])
    return {**page, "members": [each["id"] for each in page["members"]]}


def _open(call: Call) -> Json:
    """Open the conversation with one person, or with several."""
    users = call.names("users")
    if not users or not all(each in call.workspace.users for each in users):
        raise SlackError("user_not_found" if users else "users_list_not_supplied")
    if len(users) == 1:
        return {"channel": {"id": call.workspace.direct_channel(users[0]).id}}
    members = {*users, call.workspace.app.bot_user_id}
    for channel in call.workspace.channels.values():
        if channel.kind == "mpim" and channel.members == members:
            return {"channel": {"id": channel.id}}
    name = f"mpdm-{'--'.join(call.workspace.users[each].name for each in users)}-1"
    opened = call.workspace.add_channel(Channel(call.workspace.new_id("G"), name, "mpim", members))
    return {"channel": {"id": opened.id}}


def _join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    events.join(call.workspace, channel, call.workspace.app.bot_user_id)
    return {"channel": channel_payload(call.workspace, channel)}


def _history(call: Call) -> Json:
    channel = _readable(call)
    in_channel = [message for message in channel.messages.values() if message.thread_ts in (None, message.ts)]
    return _page(call, sorted(in_channel, key=lambda message: message.ts, reverse=True))


def _replies(call: Call) -> Json:
    channel = _readable(call)
    if call.text("ts") not in channel.messages:
        raise SlackError("thread_not_found")
    return _page(call, call.workspace.thread(channel, call.text("ts")))


def _readable(call: Call) -> Channel:
    channel = call.channel()
    _need_scope(call.workspace, channel, _HISTORY)
    if call.workspace.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _need_scope(workspace: Workspace, channel: Channel, scopes: dict[str, str]) -> None:
    needed, granted = scopes[channel.kind], workspace.app.scopes
    if needed not in granted:
        raise SlackError("missing_scope", needed=needed, provided=",".join(granted))


def _page(call: Call, messages: Iterable[Message]) -> Json:
    oldest, latest = float(call.text("oldest", "0")), float(call.text("latest") or "inf")
    is_whole = call.is_true("inclusive")
    found = [
        message_payload(call.workspace, message, with_metadata=call.is_true("include_all_metadata"))
        for message in messages
        if oldest < float(message.ts) < latest or (is_whole and float(message.ts) in (oldest, latest))
    ]
    return call.page("messages", found)


METHODS = {
    "conversations.info": Method(_info, _READING),
    "conversations.list": Method(_list, _READING, tier=20),
    "conversations.members": Method(_members, _READING, tier=100),
    "conversations.open": Method(_open, ("im:write", "mpim:write")),
    "conversations.join": Method(_join, ("channels:join",)),
    "conversations.history": Method(_history, tuple(_HISTORY.values())),
    "conversations.replies": Method(_replies, tuple(_HISTORY.values())),
}
