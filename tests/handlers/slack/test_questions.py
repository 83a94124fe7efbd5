"""How often Slack is asked, and that it is left alone while it wants to be."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from handlers.slack.cache import NotAskedError, Waiting, waiting
from handlers.slack.questions import Questions

SECRET = "CSECRETLAUNCH"


@pytest.fixture
def questions(client: AsyncWebClient, clock: Clock) -> Questions:
    return Questions(client, clock.now)


async def is_refused(question: Awaitable[object]) -> bool:
    try:
        await question
    except NotAskedError:
        return True
    return False


async def test_before_slack_wants_to_be_asked_again_it_is_not(
    slack: LocalSlack, questions: Questions, clock: Clock
) -> None:
    slack.faults.arm("conversations.members", Fault("rate_limited", retry_after=30))
    with pytest.raises(SlackApiError, match="ratelimited"):
        await questions.ask("conversations.members", channel=SECRET)
    clock.move(timedelta(seconds=29))
    assert await is_refused(questions.ask("conversations.members", channel=SECRET))
    assert (await questions.ask("users.info", user="UANA"))["user"]["real_name"] == "Ana Ruiz"
    clock.move(timedelta(seconds=1))
    assert await questions.all("conversations.members", "members", channel=SECRET) == ["U0BOT", "UANA", "UCHLOE"]


async def test_in_a_minute_a_method_is_asked_less_often_than_slack_would_refuse(
    slack: LocalSlack, questions: Questions, clock: Clock
) -> None:
    slack.rates.is_on = True
    asked = [await is_refused(questions.ask("conversations.info", channel=SECRET)) for _ in range(60)]
    assert asked.index(True) == 45
    clock.move(timedelta(seconds=59))
    assert await is_refused(questions.ask("conversations.info", channel=SECRET))
    clock.move(timedelta(seconds=1))
    assert not await is_refused(questions.ask("conversations.info", channel=SECRET))


async def test_what_nobody_waits_for_leaves_calls_to_people_and_slack_refuses_none(
    slack: LocalSlack, questions: Questions
) -> None:
    slack.rates.is_on = True
    with waiting(Waiting(is_timed=True)):
        timed = [await is_refused(questions.ask("conversations.members", channel=SECRET)) for _ in range(200)]
    assert 60 < timed.index(True) < 90
    assert all(timed[timed.index(True) :])
    people = [await is_refused(questions.ask("conversations.members", channel=SECRET)) for _ in range(40)]
    assert timed.index(True) + people.index(True) == 100


async def test_a_long_list_goes_on_once_slack_wants_to_be_asked_again(slack: LocalSlack, questions: Questions) -> None:
    begun = asyncio.Event()
    begun.set()
    slack.faults.arm("users.list", Fault("slow", until=begun), Fault("rate_limited", retry_after=0))
    found = await questions.all("users.list", "members", limit=3)
    assert [each["id"] for each in found] == list(slack.workspace.users)
    slack.faults.arm("users.list", Fault("slow", until=begun), Fault("server_error"))
    with pytest.raises(SlackApiError):
        await questions.all("users.list", "members", limit=3)
