"""What Slack says of people and conversations, kept for a while; in doubt it says that it does not know."""

import asyncio
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack import changes
from handlers.slack.cache import NO_ANSWER, Cache, Key, patience
from handlers.slack.channels import Belonging, Channel, as_channel, belonging, stricter, unknown
from handlers.slack.interactions import Place, Quote
from handlers.slack.people import People
from handlers.slack.permalinks import is_deleted, message_of
from handlers.slack.questions import NO_PLACE, PAGE, Questions, code_of
from handlers.slack.quiet import is_quiet
from handlers.slack.threads import may_read, said_before
from handlers.slack.users import Person
from handlers.slack.whereabouts import Whereabouts, listed
from storage.engine.interface import WORKSPACE
from storage.records import former

_log = structlog.get_logger(__name__)

#: What cannot change, such as whose a direct message is, or what is only a hint.
_KEPT_LONGER_SECONDS = 600
#: A person's conversation with the bot stays the same; every button that is pressed in it asks for it.
_DIRECTS_KEPT_SECONDS = 86_400
#: What was told so lately is still what Slack would say.
_AFRESH_SECONDS = 5
#: A conversation that the bot may not look into has no members for it; that is kept like any answer.
_NO_MEMBERS = (*NO_PLACE, "not_in_channel", "missing_scope", "method_not_supported_for_channel_type")


class Directory:
    """Asks Slack who somebody is and where they belong. Keys are (team_id, user_id) or (team_id, channel_id).

    What it says is kept by a ``steady`` clock; ``now`` is the time on the wall, where that is another one.
    """

    def __init__(
        self, slack: AsyncWebClient, steady: Callable[[], datetime], now: Callable[[], datetime] | None = None
    ) -> None:
        self._slack = slack
        self._now = now or steady
        self._questions = Questions(slack, steady)
        self._people = People(self._questions, steady)
        self._channels = Cache("what a conversation is", self._ask_channel, steady)
        self._members = Cache("who is in a conversation", self._ask_members, steady)
        self._whereabouts = Whereabouts(self._questions, steady)
        longer = {"seconds": _KEPT_LONGER_SECONDS}
        self._directs = Cache(
            "which conversation is the bot's with", self._ask_direct, steady, seconds=_DIRECTS_KEPT_SECONDS
        )
        self._heard = 0
        #: How much of what other replicas have heard is known here, by workspace.
        self.followed: dict[str, int] = {}
        self._gone = Cache(
            "whether a message is there", lambda key: is_deleted(self._questions, key[1]), steady, **longer
        )

    @property
    def slack(self) -> AsyncWebClient:
        """Return what Slack is asked with, for questions that are asked once."""
        return self._slack

    def hear(self, team_id: str, event: Mapping[str, Any]) -> None:
        """Take note of what Slack tells of people and conversations; an event that comes late does no harm."""
        match event.get("type"):
            case kind if kind in changes.PEOPLE:
                self._people.learn(team_id, event["user"])
                if event["user"].get("deleted"):
                    # Slack tells of no channel that they leave.
                    self._members.clear()
            case "member_left_channel":
                gone = frozenset([event["user"]])
                self._members.change((team_id, event["channel"]), lambda members: members - gone)
                self._channels.drop((team_id, event["channel"]))
                self._whereabouts.drop((team_id, event["channel"]))
                self._heard += 1
            case kind if kind in changes.PLACES:
                self._heard += 1
                for channel_id in changes.named_in(event):
                    self._members.drop((team_id, channel_id))
                    self._channels.drop((team_id, channel_id))
                    self._whereabouts.drop((team_id, channel_id))
            case "team_access_revoked" if team_id in event["team_ids"]:
                self.clear()

    def clear(self) -> None:
        """Ask Slack everything anew."""
        self._heard += 1
        for each in (self._people, self._members, self._channels, self._directs, self._gone, self._whereabouts):
            each.clear()

    def doubt(self, team_id: str, user_id: str, *, has_left: bool) -> None:
        """Ask anew who a person is, of whom Slack has told somebody else; and who is where, if they have left."""
        self._people.doubt(team_id, user_id)
        if has_left:
            self._members.clear()

    async def person(self, team_id: str, user_id: str) -> Person | None:
        """Return the person, or None when Slack cannot be asked; who does not exist is no member, like a guest."""
        if former.is_former(user_id):
            return Person(user_id, former.NAME, is_guest=True, is_admin=False)
        return await self._people.person(team_id, user_id)

    def foresee(self, team_id: str, user_id: str, channel_id: str) -> None:
        """Ask at once all that an answer there may need, where Slack is slow and would be asked one by one."""
        self._people.foresee(team_id, user_id)
        for kept in (self._channels, self._members) if channel_id and not channel_id.startswith("D") else ():
            if (team_id, channel_id) not in kept:
                kept.begin((team_id, channel_id))

    def person_known(self, team_id: str, user_id: str) -> Person | None:
        """Return who Slack has said lately that somebody is, if anything."""
        return self._people.known(team_id, user_id)

    async def is_quiet(self, team_id: str, user_id: str) -> bool:
        """Tell whether Slack keeps notifications from a person now; yes when Slack cannot be asked."""
        return await is_quiet(self._questions, self._now(), team_id, user_id)

    async def belongs(self, team_id: str, user_id: str, places: Iterable[str]) -> Belonging:
        """Return in which of these channels a person is now, besides the bot.

        Who was not in one a few minutes ago is not looked for in it: Slack tells of who joins, and whoever leaves
        unheard of is found out.
        """
        channels = [each for each in places if not each.startswith("D")]
        known = {each: self._members.known((team_id, each), _KEPT_LONGER_SECONDS) for each in channels}
        asked = [each for each, people in known.items() if people is None or user_id in people]
        answers = {each: self._members.known((team_id, each)) for each in asked}
        if unknown := [each for each, people in answers.items() if people is None]:
            found = await asyncio.gather(*(self._members.get((team_id, each), None) for each in unknown))
            answers |= dict(zip(unknown, found, strict=True))
        return belonging(user_id, answers)

    async def belongs_now(self, team_id: str, user_id: str, channel_id: str) -> Belonging:
        """Return whether a person is in a channel now, besides the bot; that they weren't a while ago doesn't count."""
        return belonging(user_id, {channel_id: await self._members.get((team_id, channel_id), None)})

    async def is_member(self, team_id: str, user_id: str, channel_id: str) -> bool | None:
        """Tell whether somebody is in a conversation now; None when Slack cannot be asked."""
        mine = await self.belongs_now(team_id, user_id, channel_id)
        return None if mine.unknown else bool(mine.places)

    def is_shut_out(self, team_id: str, channel_id: str) -> bool:
        """Tell whether Slack has said lately that the bot may not look into a conversation: it has no members then."""
        return self._members.known((team_id, channel_id)) == frozenset()

    async def members(self, team_id: str, channel_id: str) -> frozenset[str]:
        """Return who is in a conversation of the bot's; nobody when Slack cannot be asked."""
        return await self._members.get((team_id, channel_id), frozenset())

    async def has_any(self, team_id: str, channel_id: str, people: frozenset[str]) -> bool | None:
        """Tell whether any of these people is in a conversation of the bot's; None when Slack does not say."""
        if not people:
            return False
        if (seen := self._whereabouts.any_in(team_id, channel_id, people)) is not None:
            return seen
        members = await self.members(team_id, channel_id)
        return None if not members else not members.isdisjoint(people)

    async def _ask_members(self, key: Key) -> frozenset[str]:
        if not key[1]:
            return frozenset()
        try:
            return frozenset(await self._questions.all("conversations.members", "members", channel=key[1], limit=PAGE))
        except SlackApiError as error:
            if code_of(error) in _NO_MEMBERS:
                return frozenset()
            raise

    async def who_may_hear(self, team_id: str, visibility: str) -> frozenset[str] | None:
        """Return who may be told of a record: the members of its channel; None where everybody may."""
        return None if visibility == WORKSPACE else await self.members(team_id, visibility)

    async def bot_is_in(self, team_id: str, channel_id: str) -> bool:
        """Tell whether the bot is in a conversation now; no when Slack cannot be asked."""
        return (await self.channel_now(team_id, channel_id)).has_bot

    async def has_bot(self, team_id: str, channel_id: str) -> bool:
        """Tell whether the bot is in a channel, by what is kept; no when Slack cannot be asked."""
        return (await self._channels.get((team_id, channel_id), unknown(channel_id))).has_bot

    def knows_bot_in(self, team_id: str, channel_id: str) -> bool:
        """Tell whether Slack has said lately that the bot is in a conversation."""
        known = self.channel_known(team_id, channel_id)
        return known is not None and known.has_bot

    def channel_known(self, team_id: str, channel_id: str) -> Channel | None:
        """Return what Slack has said of a conversation lately, if anything."""
        return self._channels.known((team_id, channel_id))

    async def channel_now(self, team_id: str, channel_id: str) -> Channel:
        """Ask Slack afresh what a conversation is: before a record is made or shown in it.

        What it said a moment ago counts, or one person's many forms would use up what Slack takes in a minute.
        """
        if channel_id.startswith("D"):
            # Whose a direct message is, ``is_own_direct`` knows; Slack describes none without a scope of its own.
            return unknown(channel_id)
        return await self._channels.get_afresh((team_id, channel_id), unknown(channel_id), _AFRESH_SECONDS)

    async def _ask_channel(self, key: Key) -> Channel:
        if not key[1]:
            return unknown("")
        try:
            channel = (await self._questions.ask("conversations.info", channel=key[1]))["channel"]
        except SlackApiError as error:
            # That it is not there for the bot is an answer, too.
            if code_of(error) in NO_PLACE:
                return unknown(key[1])
            raise
        # Slack describes a direct message, of two people or more, to those alone who are in it.
        return as_channel(channel, has_bot=any(channel.get(each) for each in ("is_member", "is_im", "is_mpim")))

    async def describe_all(self, team_id: str) -> None:
        """Ask what all the bot's channels are, and where guests are, by few calls, for who asks about many next."""
        heard = self._heard
        try:
            async with patience():
                found = await listed(self._questions, team_id)
        except NO_ANSWER as error:
            _log.warning("slack did not list the bot's channels", error=error)
            return
        # What changed meanwhile may be listed as it was before.
        if self._heard == heard:
            for each in found:
                self._channels.put((team_id, each["id"]), as_channel(each, has_bot=True))
            await self._look_for_guests(team_id, [each["id"] for each in found], heard)

    async def foresee_members(self, team_id: str, channels: Collection[str], private: Container[str]) -> None:
        """Ask who is in many channels before that is needed: in private ones, and where a guest may be."""
        guests = await self.guests(team_id) or frozenset()
        may_be = {each for each in channels if guests and self._whereabouts.any_in(team_id, each, guests) is None}
        await self._members.foresee((team_id, each) for each in channels if each in private or each in may_be)

    async def _look_for_guests(self, team_id: str, channels: list[str], heard: int) -> None:
        guests = await self.guests(team_id)
        if guests and not self._whereabouts.covers(team_id, channels, guests):
            told = await self._whereabouts.ask(team_id, guests)
            if told is not None and self._heard == heard:
                self._whereabouts.keep(team_id, channels, told)

    async def is_own_direct(self, team_id: str, user_id: str, channel_id: str) -> bool | None:
        """Tell whether a conversation is the one between a person and the bot; None when Slack cannot be asked."""
        own = await self._directs.get((team_id, user_id), None)
        return None if own is None else own == channel_id

    async def _ask_direct(self, key: Key) -> str:
        return str((await self._questions.ask("conversations.open", users=key[1]))["channel"]["id"])

    async def admins(self, team_id: str, patience: float | None = None) -> frozenset[str]:
        """Return the workspace's admins and owners: the last that Slack told, none where it never did.

        Where nobody waits for the answer, ``patience`` may be many seconds: a large workspace has many pages.
        """
        listed = await self._people.everybody(team_id, patience)
        return frozenset((listed or self._people.last(team_id)).admins)

    async def guests(self, team_id: str) -> frozenset[str] | None:
        """Return who is there and no full member of the workspace; None when Slack does not say."""
        listed = await self._people.everybody(team_id)
        return None if listed is None else frozenset(listed.guests)

    async def said_before(self, channel_id: str, before: str, thread_ts: str = "") -> list[Quote]:
        """Return what people said in a thread, or a channel, before a moment, the oldest first; in doubt nothing."""
        return await said_before(self._questions, channel_id, before, thread_ts)

    async def may_read(self, channel_id: str) -> bool:
        """Tell whether the bot may read what is said in a channel that it is in."""
        return await may_read(self._questions, channel_id)

    async def is_gone(self, team_id: str, link: str) -> bool:
        """Tell whether the message that a permalink leads to was deleted; no when Slack does not say so."""
        message = message_of(link)
        return bool(message) and await self._gone.get((team_id, message), otherwise=False)

    async def described(self, team_id: str, place: Place, *, afresh: bool = False) -> Place:
        """Return a conversation as Slack describes it; private and read by others when Slack does not say.

        What Slack's own payload says of it is newer than what is kept: the stricter of both counts.
        """
        channel_id = place.channel_id
        if channel_id.startswith("D"):
            return replace(place, openness="private")
        known = None if afresh else self._channels.known((team_id, channel_id))
        if known is not None and known.place == stricter(place, known.place):
            return known.place
        if afresh or known is not None:
            found = await self.channel_now(team_id, channel_id)
        else:
            found = await self._channels.get((team_id, channel_id), unknown(channel_id))
        return stricter(place, found.place)
