"""Who waits longer than Slack's three seconds is told once; what they did is done to its end."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.trial.run import Trial
from handlers.framework.lateness import done_late, is_too_late_for_form


def telling(told: list[str]) -> Callable[[], Awaitable[None]]:
    """Return what notes that somebody was told."""

    async def tell() -> None:
        told.append("slow")

    return tell


async def too_late() -> bool:
    return is_too_late_for_form()


async def test_what_ends_in_time_may_open_a_form_and_nothing_is_said(running: Trial) -> None:
    outbox = running.bot.boundary.services.outbox
    told = list[str]()
    assert await done_late(outbox, too_late(), 2.3, telling(told)) is False
    await running.pass_time(timedelta(seconds=5))
    assert told == []


@pytest.mark.parametrize("waited", [2.3, 9.0])
async def test_once_slacks_seconds_are_over_no_form_is_opened(running: Trial, waited: float) -> None:
    may_end = asyncio.Event()

    async def work() -> bool:
        await may_end.wait()
        return is_too_late_for_form()

    told = list[str]()
    late = asyncio.create_task(done_late(running.bot.boundary.services.outbox, work(), waited, telling(told)))
    await asyncio.wait({late}, timeout=0)
    running.bot.clock.move(timedelta(seconds=1))
    for _ in range(10):
        await asyncio.sleep(0)
    assert told == ["slow"]
    may_end.set()
    assert await late is True
    assert is_too_late_for_form() is False
