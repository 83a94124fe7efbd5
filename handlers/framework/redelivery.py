"""Events that Slack sends anew because they were not acknowledged in time: each is answered once, by the first run."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Generic, TypeVar

T = TypeVar("T")


class Redelivery(Generic[T]):
    """What is being answered; ``start`` sees to the end of what takes more than so many ``seconds``."""

    def __init__(self, start: Callable[[Coroutine[None, None, None]], None], seconds: float) -> None:
        self._start, self._seconds = start, seconds
        self._answers: dict[tuple[str, ...], asyncio.Task[T]] = {}

    async def answer(self, name: tuple[str, ...], begin: Callable[[], Coroutine[None, None, T]]) -> T | None:
        """Return the answer to an event, or None in time; who sends it anew waits for the same work."""
        if name not in self._answers:
            work = self._answers[name] = asyncio.create_task(begin())
            work.add_done_callback(lambda _: self._answers.pop(name))
        work = self._answers[name]
        await asyncio.wait({work}, timeout=self._seconds)
        if work.done():
            return work.result()
        self._start(_ended(work))
        return None


async def _ended(work: asyncio.Task[T]) -> None:
    await work
