"""Who waits longer than Slack's three seconds is told once; what they did is done to its end."""

import asyncio
from datetime import timedelta

import pytest

from bot.trial.run import Trial
from handlers.framework.lateness import done_late, is_too_late_for_form
from handlers.slack.interactions import Ask, Place


def an_ask(response_url: str) -> Ask:
    return Ask("T0LOCAL", "UANA", Place("CGENERAL"), "", (), None, "trigger", response_url)


async def too_late() -> bool:
    return is_too_late_for_form()


async def test_what_ends_in_time_may_open_a_form_and_nothing_is_said(running: Trial) -> None:
    outbox = running.bot.boundary.services.outbox
    assert await done_late(outbox, an_ask("https://hooks.example"), too_late(), 2.3) is False
    await running.pass_time(timedelta(seconds=5))
    assert running.screen.news() == []


@pytest.mark.parametrize("waited", [2.3, 9.0])
async def test_once_slacks_seconds_are_over_no_form_is_opened(running: Trial, waited: float) -> None:
    may_end = asyncio.Event()

    async def work() -> bool:
        await may_end.wait()
        return is_too_late_for_form()

    late = asyncio.create_task(done_late(running.bot.boundary.services.outbox, an_ask(""), work(), waited))
    await asyncio.wait({late}, timeout=0)
    running.bot.clock.move(timedelta(seconds=1))
    for _ in range(10):
        await asyncio.sleep(0)
    may_end.set()
    assert await late is True
    assert is_too_late_for_form() is False
