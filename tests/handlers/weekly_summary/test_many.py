"""Summaries of very many channels that are due at once."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.local_slack.web_api import METHODS
from bot.local_slack.workspace.state import Channel, Kind, User
from bot.trial.run import Trial
from storage.engine.interface import Transaction, to_text
from storage.workspaces import summaries, workspaces
from storage.workspaces.summaries import Schedule
from tests.conftest import START

_CHANNELS = 300
_FOR_PEOPLE = ("chat.postMessage", "conversations.members")
_TICK, _TWO_MINUTES, _BEFORE = timedelta(seconds=20), 6, timedelta(minutes=3)
#: So many ticks of the working day before pass until it is noted of all whose things they will list.
_FORESEEN_IN = 31


def fill(trial: Trial, kind: Kind) -> Sequence[Channel]:
    """Make channels that the bot is in."""
    made = [Channel(f"C9{number:03}", f"team-{number}", kind, {"UANA", "U0BOT"}) for number in range(_CHANNELS)]
    for each in made:
        trial.slack.workspace.add_channel(each)
    return made


def let_in(trial: Trial, guests: int) -> None:
    """Let guests into the first channel of those made here, and into no other."""
    for number in range(guests):
        guest = User(f"UG{number}", f"guest{number}", "Guest", is_guest=True)
        trial.slack.workspace.users[guest.id] = guest
        trial.slack.workspace.channels["C9000"].members.add(guest.id)


def schedule(transaction: Transaction, channels: Sequence[Channel]) -> None:
    due = {"team_id": "T0LOCAL", "weekday": 0, "at": "09:00", "tz": "UTC", "set_by": "UANA", "set_at": to_text(START)}
    for each in channels:
        if each.kind == "private":
            workspaces.note_place(transaction, "T0LOCAL", each.id)
        summaries.choose(transaction, Schedule.model_validate({**due, "subject": each.id, "is_always": True}))


@pytest.mark.parametrize(("kind", "guests"), [("public", 0), ("public", 100), ("private", 0)])
async def test_all_come_within_two_minutes_at_the_pace_that_slack_takes(
    running: Trial, kind: Kind, guests: int
) -> None:
    channels = fill(running, kind)
    let_in(running, guests)
    await running.bot.store.write(lambda transaction: schedule(transaction, channels))
    running.slack.rates.is_on = True
    running.bot.clock.move(timedelta(days=4))
    for _ in range(_FORESEEN_IN):
        await running.pass_time(_TICK)
    running.bot.clock.move(timedelta(days=3) - _FORESEEN_IN * _TICK - _BEFORE)
    for _ in range(_BEFORE // _TICK - 1):
        await running.pass_time(_TICK)
    for _ in range(_TWO_MINUTES):
        await running.pass_time(_TICK)
        # Slack still takes what the bot says to people, and answers what it asks for them.
        waits = [running.slack.rates.seconds_to_wait(each, METHODS[each].tier, "CGENERAL") for each in _FOR_PEOPLE]
        assert waits == [0, 0]
    told = [[each.text for each in channel.messages.values() if each.bot_id] for channel in channels]
    assert [len(each) for each in told] == [1] * _CHANNELS
    assert running.slack.workspace.warnings == []
