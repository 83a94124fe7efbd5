"""Stopping waits for every request that was taken."""

import asyncio

import pytest

from bot.transport.in_flight import InFlight


async def test_with_nothing_in_hand_nobody_waits() -> None:
    in_flight = InFlight()
    await in_flight.nothing()
    with in_flight:
        pass
    await in_flight.nothing()


def test_something_is_in_hand_until_the_last_request_is_done() -> None:
    in_flight = InFlight()
    seen = [in_flight.is_something()]
    with in_flight:
        with in_flight:
            seen.append(in_flight.is_something())
        seen.append(in_flight.is_something())
    assert [*seen, in_flight.is_something()] == [False, True, True, False]


async def test_it_is_waited_for_the_last_request() -> None:
    in_flight = InFlight()
    with in_flight:
        with in_flight:
            waiting = asyncio.create_task(in_flight.nothing())
            await asyncio.sleep(0)
            assert waiting.done() is False
        await asyncio.sleep(0)
        assert waiting.done() is False
    await waiting


async def test_a_request_that_fails_is_in_hand_no_longer() -> None:
    in_flight = InFlight()
    with pytest.raises(RuntimeError, match="a bug"), in_flight:
        raise RuntimeError("a bug")
    await in_flight.nothing()
    with in_flight:
        waiting = asyncio.create_task(in_flight.nothing())
        await asyncio.sleep(0)
        assert waiting.done() is False
    await waiting
