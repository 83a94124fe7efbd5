"""What is said through a response_url beside the outbox: again where that fails and twice does no harm."""

from datetime import timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial


async def responded(running: Trial, kind: str, *faults: Fault) -> list[str]:
    await running.do("ana in #general: /define bias")
    (key,) = running.slack.workspace.response_urls
    running.slack.faults.arm("respond", *faults)
    running.bot.relay.respond(f"{running.slack.url}/respond/{key}", {"response_type": kind, "text": "an answer"})
    await running.bot.relay.idle()
    for _ in faults:
        await running.pass_time(timedelta(minutes=1))
    channel = running.slack.workspace.channels["CGENERAL"]
    return [
        each.text for each in (*channel.messages.values(), *channel.ephemerals.values()) if each.text == "an answer"
    ]


@pytest.mark.parametrize("kind", ["rate_limited", "server_error", "lost_before"])
async def test_an_answer_that_one_person_sees_is_said_again_where_slack_did_not_take_it(
    running: Trial, kind: str
) -> None:
    assert await responded(running, "ephemeral", Fault(kind), Fault(kind)) == ["an answer"]


async def test_an_answer_that_all_see_and_that_may_have_arrived_is_not_said_again(running: Trial) -> None:
    assert await responded(running, "in_channel", Fault("lost_after")) == ["an answer"]


async def test_an_answer_that_slack_never_takes_is_given_up(running: Trial) -> None:
    assert await responded(running, "ephemeral", *[Fault("server_error")] * 4) == []
    assert running.slack.faults.next_for("respond") is None
