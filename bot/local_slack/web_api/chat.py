"""Methods that say something, and what is done to a message afterwards."""

from bot.local_slack.errors import SlackError, refuse
from bot.local_slack.interactions.responses import kept
from bot.local_slack.web_api.call import Call
from bot.local_slack.wire.events import tell_message
from bot.local_slack.workspace.people import People
from bot.local_slack.workspace.rendering import message_payload, permalink
from bot.local_slack.workspace.state import Channel, Json, Message

_TEXT_LIMIT = 40_000
_UPDATE_LIMIT = 4_000
_MARKDOWN_LIMIT = 12_000
_METADATA_LIMIT = 16_000


def post(call: Call) -> Json:
    workspace, thread_ts = call.workspace, call.text("thread_ts") or None
    channel, (text, blocks) = _channel_to_post_in(call), _content(call)
    refuse(
        "cannot_reply_to_message",
        when=thread_ts in channel.messages and channel.messages[thread_ts].thread_ts is not None,
    )
    message = workspace.bots_message(text[:_TEXT_LIMIT], blocks, thread_ts)
    message.metadata, message.step = _metadata(call), call.step
    if thread_ts is not None and call.is_true("reply_broadcast"):
        message.subtype = "thread_broadcast"
    workspace.keep(channel, message)
    tell_message(workspace, channel, message)
    return {"channel": channel.id, "ts": message.ts, "message": message_payload(workspace, message)}


def whisper(call: Call) -> Json:
    channel, (text, blocks) = _channel_to_post_in(call), _content(call)
    refuse("user_not_in_channel", when=call.user().id not in channel.members)
    message = call.workspace.bots_message(text, blocks, call.text("thread_ts"))
    call.workspace.whisper(channel, message, call.user().id)
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    channel = call.channel()
    message = _own(call, channel, "cant_update_message")
    refuse("is_inactive", when=channel.is_archived)
    text, blocks = _content(call)
    refuse("msg_too_long", when=len(text) > _UPDATE_LIMIT)
    message.metadata = _metadata(call) or message.metadata
    People(call.workspace).change_message(channel, message, text, blocks)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": message_payload(call.workspace, message)}


def delete(call: Call) -> Json:
    channel = call.channel()
    message = _own(call, channel, "cant_delete_message")
    People(call.workspace).delete(channel, message)
    return {"channel": channel.id, "ts": message.ts}


def link(call: Call) -> Json:
    channel = call.channel()
    message = call.message(channel, "message_ts")
    return {"channel": channel.id, "permalink": permalink(call.workspace, channel, message)}


def react(call: Call) -> Json:
    return _turned(call, "already_reacted", is_there=False)


def unreact(call: Call) -> Json:
    return _turned(call, "no_reaction", is_there=True)


def _turned(call: Call, refusal: str, *, is_there: bool) -> Json:
    """Add the bot's reaction, or take it away, where it is as it should be before."""
    channel, bot, name = _checked(call, call.channel()), call.workspace.bot, call.text("name").strip(":")
    message = call.message(channel, "timestamp")
    refuse("invalid_name", when=not name)
    refuse(refusal, when=(bot.id in message.reactions.get(name, ())) is not is_there)
    People(call.workspace).react(bot, channel, message, name)
    return {}


def _channel_to_post_in(call: Call) -> Channel:
    workspace, wanted = call.workspace, call.text("channel") or "-"
    if wanted in workspace.users:
        refuse("channel_not_found", when=workspace.users[wanted].deleted or workspace.users[wanted].is_bot)
        return _checked(call, workspace.direct_channel(wanted))
    if wanted.startswith("#"):
        wanted = next((each.id for each in workspace.channels.values() if each.name == wanted[1:]), "-")
    return _checked(call, Call(workspace, {"channel": wanted}).channel())


def _checked(call: Call, channel: Channel) -> Channel:
    refuse("is_archived", when=channel.is_archived)
    refuse("not_in_channel", when=call.workspace.app.bot_user_id not in channel.members)
    tab = call.workspace.app.manifest["features"].get("app_home", {})
    refuse("messages_tab_disabled", when=channel.kind == "im" and not tab.get("messages_tab_enabled", True))
    return channel


def _own(call: Call, channel: Channel, refusal: str) -> Message:
    message = call.message(channel)
    if message.bot_id != call.workspace.app.bot_id:
        raise SlackError(refusal)
    return message


def _content(call: Call) -> tuple[str, list[Json]]:
    text, blocks, markdown = call.text("text"), call.structure("blocks", list), call.text("markdown_text")
    if markdown:
        refuse("markdown_text_conflict", when=bool(text or blocks))
        blocks = [{"type": "markdown", "text": markdown[:_MARKDOWN_LIMIT]}]
        text = markdown
    return text, kept(call.workspace, text, blocks or [])


def _metadata(call: Call) -> Json | None:
    metadata = call.structure("metadata", dict)
    if metadata is None:
        return None
    refuse("invalid_metadata_format", when=not isinstance(metadata.get("event_payload"), dict))
    refuse("metadata_too_large", when=len(str(metadata)) > _METADATA_LIMIT)
    return metadata
