"""Methods about channels, who is in them, and what was said in them."""

from collections.abc import Iterable

from bot.local_slack.errors import SlackError, refuse
from bot.local_slack.web_api.call import Call
from bot.local_slack.workspace.people import People
from bot.local_slack.workspace.rendering import channel_payload, message_payload
from bot.local_slack.workspace.state import Channel, Json, Message

KINDS = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def info(call: Call) -> Json:
    return {"channel": channel_payload(call.workspace, _channel(call, "read"))}


def every(call: Call) -> Json:
    return call.page("channels", [channel_payload(call.workspace, each) for each in call.channels()])


def members(call: Call) -> Json:
    channel = _channel(call, "read")
    return call.page("members", sorted(channel.members))


def begin(call: Call) -> Json:
    """Open the conversation with one person, or with several."""
    if call.text("channel"):
        return {"channel": {"id": call.channel().id}}
    users = call.names("users")
    if not users or not all(each in call.workspace.users for each in users):
        raise SlackError("user_not_found" if users else "users_list_not_supplied")
    return {"channel": {"id": call.workspace.conversation({*users, call.workspace.bot.id}).id}}


def join(call: Call) -> Json:
    channel = call.channel()
    refuse("method_not_supported_for_channel_type", when=channel.kind != "public")
    refuse("is_archived", when=channel.is_archived)
    People(call.workspace).join(channel, call.workspace.bot)
    return {"channel": channel_payload(call.workspace, channel)}


def history(call: Call) -> Json:
    channel = _readable(call)
    said = sorted(channel.messages.values(), key=lambda message: message.ts, reverse=True)
    return _page(call, [each for each in said if not each.thread_ts or each.subtype == "thread_broadcast"])


def replies(call: Call) -> Json:
    channel = _readable(call)
    first = call.needed("ts")
    refuse("thread_not_found", when=first not in channel.messages)
    return _page(call, [each for each in channel.messages.values() if first in (each.ts, each.thread_ts)])


def _readable(call: Call) -> Channel:
    channel = _channel(call, "history")
    refuse("not_in_channel", when=call.workspace.bot.id not in channel.members)
    return channel


def _channel(call: Call, what: str) -> Channel:
    """Return the channel that is asked for, where the scope for its kind is granted."""
    channel = call.channel()
    call.need(f"{KINDS[channel.kind]}:{what}")
    return channel


def _page(call: Call, messages: Iterable[Message]) -> Json:
    oldest, latest = call.moment("oldest", 0), call.moment("latest", float("inf"))
    is_whole = call.is_true("inclusive")
    found = [
        message_payload(call.workspace, message, with_metadata=call.is_true("include_all_metadata"))
        for message in messages
        if oldest < float(message.ts) < latest or (is_whole and float(message.ts) in (oldest, latest))
    ]
    page = call.page("messages", found)
    return {**page, "has_more": bool(page["response_metadata"]["next_cursor"])}
