"""Methods that say something."""

from typing import Any

from bot.local_slack.blocks import check_blocks
from bot.local_slack.errors import SlackError
from bot.local_slack.rendering import message_payload
from bot.local_slack.state import Channel, Json, Message
from bot.local_slack.web_api.call import Call, Method

_TEXT_LIMIT = 40_000
_METADATA_LIMIT = 16_000


def _post_message(call: Call) -> Json:
    workspace = call.workspace
    channel = _channel_to_post_in(call)
    text, blocks = _content(call)
    thread_ts = call.text("thread_ts") or None
    if thread_ts is not None and thread_ts not in channel.messages:
        raise SlackError("thread_not_found")
    message = Message(
        ts=workspace.new_ts(),
        user=workspace.app.bot_user_id,
        text=text[:_TEXT_LIMIT],
        blocks=blocks,
        thread_ts=thread_ts,
        bot_id=workspace.app.bot_id,
        metadata=_metadata(call),
    )
    channel.messages[message.ts] = message
    return {"channel": channel.id, "ts": message.ts, "message": message_payload(workspace, message)}


def _channel_to_post_in(call: Call) -> Channel:
    if call.text("channel") in call.workspace.users:
        return call.workspace.direct_channel(call.text("channel"))
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if call.workspace.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _content(call: Call) -> tuple[str, list[Json]]:
    text, blocks = call.text("text"), call.structure("blocks")
    if blocks is not None:
        if not isinstance(blocks, list):
            raise SlackError("invalid_blocks_format")
        check_blocks(blocks, "message")
    if not text and not blocks:
        raise SlackError("no_text")
    if not text:
        call.workspace.warnings.append("a message has blocks but no text: screen readers and notifications get nothing")
    return text, blocks or []


def _metadata(call: Call) -> Json | None:
    metadata: Any = call.structure("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(str(metadata)) > _METADATA_LIMIT:
        raise SlackError("metadata_too_large")
    return metadata


METHODS = {"chat.postMessage": Method(_post_message, ("chat:write",))}
