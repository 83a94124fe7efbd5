"""Lines that let Slack go wrong, in the terminal and in scripts."""

import pytest

from bot.local_slack.faults import Rule
from bot.trial.run import Trial
from bot.trial.script import ScriptError

_ASKED = "ana in #general: @Common Ground define bias"


def answers(trial: Trial) -> int:
    return sum(bool(each.bot_id) for each in trial.slack.workspace.channels["CGENERAL"].messages.values())


async def test_a_line_lets_slack_go_wrong_until_another_puts_it_right(running: Trial) -> None:
    assert await running.do("slack goes wrong: chat.*=rate_limited:1 seconds=60, users.*=slow:0.1") == []
    assert running.slack.faults.rules == [Rule("rate_limited", "chat.*", seconds=60), Rule("slow", "users.*", 0.1)]
    await running.do(_ASKED)
    assert answers(running) == 0
    await running.do("slack goes right")
    await running.do("wait 1 minute")
    assert answers(running) == 1


async def test_a_seed_is_taken_and_a_token_given_back(running: Trial) -> None:
    await running.do("slack goes wrong by seed 17: chat.*=token_revoked")
    assert running.slack.faults.seed == 17
    running.slack.workspace.app.refusal = "token_revoked"
    await running.do("slack goes right")
    assert (running.slack.faults.rules, running.slack.workspace.app.refusal) == ([], "")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("slack goes wrong: sometimes", "'sometimes' is no rule"),
        ("slack goes wrong: *=sleepy", "nothing goes wrong as 'sleepy'"),
        ("slack goes wrong", "I don't know that"),
    ],
)
async def test_a_line_that_says_nothing_of_the_kind_is_told(running: Trial, line: str, told: str) -> None:
    with pytest.raises(ScriptError, match=told):
        await running.do(line)
    assert running.slack.faults.rules == []
