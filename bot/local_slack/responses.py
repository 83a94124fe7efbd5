"""Shows what an app answers to a command or sends to a response_url."""

from bot.local_slack import events
from bot.local_slack.blocks import check_blocks
from bot.local_slack.errors import SlackError
from bot.local_slack.state import Channel, Ephemeral, Json, Message, ResponseUrl, Workspace


def show_response(workspace: Workspace, target: ResponseUrl, body: Json) -> None:
    """Show what came as a command's answer or through a response_url. Raises SlackError."""
    channel = workspace.channels[target.channel]
    text, blocks = str(body.get("text", "")), body.get("blocks") or []
    if body.get("delete_original"):
        _drop(workspace, channel, target)
        return
    if not text and not blocks:
        raise SlackError("no_text")
    if blocks:
        check_blocks(blocks, "message")
    if target.message_ts is not None and body.get("replace_original"):
        _replace(channel, target, text, blocks)
        return
    ts, thread_ts = workspace.new_ts(), body.get("thread_ts")
    bot = workspace.app.bot_user_id
    if body.get("response_type") == "in_channel":
        message = Message(ts, bot, text, blocks, thread_ts, workspace.app.bot_id, by_command=True)
        channel.messages[ts] = message
        events.tell_message(workspace, channel, message)
    else:
        channel.ephemerals[ts] = Ephemeral(ts, target.user, bot, text, blocks, thread_ts)


def _replace(channel: Channel, target: ResponseUrl, text: str, blocks: list[Json]) -> None:
    original = channel.ephemerals.get(target.message_ts or "") or channel.messages.get(target.message_ts or "")
    if original is None:
        raise SlackError("message_not_found")
    original.text, original.blocks = text, blocks


def _drop(workspace: Workspace, channel: Channel, target: ResponseUrl) -> None:
    channel.ephemerals.pop(target.message_ts or "", None)
    if target.message_ts in channel.messages:
        events.delete(workspace, channel, channel.messages[target.message_ts])
