"""Files that people give the bot in a form: what Slack says of one, and its content, which is not kept."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.cache import NO_ANSWER, patience

_DOWNLOAD_SECONDS = 60
_CHUNK = 1 << 16
_OK = 200
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file in Slack; ``size`` is in bytes."""

    id: str
    name: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class NotGiven:
    """Why Slack does not give a file, as a sentence; ``is_final``: it will not either in a minute."""

    told: str
    is_final: bool = False


ELSEWHERE = NotGiven("That file isn't stored in Slack. Attach the file itself.", is_final=True)
NOT_NOW = NotGiven("Slack didn't give me the file. Please try again in a minute.")
NOT_ALLOWED = NotGiven(
    "I can't read files in this workspace: the optional scope files:read wasn't granted. Whoever runs me can "
    "add it, or check the file on the command line.",
    is_final=True,
)


async def described(slack: AsyncWebClient, file_id: str) -> SharedFile | NotGiven:
    """Return a file as Slack describes it, or why it does not."""
    try:
        async with patience():
            answer = await slack.files_info(file=file_id)
    except NO_ANSWER as error:
        _log.warning("slack did not describe a file", file=file_id, error=error)
        return NOT_ALLOWED if "missing_scope" in str(error) else NOT_NOW
    told = answer["file"]
    if told.get("is_external") or told.get("mode") == "external":
        return ELSEWHERE
    name, size, url = (told.get(each) for each in ("name", "size", "url_private"))
    return SharedFile(str(told["id"]), str(name or ""), int(size or 0), str(url or ""))


async def download(slack: AsyncWebClient, file: SharedFile, to: Path, limit: int) -> bool:
    """Write a file's content to a path, ``limit`` bytes of it at most; False when Slack does not give it."""
    if slack.session is None:
        raise RuntimeError("the client has no session to share")
    if not _is_slacks(slack, file.url):
        _log.warning("a file lies elsewhere than in Slack", file=file.id)
        return False
    # Where Slack leads elsewhere, it does not give the file; the token follows to no other place.
    headers = {"Authorization": f"Bearer {slack.token}"}
    asked = slack.session.get(file.url, headers=headers, allow_redirects=False)
    try:
        async with asyncio.timeout(_DOWNLOAD_SECONDS), asked as response:
            # Slack answers with its sign-in page where the bot may not read the file.
            if response.status != _OK or response.content_type == "text/html":
                return False
            left = limit
            with to.open("wb") as kept:
                async for chunk in response.content.iter_chunked(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        return False
                    kept.write(chunk)
    except (ClientError, TimeoutError, OSError) as error:
        _log.warning("slack did not give a file", file=file.id, error=error)
        return False
    return True


def _is_slacks(slack: AsyncWebClient, url: str) -> bool:
    """Tell whether an address is Slack's own: the bot's token goes nowhere else."""
    asked, known = urlsplit(url), urlsplit(slack.base_url)
    is_same = (asked.scheme, asked.hostname, asked.port) == (known.scheme, known.hostname, known.port)
    host = asked.hostname or ""
    return is_same or (asked.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com")))
