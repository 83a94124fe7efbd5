"""What Slack answered, kept for a while; who asks the same at the same time shares one call."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextvars import Context, ContextVar, copy_context
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

import structlog
from aiohttp import ClientError
from cachetools import LRUCache
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.slack.log_rate import OnceAMinute

T = TypeVar("T")
Otherwise = TypeVar("Otherwise")
Key = tuple[str, str]
_log = structlog.get_logger(__name__)


class NotAskedError(Exception):
    """A method of Slack's was called as often as Slack takes it, or Slack asked to wait with it."""


class SlowError(Exception):
    """Slack does not answer in time. The call goes on, so that who asks can answer once Slack has."""


NO_ANSWER = (SlackApiError, SlackClientError, ClientError, TimeoutError, OSError, NotAskedError)
#: Who waits for nothing else waits so long for one answer; and who only opens a form, so long for a newer one.
_PATIENCE_SECONDS, _A_MOMENT = 1.2, 0.3
#: Where Slack's event of a change is lost, what it changed is unknown for so long: two minutes at most.
KEPT_SECONDS = 119.5
_KEPT_AT_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many seconds an answer is waited for, and all of them together, however many.

    ``is_last``: what is not known then counts as unknown. ``may_lean``: where Slack is slow, what it said a while ago
    will do in the place of what is asked afresh, and ``has_leaned`` tells of it. ``is_timed``: time asks, and nobody
    waits; what Slack takes in a minute goes to people first.
    """

    seconds: float = _PATIENCE_SECONDS
    in_all: float = math.inf
    is_last: bool = True
    may_lean: bool = False
    is_timed: bool = False


@dataclass(slots=True)
class _Begun:
    """How somebody waits, and since when (seconds)."""

    how: Waiting
    at: float
    has_leaned: bool = False


_NOBODY_WAITS = _Begun(Waiting(), math.inf)
_WAITING: ContextVar[_Begun] = ContextVar("waiting", default=_NOBODY_WAITS)


class _Waits:
    """A context manager of the standard library's kind costs each request three times as much."""

    __slots__ = ("_begun", "_token")

    def __init__(self, begun: _Begun) -> None:
        self._begun = begun

    def __enter__(self) -> None:
        self._token = _WAITING.set(self._begun)

    def __exit__(self, *_: object) -> None:
        _WAITING.reset(self._token)


def waiting(how: Waiting, since: float | None = None) -> _Waits:
    """Have whatever is asked meanwhile wait so, ``since`` a moment (``time.monotonic``), else since now.

    Where that is not to be the last time, SlowError is raised.
    """
    return _Waits(_Begun(how, time.monotonic() if since is None else since))


def unhurried() -> Context:
    """Return what is known here, for work that goes on behind an answer: nobody waits for it any longer."""
    context = copy_context()
    context.run(_WAITING.set, _NOBODY_WAITS)
    return context


def left() -> float:
    """Return for how many seconds Slack may still be waited for."""
    begun = _WAITING.get()
    return max(0.0, begun.how.in_all - (time.monotonic() - begun.at))


def is_last() -> bool:
    """Tell whether what does not come in time is done without; else SlowError has it wanted once more, with time."""
    return _WAITING.get().how.is_last


def is_timed() -> bool:
    """Tell whether time asks, and no person waits."""
    return _WAITING.get().how.is_timed


def has_leaned() -> bool:
    """Tell whether something that was asked afresh was taken from what Slack said a while ago."""
    return _WAITING.get().has_leaned


def patience(seconds: float | None = None) -> asyncio.Timeout:
    """Wait so long for Slack, and no longer than whoever waits has left."""
    return asyncio.timeout(min(_WAITING.get().how.seconds if seconds is None else seconds, left()))


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    """An answer, when it was asked for and when it came, in seconds: it may tell of the first moment."""

    value: T
    asked_at: float
    told_at: float


class Cache(Generic[T]):
    """Answers to one question by (team_id, whom or what it is about), each good for so many ``seconds``.

    The least recently used goes where there are too many. What Slack did not answer is asked anew the next time.
    """

    def __init__(
        self,
        what: str,
        ask: Callable[[Key], Coroutine[None, None, T]],
        now: Callable[[], datetime],
        most: int = _KEPT_AT_MOST,
        seconds: float = KEPT_SECONDS,
    ) -> None:
        self._what, self._ask, self._now, self._seconds = what, ask, now, seconds
        self._kept: LRUCache[Key, _Kept[T]] = LRUCache(most)
        self._asked: dict[Key, asyncio.Task[T]] = {}
        self._log_rate = OnceAMinute()

    def __contains__(self, key: Key) -> bool:
        return self.known(key) is not None

    def known(self, key: Key, seconds: float | None = None) -> T | None:
        """Return what was asked for in the last seconds (as long as it is good, if nothing is said), else None."""
        try:
            kept = self._kept[key]
        except KeyError:
            return None
        since = self._now().timestamp() - (self._seconds if seconds is None else seconds)
        return kept.value if kept.asked_at >= since else None

    def _lately(self, key: Key, seconds: float) -> T | None:
        """Return what was told in the last seconds, or asked for since whoever waits began to wait, else None."""
        kept, now = self._kept.get(key), self._now().timestamp()
        waited = max(0.0, time.monotonic() - _WAITING.get().at)
        is_new = kept is not None and (kept.told_at >= now - seconds or kept.asked_at > now - waited)
        return kept.value if kept is not None and is_new else None

    def put(self, key: Key, value: T) -> None:
        """Keep what Slack has told unasked; a call that is on its way counts as of before."""
        self.drop(key)
        now = self._now().timestamp()
        self._kept[key] = _Kept(value, now, now)

    def change(self, key: Key, how: Callable[[T], T]) -> None:
        """Change what is known, which is good for no longer; a call that is on its way counts as of before."""
        kept = self._kept.get(key)
        self.drop(key)
        if kept is not None:
            self._kept[key] = replace(kept, value=how(kept.value))

    def drop(self, key: Key) -> None:
        """Ask Slack anew; a call that is on its way counts as of before."""
        self._kept.pop(key, None)
        self._asked.pop(key, None)

    def clear(self) -> None:
        self._kept.clear()
        self._asked.clear()

    async def get(self, key: Key, otherwise: Otherwise, patience: float | None = None) -> T | Otherwise:
        """Return what is known, else what Slack says in time; ``otherwise`` if it does not.

        ``patience``, in seconds, is for those for whom nobody waits. Raises SlowError where ``waiting`` says so.
        """
        known = self.known(key)
        if known is not None:
            return known
        return await self._within(patience, self.begin(key), otherwise, key[1])

    async def get_afresh(self, key: Key, otherwise: Otherwise, seconds: float) -> T | Otherwise:
        """Return what Slack says now, or said in the last seconds; ``otherwise`` if it does not in time.

        Raises SlowError where ``waiting`` says so.
        """
        if (lately := self._lately(key, seconds)) is not None:
            return lately
        begun, before = _WAITING.get(), self._kept.pop(key, None) if key in self else None
        call = self.begin(key)
        if before is not None and begun.how.may_lean:
            # What took longer the last time is not waited for now: opening the form takes as long again.
            moment = _A_MOMENT if before.told_at - before.asked_at <= _A_MOMENT else 0.0
            await asyncio.wait({call}, timeout=max(0.0, begun.at + moment - time.monotonic()))
            if not call.done():
                begun.has_leaned = True
                return self._kept.setdefault(key, before).value
        return await self._within(None, call, otherwise, key[1])

    async def foresee(self, keys: Iterable[Key]) -> None:
        """Ask for what is not known of these, side by side, for whoever wants it next; wait only so long for Slack."""
        if calls := [self.begin(key) for key in keys if key not in self]:
            await asyncio.wait(calls, timeout=_WAITING.get().how.seconds)

    def begin(self, key: Key) -> asyncio.Task[T]:
        """Return the call that is on its way, or a new one. It goes on where nobody waits any longer."""
        call = self._asked.get(key)
        if call is None:
            asked_at = self._now().timestamp()
            call = self._asked[key] = asyncio.create_task(self._ask(key))
            call.add_done_callback(lambda done: self._keep(key, asked_at, done))
        return call

    def _keep(self, key: Key, asked_at: float, done: asyncio.Task[T]) -> None:
        is_answered = not done.cancelled() and done.exception() is None
        if self._asked.get(key) is done:
            del self._asked[key]
            self._kept.pop(key, None)
            if is_answered:
                self._kept[key] = _Kept(done.result(), asked_at, self._now().timestamp())

    async def _within(
        self, seconds: float | None, call: Awaitable[T], otherwise: Otherwise, about: str
    ) -> T | Otherwise:
        try:
            async with patience(seconds):
                return await asyncio.shield(call)
        except NO_ANSWER as error:
            # The error holds this frame, and the call holds the error: none would go before Python looks for such.
            del call
            # What was not even asked may be hundreds.
            if not isinstance(error, NotAskedError) or self._log_rate.may_speak():
                _log.warning("slack did not say", what=f"{self._what} {about}", error=error)
            if isinstance(error, TimeoutError) and not is_last():
                raise SlowError from error
            return otherwise
