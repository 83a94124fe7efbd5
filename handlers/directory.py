"""What Slack says of people and conversations, kept for a while; in doubt it says that it does not know."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.gestures import Openness, Place

T = TypeVar("T")
_log = structlog.get_logger(__name__)

_KEPT = timedelta(minutes=10)
_PATIENCE_SECONDS = 2
_PAGE = 1000
_KEPT_AT_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Person:
    """A person as Slack knows them. A guest is anybody who is not a full member of the workspace."""

    user_id: str
    name: str
    is_guest: bool
    is_admin: bool
    is_bot: bool = False


class Kept(Generic[T]):
    """Answers by key, each good for ten minutes."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], tuple[datetime, T]] = {}

    def get(self, key: tuple[str, str], now: datetime) -> T | None:
        found = self._answers.get(key)
        return found[1] if found is not None and now - found[0] < _KEPT else None

    def put(self, key: tuple[str, str], answer: T, now: datetime) -> T:
        if len(self._answers) >= _KEPT_AT_MOST:
            self._answers.clear()
        self._answers[key] = (now, answer)
        return answer


class Directory:
    """Asks Slack who somebody is and where they belong. Keys are (team_id, user_id) or (team_id, channel_id)."""

    def __init__(self, slack: AsyncWebClient, now: Callable[[], datetime]) -> None:
        self._slack = slack
        self._now = now
        self._people: Kept[Person] = Kept()
        self._private_channels: Kept[frozenset[str]] = Kept()
        self._openness: Kept[Openness] = Kept()

    async def person(self, team_id: str, user_id: str) -> Person | None:
        """Return the person, or None when Slack cannot be asked."""
        key = (team_id, user_id)
        known = self._people.get(key, self._now())
        if known is not None:
            return known
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                answer = await self._slack.users_info(user=user_id)
        except _NO_ANSWER as error:
            _log.warning("slack did not say who a person is", user=user_id, error=str(error))
            return None
        return self._people.put(key, _person(answer["user"]), self._now())

    async def private_channels(self, team_id: str, user_id: str) -> frozenset[str]:
        """Return the private channels that both the person and the bot are in; none when Slack cannot be asked."""
        key = (team_id, user_id)
        known = self._private_channels.get(key, self._now())
        if known is not None:
            return known
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                found = await self._ask_private_channels(user_id)
        except _NO_ANSWER as error:
            _log.warning("slack did not say where a person belongs", user=user_id, error=str(error))
            return frozenset()
        return self._private_channels.put(key, found, self._now())

    async def _ask_private_channels(self, user_id: str) -> frozenset[str]:
        found: set[str] = set()
        cursor = ""
        while True:
            answer = await self._slack.users_conversations(
                user=user_id, types="private_channel", limit=_PAGE, cursor=cursor
            )
            found.update(channel["id"] for channel in answer["channels"])
            metadata: dict[str, str] = answer.get("response_metadata") or {}
            cursor = metadata.get("next_cursor", "")
            if not cursor:
                return frozenset(found)

    async def openness(self, team_id: str, place: Place) -> Openness:
        """Return whether a conversation is public; "private" when Slack cannot be asked."""
        if place.openness != "unknown":
            return place.openness
        key = (team_id, place.channel_id)
        known = self._openness.get(key, self._now())
        if known is not None:
            return known
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                answer = await self._slack.conversations_info(channel=place.channel_id)
        except _NO_ANSWER:
            return "private"
        is_public = bool(answer["channel"].get("is_channel")) and not answer["channel"].get("is_private")
        return self._openness.put(key, "public" if is_public else "private", self._now())


_NO_ANSWER = (SlackApiError, SlackClientError, ClientError, TimeoutError, OSError)


def _person(user: dict[str, object]) -> Person:
    is_member = not any(user.get(flag) for flag in ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted"))
    return Person(
        user_id=str(user["id"]),
        name=str(user.get("real_name") or user.get("name") or user["id"]),
        is_guest=not is_member,
        is_bot=bool(user.get("is_bot")),
        is_admin=is_member and any(user.get(flag) for flag in ("is_admin", "is_owner", "is_primary_owner")),
    )
