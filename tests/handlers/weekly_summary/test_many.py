"""Summaries of very many channels that are due at once."""

from collections.abc import Sequence
from datetime import timedelta

from bot.local_slack.web_api import METHODS
from bot.local_slack.workspace.state import Channel
from bot.trial.run import Trial
from storage.engine.interface import Transaction, to_text
from storage.workspaces import summaries
from storage.workspaces.summaries import Schedule
from tests.conftest import START

_CHANNELS = 300
_FOR_PEOPLE = ("chat.postMessage", "conversations.members")
_TICK, _TWO_MINUTES = timedelta(seconds=20), 6


def fill(trial: Trial) -> Sequence[Channel]:
    """Make channels that the bot is in."""
    made = [Channel(f"C9{number:03}", f"team-{number}", "public", {"UANA", "U0BOT"}) for number in range(_CHANNELS)]
    for each in made:
        trial.slack.workspace.add_channel(each)
    return made


def schedule(transaction: Transaction, channels: Sequence[Channel]) -> None:
    due = {"team_id": "T0LOCAL", "weekday": 0, "at": "09:00", "tz": "UTC", "set_by": "UANA", "set_at": to_text(START)}
    for each in channels:
        summaries.choose(transaction, Schedule.model_validate({**due, "subject": each.id, "is_always": True}))


async def test_all_come_within_two_minutes_at_the_pace_that_slack_takes(running: Trial) -> None:
    channels = fill(running)
    await running.bot.store.write(lambda transaction: schedule(transaction, channels))
    running.slack.rates.is_on = True
    running.bot.clock.move(timedelta(days=7) - _TICK)
    for _ in range(_TWO_MINUTES):
        await running.pass_time(_TICK)
        # Slack still takes what the bot says to people, and answers what it asks for them.
        assert [running.slack.rates.seconds_to_wait(each, METHODS[each].tier, "CGENERAL") for each in _FOR_PEOPLE] == [
            0,
            0,
        ]
    told = [[each.text for each in channel.messages.values() if each.bot_id] for channel in channels]
    assert [len(each) for each in told] == [1] * _CHANNELS
    assert running.slack.workspace.warnings == []
