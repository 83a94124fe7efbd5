"""The clock can be moved on, and wakes whoever waits for a time."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.clock import Clock, Ticker
from bot.outbox.rate_limits import Pace
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
    assert abs(clock.now() - datetime.now(UTC)) < SECOND
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


def test_a_lane_has_a_burst_and_then_a_turn_a_second() -> None:
    pace = Pace(burst=2)
    turns = [pace.take_turn("C1", "post", START) - START for _ in range(4)]
    assert turns == [timedelta(), timedelta(), SECOND, 2 * SECOND]
    assert pace.take_turn("C2", "post", START) == START
    assert pace.take_turn("C1", "post", START + 10 * SECOND) == START + 10 * SECOND


def test_a_held_method_waits_in_every_lane() -> None:
    pace = Pace()
    pace.hold("post", START + 5 * SECOND)
    assert pace.take_turn("C1", "post", START) == START + 5 * SECOND
    assert pace.take_turn("C1", "respond", START) == START


def test_lanes_that_are_at_rest_are_forgotten() -> None:
    pace = Pace(burst=1)
    for number in range(10_002):
        pace.take_turn(f"C{number}", "post", START)
    later = START + 2 * SECOND
    assert pace.take_turn("C1", "post", later) == later
    assert pace.lanes_kept == 1
