"""What is said of people and conversations when Slack does not answer: the careful thing."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import ClientSession, TraceConfig, TraceRequestStartParams
from slack_sdk.web.async_client import AsyncWebClient

from bot.local_slack.faults import Fault
from bot.local_slack.workspace.state import User
from bot.trial.run import Trial
from handlers.slack.directory import Directory
from handlers.slack.interactions import Place
from storage.records import former

TEAM = "T0LOCAL"


@asynccontextmanager
async def asking(running: Trial) -> AsyncIterator[tuple[Directory, Counter[str]]]:
    """Ask the local Slack, and count what it is asked for."""
    asked: Counter[str] = Counter()

    async def count(_session: object, _context: object, request: TraceRequestStartParams) -> None:
        asked[request.url.name] += 1

    trace = TraceConfig()
    trace.on_request_start.append(count)
    token = running.slack.workspace.app.bot_token
    async with ClientSession(trace_configs=[trace]) as session:
        client = AsyncWebClient(token, base_url=running.slack.api_url, session=session, retry_handlers=[])
        yield Directory(client, running.bot.clock.steady, running.bot.clock.now), asked


def broken(running: Trial, *methods: str) -> None:
    for method in methods:
        running.slack.faults.arm(method, Fault("server_error"))


async def test_in_doubt_nobody_is_in_a_channel_and_nobody_is_an_admin(running: Trial) -> None:
    directory = running.bot.boundary.services.directory
    broken(running, "conversations.members", "users.list", "conversations.info", "conversations.open", "dnd.info")
    assert await directory.members(TEAM, "CSECRETLAUNCH") == frozenset()
    assert await directory.admins(TEAM) == frozenset()
    assert not await directory.bot_is_in(TEAM, "CSECRETLAUNCH")
    assert not await directory.is_own_direct(TEAM, "UANA", "DANA")
    assert await directory.is_quiet(TEAM, "UANA")
    # Slack answers again.
    assert await directory.members(TEAM, "CSECRETLAUNCH") == {"UANA", "UCHLOE", "U0BOT"}
    assert await directory.admins(TEAM) == {"UCHLOE"}
    assert await directory.bot_is_in(TEAM, "CSECRETLAUNCH")
    assert await directory.is_own_direct(TEAM, "UANA", "DANA")
    assert not await directory.is_quiet(TEAM, "UANA")


async def test_nobody_and_nowhere_is_not_asked_about(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        person = await directory.person(TEAM, "")
        assert person is not None
        assert person.is_guest
        assert await directory.members(TEAM, "") == frozenset()
        assert not (await directory.channel_now(TEAM, "")).is_within_reach
    assert asked == {}


async def test_once_slack_answers_again_it_is_believed_and_remembered(running: Trial) -> None:
    directory = running.bot.boundary.services.directory
    assert await directory.members(TEAM, "CSECRETLAUNCH") == {"UANA", "UCHLOE", "U0BOT"}
    assert await directory.who_may_hear(TEAM, "workspace") is None
    assert await directory.admins(TEAM) == {"UCHLOE"}
    assert await directory.is_own_direct(TEAM, "UANA", "DANA")
    assert await directory.is_own_direct(TEAM, "UANA", "DANA")
    assert not await directory.is_own_direct(TEAM, "UANA", "DBEN")
    broken(running, "conversations.members")
    assert "UANA" in await directory.members(TEAM, "CSECRETLAUNCH")


async def test_who_does_not_exist_is_like_one_who_left(running: Trial) -> None:
    person = await running.bot.boundary.services.directory.person(TEAM, "UNOBODY")
    assert person is not None
    assert (person.name, person.is_guest) == ("UNOBODY", True)


async def test_who_asks_the_same_at_the_same_time_asks_slack_once(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        people = await asyncio.gather(*(directory.person(TEAM, each) for each in ("UANA", "UBEN", "UANA", "UANA")))
        assert [each.name for each in people if each is not None] == ["Ana Ruiz", "Ben Okafor", "Ana Ruiz", "Ana Ruiz"]
        members = await asyncio.gather(*(directory.who_may_hear(TEAM, "CSECRETLAUNCH") for _ in range(5)))
        assert set(members) == {frozenset(("UANA", "UCHLOE", "U0BOT"))}
        await asyncio.gather(*(directory.belongs(TEAM, "UANA", ["CSECRETLAUNCH", "CDATA"]) for _ in range(5)))
        await asyncio.gather(*(directory.admins(TEAM, patience) for patience in (1.2, 30)))
        await asyncio.gather(*(directory.described(TEAM, Place("CSECRETLAUNCH")) for _ in range(5)))
        assert asked == {
            "users.info": 2,
            "conversations.members": 2,
            "users.list": 1,
            "conversations.info": 1,
        }
        assert directory.channel_known(TEAM, "CSECRETLAUNCH") is not None


async def test_after_two_minutes_slack_is_asked_anew(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        await directory.person(TEAM, "UANA")
        running.bot.clock.move(timedelta(seconds=119))
        await directory.person(TEAM, "UANA")
        assert asked["users.info"] == 1
        running.bot.clock.move(timedelta(seconds=1))
        await directory.person(TEAM, "UANA")
        assert asked["users.info"] == 2


async def test_a_failure_is_not_kept_and_the_last_known_admins_are(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        link = "https://local.slack.example/archives/CGENERAL/p1767603600000001"
        broken(running, "users.info", "chat.getPermalink")
        assert await directory.person(TEAM, "UANA") is None
        assert not await directory.is_gone(TEAM, link)
        person = await directory.person(TEAM, "UANA")
        assert person is not None
        assert person.name == "Ana Ruiz"
        assert await directory.is_gone(TEAM, link)
        assert await directory.is_gone(TEAM, link)
        assert asked == {"users.info": 2, "chat.getPermalink": 2}
        assert await directory.admins(TEAM) == {"UCHLOE"}
        running.bot.clock.move(timedelta(minutes=2))
        broken(running, "users.list")
        assert await directory.admins(TEAM) == {"UCHLOE"}


async def test_what_has_many_pages_is_read_to_its_end(running: Trial) -> None:
    workspace = running.slack.workspace
    for number in range(1200):
        person = User(f"UMANY{number:04}", f"many{number}", f"Many {number}")
        workspace.users[person.id] = person
    many = {f"UMANY{number:04}" for number in range(1200)}
    workspace.channels["CSECRETLAUNCH"].members |= many
    async with asking(running) as (directory, asked):
        assert await directory.members(TEAM, "CSECRETLAUNCH") == {"UANA", "UCHLOE", "U0BOT"} | many
        assert asked == {"conversations.members": 7}


async def test_that_the_bot_is_not_in_a_conversation_is_an_answer(running: Trial) -> None:
    async with asking(running) as (directory, _):
        assert await directory.bot_is_in(TEAM, "CGENERAL")
        assert not await directory.bot_is_in(TEAM, "CNOWHERE")
        place = await directory.described(TEAM, Place("CNOWHERE"))
        assert (place.openness, place.is_shared) == ("private", True)
        assert directory.channel_known(TEAM, "CNOWHERE") is not None


async def test_of_who_was_forgotten_slack_is_not_asked(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        person = await directory.person(TEAM, former.placeholder(1))
        assert person is not None
        assert (person.name, person.is_guest, person.is_admin) == ("a former member", True, False)
        assert asked["users.info"] == 0


async def test_many_who_ask_at_once_what_a_channel_is_now_use_up_one_call(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        found = await asyncio.gather(*(directory.channel_now(TEAM, "CGENERAL") for _ in range(100)))
        assert {each.place.openness for each in found} == {"public"}
        assert await directory.bot_is_in(TEAM, "CGENERAL")
        assert asked == {"conversations.info": 1}


async def test_what_slack_said_is_believed_no_longer_where_the_clock_was_set_back(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        await directory.members(TEAM, "CSECRETLAUNCH")
        running.bot.clock.correct(-timedelta(hours=3))
        running.bot.clock.move(timedelta(minutes=3))
        await directory.members(TEAM, "CSECRETLAUNCH")
        assert asked["conversations.members"] == 2


async def test_all_channels_of_the_bot_are_described_by_few_calls(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        await directory.describe_all(TEAM)
        public = await directory.channel_now(TEAM, "CGENERAL")
        private = await directory.channel_now(TEAM, "CSECRETLAUNCH")
        assert (public.place.openness, private.place.openness) == ("public", "private")
        assert public.has_bot
        assert private.has_bot
        assert asked == {"users.conversations": 2, "users.list": 1}


async def test_a_list_of_channels_that_does_not_come_leaves_them_to_be_asked_for(running: Trial) -> None:
    broken(running, "users.conversations")
    async with asking(running) as (directory, asked):
        await directory.describe_all(TEAM)
        assert (await directory.channel_now(TEAM, "CGENERAL")).place.is_open
        assert asked["conversations.info"] == 1


async def test_a_list_of_channels_is_not_believed_where_one_has_changed_meanwhile(running: Trial) -> None:
    until = asyncio.Event()
    running.slack.faults.arm("users.conversations", Fault("slow", until=until))
    async with asking(running) as (directory, asked):
        listing = asyncio.create_task(directory.describe_all(TEAM))
        await asyncio.sleep(0)
        directory.hear(TEAM, {"type": "channel_shared", "channel": "CGENERAL"})
        until.set()
        await listing
        await directory.channel_now(TEAM, "CGENERAL")
        assert asked["conversations.info"] == 1
