"""A clock that was ahead, and is right again, costs no timed work; one that was set back a little repeats none."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Feature, Job, Run
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from tests.conftest import StartTrial

HOUR = timedelta(hours=1)


def _nothing(_transaction: Transaction, _team_id: str, _now: datetime) -> Sequence[Delivery]:
    return ()


class Hourly:
    """A job that notes the hours that it is done for."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def plan(self, context: WorkspaceContext) -> Run:
        self.done.append(_hour(context.now))
        return _nothing

    def feature(self) -> Feature:
        return Feature("timed", jobs=[Job("hourly", _hour, self.plan)])


def _hour(now: datetime) -> str:
    return f"{now:%d %H}"


async def test_hours_that_a_wrong_clock_has_claimed_are_done_once_they_come(start: StartTrial) -> None:
    hourly = Hourly()
    async with start(features=[hourly.feature()]) as trial:
        await trial.bot.tick()
        trial.bot.clock.correct(24 * HOUR)
        await trial.bot.tick()
        trial.bot.clock.correct(-24 * HOUR)
        await trial.bot.tick()
        await trial.pass_time(24 * HOUR)
    assert hourly.done == ["05 09", "06 09", "06 09"]


async def test_they_are_also_where_the_bot_was_started_anew_meanwhile(start: StartTrial) -> None:
    hourly = Hourly()
    async with start(features=[hourly.feature()]) as first:
        first.bot.clock.correct(24 * HOUR)
        await first.bot.tick()
        first.bot.clock.correct(-24 * HOUR)
    async with start(features=[hourly.feature()]) as second:
        await second.bot.tick()
        await second.pass_time(24 * HOUR)
    assert hourly.done == ["06 09", "05 09", "06 09"]


@pytest.mark.parametrize("back", [timedelta(seconds=1), HOUR])
async def test_an_hour_that_was_done_is_not_done_again_by_a_clock_that_was_set_back(
    start: StartTrial, back: timedelta
) -> None:
    hourly = Hourly()
    async with start(features=[hourly.feature()]) as trial:
        for hours in range(3):
            await trial.pass_time(HOUR if hours else timedelta())
        trial.bot.clock.correct(-back)
        await trial.bot.tick()
        await trial.pass_time(back)
        await trial.pass_time(HOUR)
    assert hourly.done == ["05 09", "05 10", "05 11", "05 12"]


async def test_small_steps_back_count_together(start: StartTrial) -> None:
    hourly = Hourly()
    async with start(features=[hourly.feature()]) as trial:
        await trial.bot.tick()
        trial.bot.clock.correct(4 * HOUR)
        await trial.bot.tick()
        for _ in range(4):
            trial.bot.clock.correct(-HOUR)
            await trial.bot.tick()
        await trial.pass_time(4 * HOUR)
    assert hourly.done[-1] == "05 13"
    assert hourly.done.count("05 13") == 2
