"""What Slack says of people and conversations, kept for a while; in doubt it says that it does not know."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.slack.interactions import Place
from handlers.slack.users import Person, person_of
from storage.engine.interface import WORKSPACE

T = TypeVar("T")
_log = structlog.get_logger(__name__)

_KEPT = timedelta(minutes=10)
#: Two calls in a row must leave time for the answer: Slack waits three seconds for it.
_PATIENCE_SECONDS = 1.2
_PAGE = 1000
_PERMALINK = re.compile(r"/archives/(?P<channel>[A-Z0-9]+)/p(?P<seconds>\d{10})(?P<rest>\d{6})")
_KEPT_AT_MOST = 50_000
_NOBODY = ("user_not_found", "users_not_found", "user_not_visible")
_NO_PLACE = ("channel_not_found", "team_access_not_granted")


class Kept(Generic[T]):
    """Answers by key, each good for ten minutes."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], tuple[datetime, T]] = {}

    def get(self, key: tuple[str, str], now: datetime) -> T | None:
        found = self._answers.get(key)
        return found[1] if found is not None and now - found[0] < _KEPT else None

    def drop(self, key: tuple[str, str]) -> None:
        self._answers.pop(key, None)

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
        self._places: Kept[Place] = Kept()
        self._directs: Kept[str] = Kept()
        self._members: Kept[frozenset[str]] = Kept()
        self._admins: Kept[frozenset[str]] = Kept()
        self._last_admins: dict[str, frozenset[str]] = {}
        self._gone: Kept[bool] = Kept()

    @property
    def slack(self) -> AsyncWebClient:
        """Return what Slack is asked with, for questions that are asked once."""
        return self._slack

    async def person(self, team_id: str, user_id: str) -> Person | None:
        """Return the person, or None when Slack cannot be asked; who does not exist is no member, like a guest."""
        key = (team_id, user_id)
        known = self._people.get(key, self._now())
        if known is not None:
            return known
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                answer = await self._slack.users_info(user=user_id)
        except _NO_ANSWER as error:
            if _code(error) in _NOBODY:
                nobody = Person(user_id, user_id, is_guest=True, is_admin=False)
                return self._people.put(key, nobody, self._now())
            _log.warning("slack did not say who a person is", user=user_id, error=str(error))
            return None
        return self._people.put(key, person_of(answer["user"], team_id), self._now())

    async def is_quiet(self, team_id: str, user_id: str) -> bool:
        """Tell whether Slack keeps notifications from a person now; yes when Slack cannot be asked."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                answer = await self._slack.dnd_info(user=user_id, team_id=team_id)
        except _NO_ANSWER as error:
            _log.warning("slack did not say whether a person may be disturbed", user=user_id, error=str(error))
            # Where the workspace never lets the bot ask, their working hours alone count.
            return _code(error) != "missing_scope"
        now = self._now().timestamp()
        is_snoozed = bool(answer.get("snooze_enabled")) and float(answer.get("snooze_endtime") or 0) > now
        start, end = (float(answer.get(f"next_dnd_{each}_ts") or 0) for each in ("start", "end"))
        return is_snoozed or (bool(answer.get("dnd_enabled")) and start <= now < end)

    def forget(self, team_id: str, user_id: str) -> None:
        """Ask Slack anew who a person is, as after a change of theirs."""
        self._people.drop((team_id, user_id))

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

    async def members(self, team_id: str, channel_id: str) -> frozenset[str]:
        """Return who is in a conversation of the bot's; nobody when Slack cannot be asked."""
        key = (team_id, channel_id)
        known = self._members.get(key, self._now())
        if known is not None:
            return known
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                found = await self._ask_members(channel_id)
        except _NO_ANSWER as error:
            _log.warning("slack did not say who is in a conversation", channel=channel_id, error=str(error))
            return frozenset()
        return self._members.put(key, found, self._now())

    async def _ask_members(self, channel_id: str) -> frozenset[str]:
        found: set[str] = set()
        cursor = ""
        while True:
            answer = await self._slack.conversations_members(channel=channel_id, limit=_PAGE, cursor=cursor)
            found.update(answer["members"])
            metadata: dict[str, str] = answer.get("response_metadata") or {}
            cursor = metadata.get("next_cursor", "")
            if not cursor:
                return frozenset(found)

    async def who_may_hear(self, team_id: str, visibility: str) -> frozenset[str] | None:
        """Return who may be told of a record: the members of its channel; None where everybody may."""
        return None if visibility == WORKSPACE else await self.members(team_id, visibility)

    async def is_in(self, team_id: str, user_id: str, channel_id: str) -> bool:
        """Tell whether a person is in a conversation of the bot's; no when Slack cannot be asked."""
        return channel_id in await self.private_channels(team_id, user_id)

    async def bot_is_in(self, channel_id: str) -> bool:
        """Tell whether the bot is in a conversation; no when Slack cannot be asked."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                answer = await self._slack.conversations_info(channel=channel_id)
        except _NO_ANSWER as error:
            _log.info("slack did not say whether the bot is in a conversation", channel=channel_id, error=str(error))
            return False
        return bool(answer["channel"].get("is_member") or answer["channel"].get("is_im"))

    async def is_own_direct(self, team_id: str, user_id: str, channel_id: str) -> bool:
        """Tell whether a conversation is the one between a person and the bot; no when Slack cannot be asked."""
        known = self._directs.get((team_id, user_id), self._now())
        if known is None:
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    answer = await self._slack.conversations_open(users=[user_id])
            except _NO_ANSWER as error:
                _log.info("slack did not say which conversation is the bot's", user=user_id, error=str(error))
                return False
            known = self._directs.put((team_id, user_id), str(answer["channel"]["id"]), self._now())
        return known == channel_id

    async def admins(self, team_id: str, patience: float = _PATIENCE_SECONDS) -> frozenset[str]:
        """Return the workspace's admins and owners: the last that Slack told, none where it never did.

        Where nobody waits for the answer, ``patience`` may be many seconds: a large workspace has many pages.
        """
        key = (team_id, "")
        known = self._admins.get(key, self._now())
        if known is not None:
            return known
        try:
            async with asyncio.timeout(patience):
                found = await self._ask_admins(team_id)
        except _NO_ANSWER as error:
            _log.warning("slack did not say who the admins are", error=str(error))
            return self._last_admins.get(team_id, frozenset())
        self._last_admins[team_id] = found
        return self._admins.put(key, found, self._now())

    async def _ask_admins(self, team_id: str) -> frozenset[str]:
        found: set[str] = set()
        cursor = ""
        while True:
            answer = await self._slack.users_list(limit=_PAGE, cursor=cursor)
            people = [person_of(user, team_id) for user in answer["members"] if not user.get("deleted")]
            found.update(each.user_id for each in people if each.is_admin and not each.is_bot)
            metadata: dict[str, str] = answer.get("response_metadata") or {}
            cursor = metadata.get("next_cursor", "")
            if not cursor:
                return frozenset(found)

    async def is_gone(self, team_id: str, link: str) -> bool:
        """Tell whether the message that a permalink leads to was deleted; no when Slack does not say so."""
        match = _PERMALINK.search(link)
        if match is None:
            return False
        known = self._gone.get((team_id, link), self._now())
        if known is not None:
            return known
        ts, is_deleted = f"{match['seconds']}.{match['rest']}", False
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._slack.chat_getPermalink(channel=match["channel"], message_ts=ts)
        except _NO_ANSWER as error:
            is_deleted = _code(error) == "message_not_found"
        return self._gone.put((team_id, link), is_deleted, self._now())

    def knows_place(self, team_id: str, channel_id: str) -> bool:
        """Tell whether Slack has described a conversation lately."""
        return self._places.get((team_id, channel_id), self._now()) is not None

    async def described(self, team_id: str, place: Place) -> Place:
        """Return the conversation as Slack describes it; private and read by others when Slack does not say."""
        if place.channel_id.startswith("D"):
            return replace(place, openness="private")
        key = (team_id, place.channel_id)
        known = self._places.get(key, self._now())
        if known is not None:
            return known
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                answer = await self._slack.conversations_info(channel=place.channel_id)
        except _NO_ANSWER as error:
            _log.info("slack did not describe a conversation", channel=place.channel_id, error=str(error))
            unknown = Place(place.channel_id, "private", is_shared=True)
            # What is not there for the bot is an answer, and stays so for a while.
            return self._places.put(key, unknown, self._now()) if _code(error) in _NO_PLACE else unknown
        channel = answer["channel"]
        is_public = bool(channel.get("is_channel")) and not channel.get("is_private")
        is_shared = any(channel.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared"))
        return self._places.put(
            key, Place(place.channel_id, "public" if is_public else "private", is_shared=is_shared), self._now()
        )


_NO_ANSWER = (SlackApiError, SlackClientError, ClientError, TimeoutError, OSError)


def _code(error: Exception) -> str:
    """Return Slack's error code; empty where the answer was none of Slack's."""
    told = error.response if isinstance(error, SlackApiError) else None
    is_slacks = isinstance(told, AsyncSlackResponse) and isinstance(told.data, dict)
    return str(told.data.get("error", "")) if told is not None and is_slacks else ""
