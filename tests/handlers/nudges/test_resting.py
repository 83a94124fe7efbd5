"""A workspace in which nobody can be told anything isn't looked at until that may have changed."""

from datetime import timedelta

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from storage.records.offers import Offer
from storage.requirements.requirements import Plan
from tests.conftest import StartTrial
from tests.handlers.nudges.looking import pass_days
from tests.handlers.nudges.test_reached import add
from tests.handlers.requirements.playing import LATENCY, a_model, plan, say
from tests.playing import play
from tests.sent import sent


async def looks(trial: Trial, minutes: float) -> bool:
    """Let time pass; return whether it is looked then who may be told something."""
    await trial.bot.idle()
    trial.bot.clock.move(timedelta(minutes=minutes))
    team_id = trial.bot.identity.team_id
    due = await trial.bot.jobs.timed.due(trial.bot.routes.jobs, [team_id])
    await trial.bot.tick()
    return "nudges" in [each.name for each in due.get(team_id, ())]


async def test_it_rests_until_something_has_changed(start: StartTrial) -> None:
    async with start() as trial:
        assert [await looks(trial, minutes) for minutes in (0, 10, 39, 1, 300)] == [True, False, False, False, False]
        await play(trial, "ana in #general: /nudges", 'ana enters "My day ends at": 18:00', "ana submits")
        assert [await looks(trial, minutes) for minutes in (10, 10, 10)] == [True, False, False]


async def test_what_has_just_changed_is_looked_at_when_an_hour_begins(start: StartTrial) -> None:
    async with start() as trial:
        assert await looks(trial, 0)
        await add(trial, "churn data")
        assert [await looks(trial, minutes) for minutes in (10, 10, 39, 1)] == [False, False, False, True]


async def test_who_was_told_is_looked_at_again_where_the_message_was_lost(start: StartTrial) -> None:
    async with start() as trial:
        await add(trial, "churn data")
        await pass_days(trial, 7 - 1 / 24)
        trial.slack.faults.arm("chat.postMessage", Fault("rate_limited", 600))
        for _ in range(9):
            await trial.pass_time(timedelta(minutes=10))
        said = trial.bot.store.reader.all("SELECT state FROM outbox WHERE id IN (SELECT delivery_id FROM nudges)")
        assert [each["state"] for each in said] == ["failed", "sent"]


async def test_who_comes_into_a_private_channel_hears_within_the_hour_of_what_waits_there_for_them(
    start: StartTrial,
) -> None:
    async with start() as trial:
        secret = trial.slack.workspace.channel_named("secret-launch")
        model = await a_model(trial, visibility=secret.id)
        await say(trial, model, "latency", Offer(parts=LATENCY))
        await plan(trial, model, "latency", Plan(stages=("in production",), every="weekly", by="UDEV"))
        await pass_days(trial, 10)
        assert [to for to, text in sent(trial) if "latency wasn't measured" in text] == []
        trial.slack.people.join(secret, trial.slack.workspace.users["UDEV"], "UANA")
        for _ in range(6):
            await trial.pass_time(timedelta(minutes=10))
        assert [to for to, text in sent(trial) if "latency wasn't measured" in text] == ["UDEV"]


async def test_it_does_not_rest_while_slack_does_not_say_who_is_there(start: StartTrial) -> None:
    async with start() as trial:
        await play(trial, "slack goes wrong: users.list=server_error:1")
        assert [await looks(trial, minutes) for minutes in (0, 10, 10)] == [True, True, True]
