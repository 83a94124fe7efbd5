"""What Slack answered, kept for a while; who asks the same at the same time shares one call."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Generic, TypeVar

import structlog
from aiohttp import ClientError
from cachetools import TTLCache
from slack_sdk.errors import SlackApiError, SlackClientError

T = TypeVar("T")
Otherwise = TypeVar("Otherwise")
Key = tuple[str, str]
_log = structlog.get_logger(__name__)

NO_ANSWER = (SlackApiError, SlackClientError, ClientError, TimeoutError, OSError)
#: Two calls in a row must leave time for the answer: Slack waits three seconds for it.
PATIENCE_SECONDS = 1.2
_KEPT_SECONDS = 600
_KEPT_AT_MOST = 50_000


class Cache(Generic[T]):
    """Answers to one question by (team_id, whom or what it is about), each good for ten minutes.

    The least recently used goes where there are too many. What Slack did not answer is asked anew the next time.
    """

    def __init__(
        self,
        what: str,
        ask: Callable[[Key], Coroutine[None, None, T]],
        now: Callable[[], datetime],
        most: int = _KEPT_AT_MOST,
    ) -> None:
        self._what, self._ask = what, ask
        self._kept: TTLCache[Key, T] = TTLCache(most, _KEPT_SECONDS, lambda: now().timestamp())
        self._asked: dict[Key, asyncio.Task[T]] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._kept

    def drop(self, key: Key) -> None:
        """Ask Slack anew; a call that is on its way counts as of before."""
        self._kept.pop(key, None)
        self._asked.pop(key, None)

    async def get(self, key: Key, otherwise: Otherwise, patience: float = PATIENCE_SECONDS) -> T | Otherwise:
        """Return what is known, else what Slack says within ``patience``, in seconds; ``otherwise`` if it does not."""
        known = self._kept.get(key)
        if known is not None:
            return known
        return await within(patience, asyncio.shield(self._call(key)), otherwise, f"{self._what} {key[1]}")

    def _call(self, key: Key) -> asyncio.Task[T]:
        """Return the call that is on its way, or a new one. It goes on where nobody waits any longer."""
        call = self._asked.get(key)
        if call is None:
            call = self._asked[key] = asyncio.create_task(self._ask(key))
            call.add_done_callback(lambda done: self._keep(key, done))
        return call

    def _keep(self, key: Key, done: asyncio.Task[T]) -> None:
        is_answered = not done.cancelled() and done.exception() is None
        if self._asked.get(key) is done:
            del self._asked[key]
            if is_answered:
                self._kept[key] = done.result()


async def within(patience: float, answer: Awaitable[T], otherwise: Otherwise, what: str) -> T | Otherwise:
    """Return what Slack answers in so many seconds; ``otherwise`` where it does not."""
    try:
        async with asyncio.timeout(patience):
            return await answer
    except NO_ANSWER as error:
        _log.warning("slack did not say", what=what, error=str(error))
        return otherwise
