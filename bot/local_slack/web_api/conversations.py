"""Methods about channels, who is in them, and what was said in them."""

from collections.abc import Iterable

from bot.local_slack.errors import SlackError
from bot.local_slack.people import People
from bot.local_slack.rendering import channel_payload, message_payload
from bot.local_slack.state import Channel, Json, Message
from bot.local_slack.web_api.call import Call

KINDS = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def info(call: Call) -> Json:
    return {"channel": channel_payload(call.workspace, _channel(call, "read"))}


def every(call: Call) -> Json:
    return call.page("channels", [channel_payload(call.workspace, each) for each in call.channels()])


def members(call: Call) -> Json:
    channel = _channel(call, "read")
    page = call.page("members", [{"id": each} for each in sorted(channel.members)])
    return {**page, "members": [each["id"] for each in page["members"]]}


def begin(call: Call) -> Json:
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


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    People(call.workspace).join(channel, call.workspace.bot)
    return {"channel": channel_payload(call.workspace, channel)}


def history(call: Call) -> Json:
    channel = _readable(call)
    in_channel = [message for message in channel.messages.values() if message.thread_ts in (None, message.ts)]
    return _page(call, sorted(in_channel, key=lambda message: message.ts, reverse=True))


def replies(call: Call) -> Json:
    channel = _readable(call)
    first = call.text("ts")
    if first not in channel.messages:
        raise SlackError("thread_not_found")
    return _page(call, [each for each in channel.messages.values() if first in (each.ts, each.thread_ts)])


def _readable(call: Call) -> Channel:
    channel = _channel(call, "history")
    if call.workspace.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _channel(call: Call, what: str) -> Channel:
    """Return the channel that is asked for, where the scope for its kind is granted."""
    channel = call.channel()
    call.need(f"{KINDS[channel.kind]}:{what}")
    return channel


def _page(call: Call, messages: Iterable[Message]) -> Json:
    oldest, latest = float(call.text("oldest", "0")), float(call.text("latest") or "inf")
    is_whole = call.is_true("inclusive")
    found = [
        message_payload(call.workspace, message, with_metadata=call.is_true("include_all_metadata"))
        for message in messages
        if oldest < float(message.ts) < latest or (is_whole and float(message.ts) in (oldest, latest))
    ]
    return call.page("messages", found)
