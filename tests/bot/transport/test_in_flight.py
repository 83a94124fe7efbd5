"""Stopping waits for every request that was taken."""

import asyncio

import pytest

from bot.transport.in_flight import InHand


async def test_with_nothing_in_hand_nobody_waits() -> None:
    in_hand = InHand()
    await in_hand.nothing()
    with in_hand:
        pass
    await in_hand.nothing()


async def test_it_is_waited_for_the_last_request() -> None:
    in_hand = InHand()
    with in_hand:
        with in_hand:
            waiting = asyncio.create_task(in_hand.nothing())
            await asyncio.sleep(0)
            assert waiting.done() is False
        await asyncio.sleep(0)
        assert waiting.done() is False
    await waiting


async def test_a_request_that_fails_is_in_hand_no_longer() -> None:
    in_hand = InHand()
    with pytest.raises(RuntimeError, match="a bug"), in_hand:
        raise RuntimeError("a bug")
    await in_hand.nothing()
    with in_hand:
        waiting = asyncio.create_task(in_hand.nothing())
        await asyncio.sleep(0)
        assert waiting.done() is False
    await waiting
