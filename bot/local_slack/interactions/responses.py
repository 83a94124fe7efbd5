"""Shows what an app answers to a command or sends to a response_url."""

from bot.local_slack.block_kit.blocks import check_blocks, check_length, identified
from bot.local_slack.errors import SlackError
from bot.local_slack.wire.events import tell_message
from bot.local_slack.workspace.installed import ResponseUrl
from bot.local_slack.workspace.people import People
from bot.local_slack.workspace.state import Channel, Json, Message, Workspace


def kept(workspace: Workspace, text: str, blocks: list[Json]) -> list[Json]:
    """Return a message's blocks as Slack keeps them. Raises SlackError for what it does not take."""
    if not text and not blocks:
        raise SlackError("no_text")
    if blocks:
        check_blocks(blocks, "message")
        check_length(blocks)
    if not text:
        workspace.warnings.append("a message has blocks but no text: screen readers and notifications get nothing")
    return identified(blocks, workspace.new_id)


def show_response(workspace: Workspace, target: ResponseUrl, body: Json) -> None:
    """Show what came as a command's answer or through a response_url. Raises SlackError."""
    channel, people = workspace.channels[target.channel], People(workspace)
    text, blocks = str(body.get("text", "")), body.get("blocks") or []
    if _is_true(body, "delete_original"):
        if target.message_ts is not None:
            people.delete(channel, _own(workspace, channel, target))
        return
    blocks = kept(workspace, text, blocks)
    if target.message_ts is not None and _is_true(body, "replace_original"):
        people.change_message(channel, _own(workspace, channel, target), text, blocks)
        return
    is_public = body.get("response_type") == "in_channel"
    # A thread is documented for public answers alone, and reported to be ignored else.
    message = workspace.bots_message(text, blocks, body.get("thread_ts") if is_public else None)
    if is_public:
        workspace.keep(channel, message)
        tell_message(workspace, channel, message)
    else:
        workspace.whisper(channel, message, target.user)


def _is_true(body: Json, name: str) -> bool:
    return str(body.get(name, "")).lower() == "true"


def _own(workspace: Workspace, channel: Channel, target: ResponseUrl) -> Message:
    """Return what a response may change: what only one person sees, and the app's own messages."""
    ts = target.message_ts or ""
    original = channel.ephemerals.get(ts) or channel.messages.get(ts)
    if original is None or not (original.to or original.bot_id == workspace.app.bot_id):
        raise SlackError("message_not_found")
    return original
