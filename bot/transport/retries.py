"""Asks Slack again for as long as it does not answer."""

from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar

import stamina
import structlog
from slack_sdk.errors import SlackApiError

from bot.outbox.slack_calls import code_of
from handlers.slack.cache import NO_ANSWER

T = TypeVar("T")
_log = structlog.get_logger(__name__)
_ask = stamina.AsyncRetryingCaller(attempts=None, timeout=None, wait_initial=0.5, wait_max=5.0)


async def until_slack_answers(ask: Callable[[], Awaitable[T]], told: str, lasting: Collection[str] = ()) -> T:
    """Return what Slack answers, asking without end, with growing waits; each failure is logged with what is ``told``.

    Raises SlackApiError where it is one of the ``lasting`` errors, which do not pass by themselves.
    """

    def passes(error: Exception) -> bool:
        code = code_of(error) if isinstance(error, SlackApiError) else ""
        is_passing = isinstance(error, NO_ANSWER) and code not in lasting
        if is_passing:
            _log.warning(f"{told}; trying again", error=code or error)
        return is_passing

    return await _ask(passes, ask)
