"""Methods about channels and what was said in them."""

from collections.abc import Iterable

from bot.local_slack.errors import SlackError
from bot.local_slack.rendering import channel_payload, message_payload
from bot.local_slack.state import Channel, Json, Message, Workspace
from bot.local_slack.web_api.call import Call, Method

_HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history", "mpim": "mpim:history"}
_READ = {"public": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
_MOST = 1000


def _info(call: Call) -> Json:
    channel = call.channel()
    _need_scope(call.workspace, channel, _READ)
    return {"channel": channel_payload(channel)}


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
    oldest, most = float(call.text("oldest", "0")), min(call.number("limit", 100), _MOST)
    found = [message for message in messages if float(message.ts) > oldest]
    shown = [
        message_payload(call.workspace, message, with_metadata=call.is_true("include_all_metadata"))
        for message in found[:most]
    ]
    return {"messages": shown, "has_more": len(found) > most}


METHODS = {
    "conversations.info": Method(_info, tuple(_READ.values())),
    "conversations.history": Method(_history, tuple(_HISTORY.values())),
    "conversations.replies": Method(_replies, tuple(_HISTORY.values())),
}
