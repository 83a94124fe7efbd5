"""A Slack that does not answer yet is asked again; what does not pass by itself is told at once."""

from collections.abc import Iterator

import pytest
import stamina
from slack_sdk.errors import SlackApiError, SlackClientError
from structlog.testing import capture_logs

from bot.local_slack.faults import Fault
from bot.transport.retries import until_slack_answers
from bot.trial.run import Trial


@pytest.fixture(autouse=True)
def _without_waits() -> Iterator[None]:
    with stamina.set_testing(True, attempts=20):
        yield


async def test_each_failure_is_told_and_the_answer_ends_it(running: Trial) -> None:
    running.slack.faults.arm("auth.test", Fault("server_error"), Fault("lost_before"), Fault("garbled"))
    slack = running.bot.boundary.services.slack
    with capture_logs() as logs:
        answer = await until_slack_answers(slack.auth_test, "Slack does not answer yet")
    assert answer["team_id"] == "T0LOCAL"
    said = [each["event"] for each in logs if each["log_level"] == "warning"]
    assert [each for each in said if each.startswith("Slack")] == ["Slack does not answer yet; trying again"] * 3


async def test_what_does_not_pass_by_itself_is_raised_at_once(running: Trial) -> None:
    running.slack.faults.arm("auth.test", Fault("refused", error="token_revoked"), Fault("server_error"))
    slack = running.bot.boundary.services.slack
    with pytest.raises(SlackApiError, match="token_revoked"):
        await until_slack_answers(slack.auth_test, "Slack does not answer yet", {"token_revoked"})


async def test_a_fault_of_ours_is_not_tried_again() -> None:
    errors = [SlackClientError("not there"), KeyError("team_id"), SlackClientError("not there")]

    async def ask() -> str:
        raise errors.pop(0)

    with pytest.raises(KeyError):
        await until_slack_answers(ask, "Slack does not answer yet")
    assert len(errors) == 1
