"""Shows what an app answers to a command or sends to a response_url."""

from bot.local_slack import events
from bot.local_slack.blocks import check_blocks, identified
from bot.local_slack.errors import SlackError
from bot.local_slack.rendering import message_payload
from bot.local_slack.state import Channel, Ephemeral, Json, Message, ResponseUrl, Workspace


def show_response(workspace: Workspace, target: ResponseUrl, body: Json) -> None:
    """Show what came as a command's answer or through a response_url. Raises SlackError."""
    channel = workspace.channels[target.channel]
    text, blocks = str(body.get("text", "")), body.get("blocks") or []
    if _is_true(body, "delete_original"):
        _drop(workspace, channel, target)
        return
    if not text and not blocks:
        raise SlackError("no_text")
    if blocks:
        check_blocks(blocks, "message")
        blocks = identified(blocks, workspace.new_id)
    if not text:
        workspace.warnings.append("a response has blocks but no text: screen readers and notifications get nothing")
    if target.message_ts is not None and _is_true(body, "replace_original"):
        _replace(workspace, channel, target, Message("", "", text, blocks))
        return
    ts, thread_ts = workspace.new_ts(), body.get("thread_ts")
    bot = workspace.app.bot_user_id
    if body.get("response_type") == "in_channel":
        message = Message(ts, bot, text, blocks, thread_ts, workspace.app.bot_id, by_command=True)
        workspace.keep(channel, message)
        events.tell_message(workspace, channel, message)
    else:
        channel.ephemerals[ts] = Ephemeral(ts, target.user, bot, text, blocks, thread_ts)


def _is_true(body: Json, name: str) -> bool:
    return str(body.get(name, "")).lower() == "true"


def _own(workspace: Workspace, channel: Channel, target: ResponseUrl) -> Message | Ephemeral:
    """Return what a response may change: what only one person sees, and the app's own messages."""
    message = channel.messages.get(target.message_ts or "")
    original = channel.ephemerals.get(target.message_ts or "") or message
    if original is None or (original is message and message.bot_id != workspace.app.bot_id):
        raise SlackError("message_not_found")
    return original


def _replace(workspace: Workspace, channel: Channel, target: ResponseUrl, new: Message) -> None:
    original = _own(workspace, channel, target)
    was = message_payload(workspace, original) if isinstance(original, Message) else {}
    original.text, original.blocks = new.text, new.blocks
    if isinstance(original, Message):
        original.edited = workspace.new_ts()
        events.tell_changed(workspace, channel, original, was)


def _drop(workspace: Workspace, channel: Channel, target: ResponseUrl) -> None:
    if target.message_ts is None:
        return
    original = _own(workspace, channel, target)
    if isinstance(original, Message):
        events.delete(workspace, channel, original)
    else:
        del channel.ephemerals[original.ts]
