"""A file goes to Slack in three calls, and only the last one shows it; its id is on disk before that.

By its id Slack says afterwards in which message it stands, so that none is shown twice, and one whose text was redacted
meanwhile is taken back: https://docs.slack.dev/reference/objects/file-object,
https://docs.slack.dev/reference/methods/files.delete.
"""

import asyncio
from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.outbox.slack_calls import (
    OK,
    PATIENCE_SECONDS,
    Ambiguous,
    Ending,
    Looked,
    NotThere,
    Refused,
    Sent,
    Unreached,
    code_of,
    direct,
    ending,
    looked,
    say,
)
from storage.outbox.deliveries import TAKEN_OUT, Delivery
from storage.outbox.uploads import BASE64, CONTENT, FILE

#: So Slack says that a file, or the message that shows it, is not there any more.
_GONE = {"file_not_found", "file_deleted", "message_not_found"}

#: Keeps under which id Slack has a file; False where its text has changed meanwhile.
Keep = Callable[[str], Awaitable[bool]]


async def upload(slack: AsyncWebClient, delivery: Delivery, keep: Keep) -> Ending:
    """Give a person, or a thread, a file; ``keep`` is told its id before anybody can see it."""
    if CONTENT not in delivery.body:
        return Refused(TAKEN_OUT)
    body, told = delivery.body, delivery.body.get("channel")
    content = b64decode(str(body[CONTENT])) if body.get(BASE64) else str(body[CONTENT]).encode()
    described = {"alt_txt": str(body["alt"])} if "alt" in body else {}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            channel = str(told) if told else await direct(slack, delivery.lane)
            name = str(body["filename"])
            place = await slack.files_getUploadURLExternal(filename=name, length=len(content), **described)
            if slack.session is None:
                raise RuntimeError("the client has no session to share")
            async with slack.session.post(place["upload_url"], data=content) as response:
                if response.status != OK:
                    return Unreached(f"the upload ended with HTTP {response.status}")
    except SlackApiError as error:
        ended = ending(error)
        return Unreached(ended.reason) if isinstance(ended, Ambiguous) else ended
    except (aiohttp.ClientError, SlackClientError, TimeoutError) as error:
        return Unreached(str(error) or type(error).__name__)
    if not await keep(place["file_id"]):
        return Unreached("its text has changed")
    return await _show(slack, delivery, channel, place["file_id"])


async def _show(slack: AsyncWebClient, delivery: Delivery, channel: str, file_id: str) -> Ending:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await slack.files_completeUploadExternal(
                files=[{"id": file_id, "title": str(delivery.body["filename"])}],
                channel_id=channel,
                initial_comment=str(delivery.body["comment"]),
                thread_ts=str(delivery.body.get("thread_ts", "")) or None,
            )
    except SlackApiError as error:
        return ending(error)
    except (aiohttp.ClientError, SlackClientError, TimeoutError) as error:
        return Ambiguous(str(error) or type(error).__name__)
    return Sent()


async def look_for_file(slack: AsyncWebClient, file_id: str) -> Looked:
    """Tell where a file is shown; one that isn't is deleted, so that no late call can show it any more."""
    if not file_id:
        return NotThere()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            shown = _shown((await slack.files_info(file=file_id))["file"])
            if shown is not None:
                return shown
            await slack.files_delete(file=file_id)
    except SlackApiError as error:
        return NotThere() if code_of(error) in _GONE else looked(ending(error))
    except (aiohttp.ClientError, SlackClientError, TimeoutError) as error:
        return Ambiguous(str(error) or type(error).__name__)
    return NotThere()


async def take_back(slack: AsyncWebClient, edit: Delivery) -> Ending:
    """Delete the file that an edit names, and say in its message what the edit says; both may be done again."""
    file_id = str(edit.body[FILE])
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            shown = await _where_it_may_look(slack, file_id)
            await slack.files_delete(file=file_id)
    except SlackApiError as error:
        return Sent() if code_of(error) in _GONE else ending(error)
    except (aiohttp.ClientError, SlackClientError, TimeoutError) as error:
        return Ambiguous(str(error) or type(error).__name__)
    if shown is None:
        return Sent()
    told = {name: value for name, value in edit.body.items() if name != FILE}
    where = {"channel": shown.channel, "ts": shown.ts}
    ended = await say(slack, edit.model_copy(update={"body": {**told, **where}}))
    return Sent() if isinstance(ended, Refused) and ended.reason in _GONE else ended


async def _where_it_may_look(slack: AsyncWebClient, file_id: str) -> Sent | None:
    """Return the message that shows a file; None where none does, or the app may not read files."""
    try:
        return _shown((await slack.files_info(file=file_id))["file"])
    except SlackApiError as error:
        if code_of(error) != "missing_scope":
            raise
        return None


def _shown(file: Mapping[str, Any]) -> Sent | None:
    """Return the first message that shows a file; the bot shares each once."""
    shares = file.get("shares") or {}
    places = [(channel, each["ts"]) for kind in shares.values() for channel, listed in kind.items() for each in listed]
    return Sent(str(places[0][1]), str(places[0][0])) if places else None
