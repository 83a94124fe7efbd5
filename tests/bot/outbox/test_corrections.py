"""What waits to be said, while somebody sets the clock on the wall; and where it tells another time than Slack's."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery
from tests.bot.outbox.sending import a_post, ended, said, send
from tests.conftest import START

DAY = timedelta(days=1)


async def set_clock(running: Trial, by: timedelta) -> None:
    running.bot.clock.correct(by)
    await running.bot.relay.look_for_all_due()


async def put_off(running: Trial, keep: timedelta) -> Delivery:
    """Have something said that Slack does not take yet."""
    post = a_post().model_copy(update=deliveries.due_at_once(running.bot.clock.now(), keep))
    running.slack.faults.arm("chat.postMessage", Fault("rate_limited", retry_after=5))
    await send(running, post)
    return post


async def test_a_clock_that_was_behind_and_is_put_right_gives_nothing_up(running: Trial) -> None:
    await set_clock(running, -2 * DAY)
    post = await put_off(running, DAY)
    await set_clock(running, 2 * DAY)
    await running.pass_time(timedelta(seconds=10))
    assert (said(running), ended(running, post)[0]) == (["hello"], "sent")


async def test_nor_what_waits_for_its_turn_just_then(tmp_path: Path) -> None:
    limits = RateLimits(burst=1, gap=timedelta(seconds=10))
    async with trial(Clock(frozen_at=START), tmp_path / "bot.db", use_http=False, rate_limits=limits) as running:
        await set_clock(running, -2 * DAY)
        times = deliveries.due_at_once(running.bot.clock.now(), DAY)
        await send(running, *(a_post(each).model_copy(update=times) for each in ("first", "second")))
        running.bot.clock.correct(2 * DAY)
        await running.pass_time(timedelta(seconds=10))
        assert said(running) == ["first", "second"]


async def test_what_is_said_just_after_the_clock_was_set_back_is_tried_for_as_long_as_ever(running: Trial) -> None:
    running.bot.clock.correct(-2 * DAY)
    post = await put_off(running, DAY)
    await running.pass_time(timedelta(seconds=10))
    assert (said(running), ended(running, post)[0]) == (["hello"], "sent")


async def test_what_is_too_late_is_given_up_also_where_the_clock_was_set_on_meanwhile(running: Trial) -> None:
    post = await put_off(running, timedelta(minutes=1))
    await set_clock(running, 2 * DAY)
    running.slack.faults.arm("chat.postMessage", *[Fault("rate_limited", retry_after=5)] * 9)
    for _ in range(8):
        await running.pass_time(timedelta(seconds=10))
    assert ended(running, post) == ("failed", "given up: Slack asked to wait")
    assert said(running) == []


@pytest.mark.parametrize("ahead", [timedelta(minutes=2), 2 * DAY, -2 * DAY])
async def test_what_may_have_arrived_is_found_whatever_time_our_clock_tells(running: Trial, ahead: timedelta) -> None:
    running.slack.workspace.now = running.bot.clock.steady
    await set_clock(running, ahead)
    post = a_post().model_copy(update=deliveries.due_at_once(running.bot.clock.now(), DAY))
    running.slack.faults.arm("chat.postMessage", Fault("lost_after"))
    await send(running, post)
    await running.pass_time(timedelta(seconds=30))
    assert (said(running), ended(running, post)[0]) == (["hello"], "sent")
