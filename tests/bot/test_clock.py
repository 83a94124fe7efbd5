"""The clock can be moved on, and wakes whoever waits for a time."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.clock import Clock, Ticker
from tests.conftest import START

SECOND = timedelta(seconds=1)


async def test_a_frozen_clock_goes_only_when_it_is_moved() -> None:
    clock = Clock(START)
    waiting = asyncio.create_task(clock.wait_until(START + 2 * SECOND))
    await asyncio.sleep(0)
    clock.move(SECOND)
    await asyncio.sleep(0)
    assert not waiting.done()
    clock.move(SECOND)
    await waiting
    assert clock.now() == START + 2 * SECOND


async def test_a_running_clock_is_waited_for_and_can_be_moved() -> None:
    clock = Clock()
    before, told = datetime.now(UTC), clock.now()
    assert before <= told <= datetime.now(UTC)
    await clock.wait_until(clock.now() + timedelta(milliseconds=1))
    waiting = asyncio.create_task(clock.wait_until(clock.now() + timedelta(days=1)))
    await asyncio.sleep(0)
    clock.move(timedelta(days=2))
    await waiting


async def test_the_ticker_can_be_started_and_stopped() -> None:
    async def tick() -> None:
        raise AssertionError("too early")

    ticker = Ticker(tick)
    ticker.start()
    ticker.stop()


async def test_what_is_set_back_on_the_wall_lasts_no_longer() -> None:
    clock = Clock(START)
    waiting = asyncio.create_task(clock.wait_until(clock.steady() + 2 * SECOND))
    await asyncio.sleep(0)
    clock.correct(-timedelta(hours=1))
    clock.move(2 * SECOND)
    await waiting
    assert (clock.now(), clock.steady()) == (START - timedelta(hours=1) + 2 * SECOND, START + 2 * SECOND)


async def test_the_ticker_calls_soon_where_the_clock_was_set_back() -> None:
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    ticker = Ticker(tick)
    ticker.start()
    ticker.catch_up(datetime.now(UTC))
    assert not ticked.is_set()
    ticker.catch_up(datetime.now(UTC) - timedelta(hours=1))
    await asyncio.wait_for(ticked.wait(), 10)
    ticker.stop()
