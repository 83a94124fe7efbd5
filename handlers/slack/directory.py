"""What Slack says of people and conversations, kept for a while; in doubt it says that it does not know."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.slack.cache import NO_ANSWER, PATIENCE_SECONDS, Cache, Key, within
from handlers.slack.interactions import Place
from handlers.slack.users import Person, person_of
from storage.engine.interface import WORKSPACE

_log = structlog.get_logger(__name__)

#: Slack's advice for every list. All people may be asked for 20 times a minute only, so that they come in fewer pages.
_PAGE, _PEOPLE_PAGE = 200, 1000
_PERMALINK = re.compile(r"/archives/(?P<channel>[A-Z0-9]+)/p(?P<seconds>\d{10})(?P<rest>\d{6})")
_NOBODY = ("user_not_found", "users_not_found", "user_not_visible")
_NO_PLACE = ("channel_not_found", "team_access_not_granted")


class Directory:
    """Asks Slack who somebody is and where they belong. Keys are (team_id, user_id) or (team_id, channel_id)."""

    def __init__(self, slack: AsyncWebClient, now: Callable[[], datetime]) -> None:
        self._slack = slack
        self._now = now
        self._people = Cache("who a person is", self._ask_person, now)
        self._private_channels = Cache("where a person belongs", self._ask_private_channels, now)
        self._places = Cache("what a conversation is", self._ask_place, now)
        self._directs = Cache("which conversation is the bot's with", self._ask_direct, now)
        self._members = Cache("who is in a conversation", self._ask_members, now)
        self._admins = Cache("who the admins are", self._ask_admins, now)
        self._last_admins: dict[str, frozenset[str]] = {}
        self._gone = Cache("whether a message is there", self._ask_gone, now)

    @property
    def slack(self) -> AsyncWebClient:
        """Return what Slack is asked with, for questions that are asked once."""
        return self._slack

    async def person(self, team_id: str, user_id: str) -> Person | None:
        """Return the person, or None when Slack cannot be asked; who does not exist is no member, like a guest."""
        return await self._people.get((team_id, user_id), None)

    async def _ask_person(self, key: Key) -> Person:
        team_id, user_id = key
        try:
            return person_of((await self._slack.users_info(user=user_id))["user"], team_id)
        except SlackApiError as error:
            if _code(error) in _NOBODY:
                return Person(user_id, user_id, is_guest=True, is_admin=False)
            raise

    async def is_quiet(self, team_id: str, user_id: str) -> bool:
        """Tell whether Slack keeps notifications from a person now; yes when Slack cannot be asked."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await self._slack.dnd_info(user=user_id, team_id=team_id)
        except NO_ANSWER as error:
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
        return await self._private_channels.get((team_id, user_id), frozenset())

    async def _ask_private_channels(self, key: Key) -> frozenset[str]:
        pages = await self._slack.users_conversations(user=key[1], types="private_channel", limit=_PAGE)
        return frozenset([channel["id"] async for page in pages for channel in page["channels"]])

    async def members(self, team_id: str, channel_id: str) -> frozenset[str]:
        """Return who is in a conversation of the bot's; nobody when Slack cannot be asked."""
        return await self._members.get((team_id, channel_id), frozenset())

    async def _ask_members(self, key: Key) -> frozenset[str]:
        pages = await self._slack.conversations_members(channel=key[1], limit=_PAGE)
        return frozenset([user_id async for page in pages for user_id in page["members"]])

    async def who_may_hear(self, team_id: str, visibility: str) -> frozenset[str] | None:
        """Return who may be told of a record: the members of its channel; None where everybody may."""
        return None if visibility == WORKSPACE else await self.members(team_id, visibility)

    async def bot_is_in(self, channel_id: str) -> bool:
        """Tell whether the bot is in a conversation; no when Slack cannot be asked."""
        channel = await within(PATIENCE_SECONDS, self._channel(channel_id), None, f"whether the bot is in {channel_id}")
        return channel is not None and bool(channel.get("is_member") or channel.get("is_im"))

    async def _channel(self, channel_id: str) -> Mapping[str, Any] | None:
        """Return a conversation in Slack's words; None where it is not there for the bot, which is an answer, too."""
        try:
            found: Mapping[str, Any] = (await self._slack.conversations_info(channel=channel_id))["channel"]
        except SlackApiError as error:
            if _code(error) in _NO_PLACE:
                return None
            raise
        return found

    async def is_own_direct(self, team_id: str, user_id: str, channel_id: str) -> bool:
        """Tell whether a conversation is the one between a person and the bot; no when Slack cannot be asked."""
        return await self._directs.get((team_id, user_id), "") == channel_id

    async def _ask_direct(self, key: Key) -> str:
        return str((await self._slack.conversations_open(users=[key[1]]))["channel"]["id"])

    async def admins(self, team_id: str, patience: float = PATIENCE_SECONDS) -> frozenset[str]:
        """Return the workspace's admins and owners: the last that Slack told, none where it never did.

        Where nobody waits for the answer, ``patience`` may be many seconds: a large workspace has many pages.
        """
        return await self._admins.get((team_id, ""), self._last_admins.get(team_id, frozenset()), patience)

    async def _ask_admins(self, key: Key) -> frozenset[str]:
        pages = await self._slack.users_list(limit=_PEOPLE_PAGE)
        users = [user async for page in pages for user in page["members"] if not user.get("deleted")]
        people = [person_of(user, key[0]) for user in users]
        found = frozenset(each.user_id for each in people if each.is_admin and not each.is_bot)
        self._last_admins[key[0]] = found
        return found

    async def is_gone(self, team_id: str, link: str) -> bool:
        """Tell whether the message that a permalink leads to was deleted; no when Slack does not say so."""
        match = _PERMALINK.search(link)
        if match is None:
            return False
        message = f"{match['channel']} {match['seconds']}.{match['rest']}"
        return await self._gone.get((team_id, message), otherwise=False)

    async def _ask_gone(self, key: Key) -> bool:
        channel, _, ts = key[1].partition(" ")
        try:
            await self._slack.chat_getPermalink(channel=channel, message_ts=ts)
        except SlackApiError as error:
            if _code(error) in ("message_not_found", *_NO_PLACE):
                return _code(error) == "message_not_found"
            raise
        return False

    def knows_place(self, team_id: str, channel_id: str) -> bool:
        """Tell whether Slack has described a conversation lately."""
        return (team_id, channel_id) in self._places

    async def described(self, team_id: str, place: Place) -> Place:
        """Return the conversation as Slack describes it; private and read by others when Slack does not say."""
        if place.channel_id.startswith("D"):
            return replace(place, openness="private")
        return await self._places.get((team_id, place.channel_id), _unknown(place.channel_id))

    async def _ask_place(self, key: Key) -> Place:
        channel = await self._channel(key[1])
        if channel is None:
            return _unknown(key[1])
        is_public = bool(channel.get("is_channel")) and not channel.get("is_private")
        is_shared = any(channel.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared"))
        return Place(key[1], "public" if is_public else "private", is_shared=is_shared)


def _unknown(channel_id: str) -> Place:
    return Place(channel_id, "private", is_shared=True)


def _code(error: Exception) -> str:
    """Return Slack's error code; empty where the answer was none of Slack's."""
    told = error.response if isinstance(error, SlackApiError) else None
    is_slacks = isinstance(told, AsyncSlackResponse) and isinstance(told.data, dict)
    return str(told.data.get("error", "")) if told is not None and is_slacks else ""
