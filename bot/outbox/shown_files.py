"""Whether a file is shown of which Slack did not say so: the conversation tells, where the bot may read it.

A file that is not there yet may still come, so only what is there is known.
"""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.outbox.slack_calls import Ambiguous, Ending, Sent
from handlers.slack.cache import NO_ANSWER

#: With the two steps before it, it stays within the time after which a sender counts as dead.
_PATIENCE_SECONDS = 3
_LOOK_AT = 50


async def where_shown(slack: AsyncWebClient, ended: Ambiguous, thread_ts: str = "") -> Ending:
    """Look for the file of an upload whose end is unknown; return that it is sent, or the same end."""
    where = {"channel": ended.channel, "limit": _LOOK_AT, **({"ts": thread_ts} if thread_ts else {})}
    method = "conversations.replies" if thread_ts else "conversations.history"
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            answer = await slack.api_call(method, params=where)
    except NO_ANSWER:
        return ended
    shown = {file.get("id"): each["ts"] for each in answer["messages"] for file in each.get("files") or ()}
    return Sent(str(shown[ended.file]), ended.channel) if ended.file in shown else ended
