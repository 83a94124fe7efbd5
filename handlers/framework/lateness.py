"""Once Slack's three seconds are over no form opens any more: who waits is told so at once, and the work goes on.

It still answers what is no form, and what Slack says meanwhile is there for the next try.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from typing import TypeVar

from handlers.framework.services import Outbox

T = TypeVar("T")
Tell = Callable[[], Awaitable[object]]
#: For so long after a press its trigger opens a form: https://docs.slack.dev/interactivity/handling-user-interaction
_TRIGGER_SECONDS = 3.0
_IS_OVER: ContextVar[asyncio.Event | None] = ContextVar("is_over", default=None)


def is_too_late_for_form() -> bool:
    """Tell whether what is done here began so long ago that Slack opens no form for it."""
    is_over = _IS_OVER.get()
    return is_over is not None and is_over.is_set()


async def done_late(outbox: Outbox, work: Coroutine[None, None, T], waited: float, tell: Tell) -> T:
    """Do what began so many seconds ago to its end; have who waits told when no form can open any more."""
    is_over = asyncio.Event()
    token = _IS_OVER.set(is_over)
    working = asyncio.create_task(work)
    over = asyncio.create_task(outbox.pause(max(0.0, _TRIGGER_SECONDS - waited)))
    try:
        await asyncio.wait({working, over}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            is_over.set()
            await tell()
        return await working
    finally:
        _IS_OVER.reset(token)
        over.cancel()
        working.cancel()
