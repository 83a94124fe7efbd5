"""What was said before in a conversation: read only where somebody asks about it, and kept nowhere.

https://docs.slack.dev/reference/methods/conversations.replies; without the optional scopes nothing is read.
"""

from collections.abc import Mapping
from typing import Any

import structlog

from handlers.slack.blocks import unescape
from handlers.slack.cache import NO_ANSWER, patience
from handlers.slack.interactions import Quote
from handlers.slack.payloads import OWN_SUBTYPES, TEXT_LIMIT
from handlers.slack.questions import Questions, code_of

#: An answer need not wait for it: it only says more with it.
_PATIENCE_SECONDS = 0.8
_LOOKED_AT = 100
_log = structlog.get_logger(__name__)


async def said_before(questions: Questions, channel_id: str, before: str, thread_ts: str = "") -> list[Quote]:
    """Return what people said in a thread, or a channel, before a moment (Slack's time stamp), the oldest first.

    Nothing where Slack does not say. Of a long thread only the first message.
    """
    where: dict[str, object] = {"channel": channel_id, "latest": before, "limit": _LOOKED_AT}
    method, more = ("conversations.replies", {"ts": thread_ts}) if thread_ts else ("conversations.history", {})
    try:
        async with patience(_PATIENCE_SECONDS):
            answer = await questions.ask(method, **where, **more)
    except NO_ANSWER as error:
        if code_of(error) != "missing_scope":
            _log.warning("slack did not say what was said before", error=error)
        return []
    said = [_quote(each) for each in answer["messages"] if _is_somebodys(each) and each["ts"] < before]
    if not thread_ts:
        return said[::-1]
    return said[:1] if answer.get("has_more") else said


async def may_read(questions: Questions, channel_id: str) -> bool:
    """Tell whether the bot may read a channel that it is in: whether the scope for it is granted. In doubt it may."""
    try:
        async with patience(_PATIENCE_SECONDS):
            await questions.ask("conversations.history", channel=channel_id, limit=1)
    except NO_ANSWER as error:
        return code_of(error) != "missing_scope"
    return True


def _is_somebodys(message: Mapping[str, Any]) -> bool:
    is_own = not message.get("bot_id") and message.get("subtype") in OWN_SUBTYPES
    return is_own and bool(message.get("user") and message.get("text"))


def _quote(message: Mapping[str, Any]) -> Quote:
    text = unescape(message["text"][:TEXT_LIMIT])
    return Quote(text, message["user"], message["ts"], message.get("thread_ts", ""))
