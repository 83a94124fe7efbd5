"""Who asks the same at the same time shares one answer, which is kept for a while; what failed is asked anew."""

import asyncio
import gc
import time
import weakref
from collections import Counter
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackClientError
from structlog.testing import capture_logs

from bot.clock import Clock
from handlers.slack.cache import Cache, Key, NotAskedError, SlowError, Waiting, has_leaned, left, waiting

ANA, BEN, CHLOE = ("T1", "UANA"), ("T1", "UBEN"), ("T1", "UCHLOE")


class Source:
    """Answers once it may, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.may_answer = asyncio.Event()
        self.is_broken = False

    async def ask(self, key: Key) -> str:
        self.asked[key[1]] += 1
        number = self.asked[key[1]]
        await self.may_answer.wait()
        if self.is_broken:
            raise SlackClientError("no")
        return f"{key[1]} {number}"


def a_cache(source: Source, clock: Clock, most: int = 100) -> Cache[str]:
    return Cache("who a person is", source.ask, clock.now, most)


async def test_who_asks_at_the_same_time_shares_one_call(clock: Clock) -> None:
    source = Source()
    cache = a_cache(source, clock)
    waiting = [asyncio.create_task(cache.get(each, None)) for each in (ANA, ANA, BEN, ANA)]
    await asyncio.wait(waiting, timeout=0)
    source.may_answer.set()
    assert await asyncio.gather(*waiting) == ["UANA 1", "UANA 1", "UBEN 1", "UANA 1"]
    assert await cache.get(ANA, None) == "UANA 1"
    assert source.asked == {"UANA": 1, "UBEN": 1}


async def test_an_answer_is_good_for_less_than_two_minutes(clock: Clock) -> None:
    source = Source()
    source.may_answer.set()
    cache = a_cache(source, clock)
    assert await cache.get(ANA, None) == "UANA 1"
    clock.move(timedelta(seconds=119))
    assert await cache.get(ANA, None) == "UANA 1"
    assert ANA in cache
    clock.move(timedelta(seconds=1))
    assert ANA not in cache
    assert await cache.get(ANA, None) == "UANA 2"


async def test_where_there_are_too_many_the_oldest_alone_is_asked_anew(clock: Clock) -> None:
    source = Source()
    source.may_answer.set()
    cache = a_cache(source, clock, most=2)
    for key in (ANA, BEN, CHLOE, BEN, CHLOE, ANA):
        await cache.get(key, None)
    assert source.asked == {"UANA": 2, "UBEN": 1, "UCHLOE": 1}


async def test_a_failure_is_told_to_all_who_wait_and_not_kept(clock: Clock) -> None:
    source = Source()
    source.is_broken = True
    source.may_answer.set()
    cache = a_cache(source, clock)
    told = await asyncio.gather(cache.get(ANA, "nobody"), cache.get(ANA, "unknown"))
    assert list(told) == ["nobody", "unknown"]
    assert source.asked == {"UANA": 1}
    source.is_broken = False
    assert await cache.get(ANA, "nobody") == "UANA 2"


class Errors:
    """Makes errors, and sees whether they are still there."""

    def __init__(self) -> None:
        self._made: list[weakref.ref[SlackClientError]] = []

    async def ask(self, _: Key) -> str:
        raise self._an_error()

    def _an_error(self) -> SlackClientError:
        error = SlackClientError("no")
        self._made.append(weakref.ref(error))
        return error

    def there(self) -> list[SlackClientError | None]:
        return [each() for each in self._made]


async def test_what_slack_did_not_say_goes_at_once_and_waits_for_no_look_for_garbage(clock: Clock) -> None:
    errors = Errors()
    cache = Cache("who a person is", errors.ask, clock.now)
    gc.collect()
    gc.disable()
    try:
        with capture_logs() as logged:
            assert await cache.get(ANA, "nobody") == "nobody"
            assert await cache.get_afresh(BEN, "nobody", 1) == "nobody"
        assert errors.there() == [each["error"] for each in logged]
        logged.clear()
        await asyncio.sleep(0)
        assert errors.there() == [None, None]
    finally:
        gc.enable()


async def test_who_loses_patience_leaves_and_the_answer_comes_for_the_next(clock: Clock) -> None:
    source = Source()
    cache = a_cache(source, clock)
    patient = asyncio.create_task(cache.get(ANA, None))
    assert await cache.get(ANA, "unknown", patience=0) == "unknown"
    assert ANA not in cache
    source.may_answer.set()
    assert await patient == "UANA 1"
    assert await cache.get(ANA, "unknown", patience=0) == "UANA 1"


async def test_one_who_stops_waiting_takes_the_answer_from_nobody(clock: Clock) -> None:
    source = Source()
    cache = a_cache(source, clock)
    first, second = (asyncio.create_task(cache.get(ANA, None)) for _ in range(2))
    await asyncio.wait((first, second), timeout=0)
    first.cancel()
    source.may_answer.set()
    assert await second == "UANA 1"


async def test_what_was_asked_before_a_change_is_not_kept_after_it(clock: Clock) -> None:
    source = Source()
    cache = a_cache(source, clock)
    before = asyncio.create_task(cache.get(ANA, None))
    await asyncio.wait((before,), timeout=0)
    cache.drop(ANA)
    after = asyncio.create_task(cache.get(ANA, None))
    source.may_answer.set()
    assert [await before, await after] == ["UANA 1", "UANA 2"]
    assert await cache.get(ANA, None) == "UANA 2"


async def test_an_answer_is_as_old_as_its_question(clock: Clock) -> None:
    source = Source()
    cache = a_cache(source, clock)
    waiting = asyncio.create_task(cache.get(ANA, None))
    await asyncio.wait((waiting,), timeout=0)
    clock.move(timedelta(seconds=100))
    source.may_answer.set()
    assert await waiting == "UANA 1"
    clock.move(timedelta(seconds=20))
    assert await cache.get(ANA, None) == "UANA 2"


async def test_what_slack_tells_unasked_is_kept_and_a_change_makes_nothing_good_for_longer(clock: Clock) -> None:
    source = Source()
    source.may_answer.set()
    cache = a_cache(source, clock)
    cache.change(ANA, str.upper)
    assert ANA not in cache
    cache.put(ANA, "told")
    clock.move(timedelta(seconds=100))
    cache.change(ANA, str.upper)
    assert await cache.get(ANA, None) == "TOLD"
    clock.move(timedelta(seconds=20))
    assert await cache.get(ANA, None) == "UANA 1"


async def test_however_much_is_asked_nobody_waits_longer_in_all(clock: Clock) -> None:
    source = Source()
    cache = a_cache(source, clock)
    with waiting(Waiting(20, in_all=2, is_last=False), since=time.monotonic() - 2):
        assert left() == 0
        for key in (ANA, BEN):
            with pytest.raises(SlowError):
                await cache.get(key, None)
    assert source.asked == {"UANA": 1, "UBEN": 1}


async def test_what_is_asked_afresh_was_told_just_now_or_is_asked_anew(clock: Clock) -> None:
    source = Source()
    cache = a_cache(source, clock)
    slow = asyncio.create_task(cache.get_afresh(ANA, None, 5))
    await asyncio.wait((slow,), timeout=0)
    clock.move(timedelta(seconds=20))
    source.may_answer.set()
    assert await slow == "UANA 1"
    clock.move(timedelta(seconds=5))
    assert await cache.get_afresh(ANA, None, 5) == "UANA 1"
    clock.move(timedelta(seconds=1))
    assert await cache.get_afresh(ANA, None, 5) == "UANA 2"


async def test_what_was_asked_for_since_somebody_waits_is_new_to_them(clock: Clock) -> None:
    source = Source()
    source.may_answer.set()
    cache = a_cache(source, clock)
    with waiting(Waiting(), since=time.monotonic() - 30):
        await cache.get(ANA, None)
        clock.move(timedelta(seconds=20))
        assert await cache.get_afresh(ANA, None, 5) == "UANA 1"
    assert await cache.get_afresh(ANA, None, 5) == "UANA 2"


async def test_only_who_may_lean_takes_what_was_said_a_while_ago_and_it_is_told(clock: Clock) -> None:
    source = Source()
    source.may_answer.set()
    cache = a_cache(source, clock)
    await cache.get(ANA, None)
    clock.move(timedelta(seconds=10))
    source.may_answer.clear()
    may_lean = Waiting(20, in_all=2, is_last=False, may_lean=True)
    with waiting(may_lean, since=time.monotonic() - 1):
        assert (await cache.get_afresh(ANA, None, 5), has_leaned()) == ("UANA 1", True)
    with waiting(Waiting(20, in_all=2, is_last=False), since=time.monotonic() - 2), pytest.raises(SlowError):
        await cache.get_afresh(ANA, None, 5)
    clock.move(timedelta(seconds=110))
    with waiting(may_lean, since=time.monotonic() - 2), pytest.raises(SlowError):
        await cache.get_afresh(ANA, None, 5)


@pytest.mark.parametrize(("took", "told"), [(0.1, 2), (2.8, 1)])
async def test_who_may_lean_waits_a_moment_unless_slack_took_longer_the_last_time(
    clock: Clock, took: float, told: int
) -> None:
    asked = list[timedelta]()

    async def ask(_key: Key) -> int:
        asked.append(timedelta(seconds=took))
        for _ in range(50):
            await asyncio.sleep(0)
        clock.move(asked[-1])
        return len(asked)

    cache = Cache("who a person is", ask, clock.now)
    await cache.get(ANA, None)
    clock.move(timedelta(seconds=10))
    with waiting(Waiting(20, in_all=2, is_last=False, may_lean=True)):
        assert await cache.get_afresh(ANA, None, 5) == told


async def test_of_all_that_was_not_even_asked_the_log_has_one_line(clock: Clock) -> None:
    async def refuse(_key: Key) -> str:
        raise NotAskedError("users.info")

    cache = Cache("who a person is", refuse, clock.now)
    with capture_logs() as lines:
        assert [await cache.get(each, "nobody") for each in (ANA, BEN, CHLOE)] == ["nobody"] * 3
    assert [line["what"] for line in lines] == ["who a person is UANA"]
