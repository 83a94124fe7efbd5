"""A workspace in which nobody can be told anything isn't looked at until that may have changed."""

from datetime import timedelta

from bot.trial.run import Trial
from tests.conftest import StartTrial
from tests.playing import play


async def looks(trial: Trial, minutes: float) -> bool:
    """Let time pass; return whether it is looked then who may be told something."""
    await trial.bot.idle()
    trial.bot.clock.move(timedelta(minutes=minutes))
    team_id = trial.bot.identity.team_id
    due = await trial.bot.jobs.timed.due(trial.bot.routes.jobs, [team_id])
    await trial.bot.tick()
    return "nudges" in [each.name for each in due.get(team_id, ())]


async def test_it_rests_until_an_hour_begins(start: StartTrial) -> None:
    async with start() as trial:
        assert [await looks(trial, minutes) for minutes in (0, 10, 10, 39, 1)] == [True, False, False, False, True]


async def test_it_does_not_rest_while_slack_does_not_say_who_is_there(start: StartTrial) -> None:
    async with start() as trial:
        await play(trial, "slack goes wrong: users.list=server_error:1")
        assert [await looks(trial, minutes) for minutes in (0, 10, 10)] == [True, True, True]
