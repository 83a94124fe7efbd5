"""An event that is sent anew while it is being answered is not answered twice."""

import asyncio
from collections.abc import Coroutine

from handlers.framework.redelivery import Redelivery


class Work:
    """Answers once it may, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.may_answer = asyncio.Event()
        self.seen_to: list[asyncio.Task[None]] = []

    async def answer(self) -> str:
        self.begun += 1
        number = self.begun
        await self.may_answer.wait()
        return f"answer {number}"

    def see_to(self, work: Coroutine[None, None, None]) -> None:
        self.seen_to.append(asyncio.create_task(work))


async def test_what_takes_too_long_is_asked_for_anew_and_then_done_once() -> None:
    work = Work()
    events = Redelivery[str](work.see_to, seconds=0)
    assert await events.answer(("T1", "event"), work.answer) is None
    assert await events.answer(("T1", "event"), work.answer) is None
    work.may_answer.set()
    await asyncio.gather(*work.seen_to)
    assert work.begun == 1


async def test_who_comes_anew_gets_the_answer_of_the_first_run() -> None:
    work = Work()
    events = Redelivery[str](work.see_to, seconds=10)
    both = asyncio.gather(*(events.answer(("T1", "event"), work.answer) for _ in range(2)))
    other = asyncio.create_task(events.answer(("T2", "event"), work.answer))
    await asyncio.sleep(0)
    work.may_answer.set()
    assert await both == ["answer 1", "answer 1"]
    assert (await other, work.begun) == ("answer 2", 2)


async def test_what_was_answered_is_begun_anew() -> None:
    work = Work()
    work.may_answer.set()
    events = Redelivery[str](work.see_to, seconds=10)
    assert [await events.answer(("T1", "event"), work.answer) for _ in range(2)] == ["answer 1", "answer 2"]
