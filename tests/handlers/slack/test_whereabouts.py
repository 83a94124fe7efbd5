"""Where guests are, asked by a few calls: never less is known of a channel than its list of members would tell."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.local_slack.workspace.state import User
from bot.trial.run import Trial
from handlers.access.guests import has_guests
from handlers.slack.directory import Directory
from handlers.slack.questions import Questions
from handlers.slack.whereabouts import Whereabouts
from tests.handlers.slack.test_directory import TEAM, asking

CHANNELS = {"CGENERAL": False, "CCHURNMODEL": True, "CSECRETLAUNCH": False}


async def looked(directory: Directory, asked: Counter[str]) -> dict[str, bool | None]:
    """Return in which channels there are guests, and what that took."""
    asked.clear()
    return {each: await has_guests(directory, TEAM, each) for each in CHANNELS}


async def test_where_few_guests_are_is_asked_by_guest_and_no_channel_is_asked_about(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        await directory.describe_all(TEAM)
        assert asked["users.conversations"] == 2
        assert await looked(directory, asked) == CHANNELS
        assert asked == Counter()


async def test_who_asks_again_within_a_minute_asks_about_no_guest(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        for _ in range(3):
            await directory.describe_all(TEAM)
        assert asked["users.conversations"] == 4
        running.bot.clock.move(timedelta(minutes=1))
        await directory.describe_all(TEAM)
        assert asked["users.conversations"] == 6


async def test_a_channel_that_a_guest_joins_is_asked_about(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        await directory.describe_all(TEAM)
        running.slack.workspace.channels["CGENERAL"].members.add("UGUS")
        directory.hear(TEAM, {"type": "member_joined_channel", "channel": "CGENERAL", "user": "UGUS"})
        assert await looked(directory, asked) == {**CHANNELS, "CGENERAL": True}
        assert asked["conversations.members"] == 1


async def test_a_channel_that_the_bot_joins_unheard_of_is_asked_about(running: Trial) -> None:
    channel = running.slack.workspace.channels["CCHURNMODEL"]
    channel.kind = "private"
    channel.members.discard("U0BOT")
    async with asking(running) as (directory, asked):
        await directory.describe_all(TEAM)
        channel.members.add("U0BOT")
        assert await looked(directory, asked) == CHANNELS
        assert asked["conversations.members"] == 1


async def test_of_a_guest_who_was_not_looked_for_nothing_is_known(running: Trial) -> None:
    where = Whereabouts(Questions(running.bot.boundary.services.slack, running.bot.clock.now), running.bot.clock.now)
    where.keep(TEAM, ["CGENERAL"], await where.ask(TEAM, frozenset(["UGUS"])) or {})
    assert where.any_in(TEAM, "CGENERAL", frozenset(["UGUS"])) is False
    assert where.any_in(TEAM, "CGENERAL", frozenset(["UGUS", "UNEW"])) is None


@pytest.mark.parametrize("guests", [0, 30])
async def test_where_slack_does_not_say_or_guests_are_many_each_channel_is_asked_about(
    running: Trial, guests: int
) -> None:
    for number in range(guests):
        new = User(f"UG{number}", f"guest{number}", "Guest", is_guest=True)
        running.slack.workspace.users[new.id] = new
    asked_first = asyncio.Event()
    asked_first.set()
    async with asking(running) as (directory, asked):
        if not guests:
            running.slack.faults.arm("users.conversations", Fault("slow", until=asked_first), Fault("server_error"))
        await directory.describe_all(TEAM)
        assert await looked(directory, asked) == CHANNELS
        assert asked["conversations.members"] == len(CHANNELS)
