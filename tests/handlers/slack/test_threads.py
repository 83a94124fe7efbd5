"""What is read of a conversation: what people said in it before, and nothing where Slack does not let us."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from handlers.slack.questions import Questions
from handlers.slack.threads import may_read, said_before

NEVER = "9999999999.000000"


@pytest.fixture
def questions(client: AsyncWebClient, clock: Clock) -> Questions:
    return Questions(client, clock.now)


def say(slack: LocalSlack, who: str, text: str, thread_ts: str = "") -> str:
    workspace = slack.workspace
    return slack.people.say(workspace.users[who], workspace.channels["CGENERAL"], text, thread_ts).ts


async def test_a_thread_is_read_up_to_the_question_the_oldest_first(slack: LocalSlack, questions: Questions) -> None:
    first = say(slack, "UANA", "The model & I drift")
    say(slack, "UBEN", "elsewhere")
    say(slack, "UBEN", "how far?", first)
    asked = say(slack, "UANA", "what is drift?", first)
    say(slack, "UBEN", "later", first)
    said = await said_before(questions, "CGENERAL", asked, first)
    assert [(each.author_id, each.text) for each in said] == [("UANA", "The model & I drift"), ("UBEN", "how far?")]


async def test_a_channel_is_read_the_oldest_first_without_what_apps_say(
    slack: LocalSlack, questions: Questions, client: AsyncWebClient
) -> None:
    for text in ("one", "two"):
        say(slack, "UANA", text)
    await client.chat_postMessage(channel="CGENERAL", text="three")
    assert [each.text for each in await said_before(questions, "CGENERAL", NEVER)][-2:] == ["one", "two"]


async def test_of_a_thread_longer_than_a_page_only_its_first_message_counts(
    slack: LocalSlack, questions: Questions
) -> None:
    first = say(slack, "UANA", "first")
    for number in range(120):
        say(slack, "UBEN", f"reply {number}", first)
    assert [each.text for each in await said_before(questions, "CGENERAL", NEVER, first)] == ["first"]


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("rate_limited", retry_after=1), Fault("lost_before")])
async def test_where_slack_does_not_say_nothing_is_known(slack: LocalSlack, questions: Questions, fault: Fault) -> None:
    first = say(slack, "UANA", "first")
    slack.faults.arm("conversations.replies", fault)
    assert await said_before(questions, "CGENERAL", NEVER, first) == []


async def test_without_the_optional_scope_nothing_is_read(slack: LocalSlack, questions: Questions) -> None:
    first = say(slack, "UANA", "first")
    slack.workspace.app.refused_scopes = {"channels:history"}
    assert await said_before(questions, "CGENERAL", NEVER, first) == []


async def test_whether_a_channel_may_be_read_depends_on_the_scope_for_its_kind(
    slack: LocalSlack, questions: Questions
) -> None:
    slack.workspace.app.refused_scopes = {"groups:history"}
    assert await may_read(questions, "CGENERAL")
    assert not await may_read(questions, "CSECRETLAUNCH")
    slack.faults.arm("conversations.history", Fault("server_error"))
    assert await may_read(questions, "CGENERAL")
