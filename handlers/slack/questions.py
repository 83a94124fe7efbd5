"""Asks Slack, and no method more often than Slack takes it, nor before it wants to be asked again.

Tiers: https://docs.slack.dev/apis/web-api/rate-limits. What is not asked is not known, and in doubt nothing is shown.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.slack.cache import NotAskedError, is_timed

#: So many of a list at a time, as Slack advises: https://docs.slack.dev/apis/web-api/pagination
PAGE = 200
#: So Slack says that there is no such conversation for the bot.
NO_PLACE = ("channel_not_found", "team_access_not_granted")
_MINUTE = timedelta(minutes=1)
#: So often a minute at most: its tier, or a little below where others of the program call it, too.
_MOST = {
    "conversations.info": 45,
    "conversations.members": 100,
    "conversations.open": 45,
    "users.conversations": 45,
    "users.info": 95,
}
#: What nobody waits for leaves so much of that to people.
_LEFT_TO_PEOPLE = 0.2
_TOO_MANY = 429


class Questions:
    """Calls methods that tell something and change nothing."""

    def __init__(self, slack: AsyncWebClient, now: Callable[[], datetime]) -> None:
        self._slack, self._now = slack, now
        self._calls: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._held_until: dict[str, datetime] = {}

    async def ask(self, method: str, **arguments: object) -> AsyncSlackResponse:
        """Return what Slack answers. Raises one of NO_ANSWER."""
        self._take_turn(method)
        try:
            return await self._slack.api_call(method, params=arguments)
        except SlackApiError as error:
            told = error.response
            if isinstance(told, AsyncSlackResponse) and told.status_code == _TOO_MANY:
                self._held_until[method] = self._now() + timedelta(seconds=_seconds(told))
            raise

    async def all(self, method: str, name: str, **arguments: object) -> list[Any]:
        """Return everything that a method lists under a name, page by page. Raises one of NO_ANSWER."""
        page = await self.ask(method, **arguments)
        found = list(page[name])
        while cursor := (page.get("response_metadata") or {}).get("next_cursor"):
            page = await self._go_on(method, **arguments, cursor=cursor)
            found += page[name]
        return found

    async def _go_on(self, method: str, **arguments: object) -> AsyncSlackResponse:
        """Return a further page, however long Slack wants to be left alone before it: a long list takes minutes."""
        while True:
            try:
                return await self.ask(method, **arguments)
            except SlackApiError as error:
                told = error.response
                if not isinstance(told, AsyncSlackResponse) or told.status_code != _TOO_MANY:
                    raise
                await asyncio.sleep(_seconds(told))

    def _take_turn(self, method: str) -> None:
        """Count a call. Raises NotAskedError where it may not be made now."""
        calls, now, most = self._calls[method], self._now(), _MOST.get(method)
        while calls and calls[0] <= now - _MINUTE:
            calls.popleft()
        if most is not None and is_timed():
            most -= round(most * _LEFT_TO_PEOPLE)
        if self._held_until.get(method, now) > now or (most is not None and len(calls) >= most):
            raise NotAskedError(method)
        calls.append(now)


def code_of(error: Exception) -> str:
    """Return Slack's error code; empty where the answer was none of Slack's."""
    told = error.response if isinstance(error, SlackApiError) else None
    is_slacks = isinstance(told, AsyncSlackResponse) and isinstance(told.data, dict)
    return str(told.data.get("error", "")) if told is not None and is_slacks else ""


def _seconds(answer: AsyncSlackResponse) -> int:
    told = next((value for name, value in answer.headers.items() if name.lower() == "retry-after"), "1")
    return int(told) if str(told).isdigit() else 1
