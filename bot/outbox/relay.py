"""Sends what the outbox holds; the only caller of chat.postMessage.

A row is marked as *sending* on disk before Slack is called, so that after a crash nobody takes it for unsent. Where a
call ends without saying whether Slack has the message, the row is *unsure*: the relay looks for the row's id in the
conversation before it sends again, and where it may not look, the row ends as *uncertain*.
"""

import asyncio
import random
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextvars import Context
from datetime import datetime, timedelta
from typing import assert_never

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.outbox import slack_calls
from bot.outbox.placing import placed_in_slack
from bot.outbox.rate_limits import RateLimits
from bot.outbox.slack_calls import Ambiguous, CannotLook, Ending, Held, Looked, NotThere, Refused, Sent, Unreached
from bot.outbox.write_batching import WriteBatching
from storage.engine.interface import Database, StoreUnavailableError, to_text
from storage.outbox import deliveries, threads
from storage.outbox.deliveries import Delivery, Outcome
from storage.workspaces.workspaces import is_uninstalled

_log = structlog.get_logger(__name__)

#: Longer than a call may take: a row that has been *sending* for so long belongs to a process that died.
LEASE = timedelta(seconds=25)
_CALL = timedelta(seconds=21)
_POLL_SECONDS, _PAGE_SECONDS = 1.0, 0.05
_AT_ONCE = 64
_LONGEST_BACKOFF = 300


#: Tells whether a delivery may still be sent, whatever has become of its reader; None where that is not known.
MayBeSent = Callable[[Delivery], Awaitable[bool | None]]


async def _may_always(_delivery: Delivery) -> bool | None:
    return True


class Relay:
    """One sender for one store. Rows of one lane go in order, lanes go side by side.

    Of a lane only the next row is held, besides those that were admitted: what stands behind it is in the store.
    """

    def __init__(
        self,
        store: Database,
        slack: AsyncWebClient,
        clock: Clock,
        rate_limits: RateLimits | None = None,
        may_be_sent: MayBeSent = _may_always,
    ) -> None:
        self._store = store
        self.slack = slack
        self.clock = clock
        self._rate_limits = rate_limits or RateLimits()
        self._may_be_sent = may_be_sent
        self._lanes: defaultdict[str, deque[Delivery]] = defaultdict(deque)
        self._untried: set[str] = set()
        self._admitted: dict[str, datetime] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._turns: dict[str, datetime] = {}
        self._changed = asyncio.Event()
        self._is_stopped = False
        self._outcomes = WriteBatching(store, deliveries.record_outcomes)

    def admit(self, delivery: Delivery) -> Delivery:
        """Mark a delivery as being sent before it is committed, when its lane is free: that saves a commit."""
        now = self.clock.now()
        is_free = delivery.lane not in self._lanes and self._admitted.get(delivery.lane, now) <= now
        if (
            not is_free
            or self._rate_limits.next_turn(delivery.lane, delivery.act, now) > now
            or deliveries.is_waiting(self._store.reader, delivery.lane)
        ):
            return delivery
        self._admitted[delivery.lane] = now + LEASE
        return delivery.model_copy(update={"state": "sending", "tries": 1, "not_before": to_text(now + LEASE)})

    def announce(self, delivery: Delivery) -> None:
        """Begin with a delivery that was just committed here; it waits for what stands before it in its lane."""
        is_admitted = delivery.state == "sending"
        if is_admitted:
            self._admitted.pop(delivery.lane, None)
            self._untried.add(delivery.id)
        self._open(delivery.lane, *([delivery] if is_admitted else []))

    def _open(self, name: str, *admitted: Delivery) -> None:
        is_new = name not in self._lanes
        self._lanes[name].extend(admitted)
        if is_new and not self._is_stopped:
            self.start(self._serve(name, self._lanes[name]))

    def respond(self, url: str, body: Mapping[str, object]) -> None:
        """Say something through a response_url soon; if it does not arrive, it is only logged."""
        self.start(self._respond(url, body))

    async def _respond(self, url: str, body: Mapping[str, object]) -> None:
        ended = await slack_calls.respond(self.slack, url, body)
        if not isinstance(ended, Sent):
            _log.warning("a response did not arrive", ended=str(ended))

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Do some work that nobody waits for; stopping does."""
        # Who begins it may be in a hurry (``handlers/slack/cache.waiting``), which is none of its own.
        task = asyncio.create_task(work, context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._end)

    async def look_for_due(self, after: str = "") -> str:
        """Take in what is due in lanes that rest: from before a restart, from another process, or due only now.

        Looks at a page of lanes behind one, and returns the last of them; empty once there are no more.
        """
        lanes, last = await self._store.read(deliveries.due_lanes, self.clock.now(), after)
        for lane in lanes:
            self._open(lane)
        return last

    async def look_for_all_due(self) -> None:
        after = await self.look_for_due()
        while after:
            after = await self.look_for_due(after)

    async def run(self) -> None:
        """Look for due rows again and again, until cancelled."""
        after = ""
        while True:
            try:
                after = await self.look_for_due(after)
            except StoreUnavailableError as error:
                _log.warning("the outbox cannot be read", error=error)
            await asyncio.sleep(_PAGE_SECONDS if after else _POLL_SECONDS)

    async def idle(self) -> None:
        """Return once nothing is in hand but what waits for Slack's limits or for a later time."""
        while len(self._tasks) > sum(turn > self.clock.now() for turn in self._turns.values()):
            self._changed.clear()
            await self._changed.wait()

    async def stop(self, patience: float) -> None:
        """Send what is in hand for so many seconds, and leave the rest, and what comes later, to the next start."""
        self._is_stopped = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._changed.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a delivery failed", error=error)

    async def _serve(self, name: str, lane: deque[Delivery]) -> None:
        try:
            while delivery := await self._next_in(name, lane):
                await self._wait_for_turn(delivery)
                async with self._slots:
                    await self._deliver(delivery)
        except StoreUnavailableError as error:
            _log.warning("the outbox cannot be written", error=error)
        finally:
            self._lanes.pop(name, None)

    async def _next_in(self, name: str, lane: deque[Delivery]) -> Delivery | None:
        return lane.popleft() if lane else await self._store.read(deliveries.next_in, name, self.clock.now())

    async def _wait_for_turn(self, delivery: Delivery) -> None:
        now = self.clock.now()
        turn = self._rate_limits.take_turn(delivery.lane, delivery.act, now)
        if turn <= now:
            return
        self._turns[delivery.lane] = turn
        self._changed.set()
        try:
            await self.clock.wait_until(turn)
        finally:
            del self._turns[delivery.lane]

    async def _deliver(self, delivery: Delivery) -> None:
        now = self.clock.now()
        is_untried = delivery.id in self._untried
        self._untried.discard(delivery.id)
        is_taken = is_untried and delivery.state == "sending" and delivery.not_before > to_text(now + _CALL)
        if not is_taken and not await self._store.write(
            lambda transaction: deliveries.take(transaction, delivery, now, LEASE)
        ):
            return
        known = delivery.model_copy(update={"state": "waiting"}) if is_untried else delivery
        outcome = await self._attempt(known, now)
        if delivery.thread and delivery.act != "upload":
            thread = await self._store.read(threads.thread, delivery.thread)
            is_opener = thread is not None and thread.opener == delivery.id
            is_lost_edit = thread is None and delivery.act == "update" and outcome.state == "failed"
            ended = {"state": "sent"} if is_lost_edit else {}
            outcome = outcome.model_copy(update={"thread": delivery.thread, "is_opener": is_opener, **ended})
        if outcome.state in ("failed", "uncertain"):
            _log.warning("a delivery ended badly", id=delivery.id, state=outcome.state, reason=outcome.reason)
        await self._outcomes.put(outcome)

    async def _attempt(self, delivery: Delivery, now: datetime) -> Outcome:
        may_be_sent = await self._may_be_sent(delivery)
        if to_text(now) >= delivery.expires_at or may_be_sent is False:
            state: deliveries.State = "uncertain" if delivery.is_unsure else "failed"
            why = "its reader has left" if may_be_sent is False else delivery.reason or "its time was over"
            return Outcome(id=delivery.id, state=state, reason=f"given up: {why}")
        if await self._store.read(is_uninstalled, delivery.team_id):
            return Outcome(id=delivery.id, state="failed", reason="the app was uninstalled")
        if may_be_sent is None:
            return self._again(delivery, now + _backoff(delivery.tries), "Slack does not say who may read it")
        placed = await self._store.read(placed_in_slack, delivery)
        if not isinstance(placed, Delivery):
            return self._outcome(delivery, placed, now)
        looked = await self._look(placed) if delivery.is_unsure else NotThere()
        ended = await self._send(placed) if isinstance(looked, NotThere) else looked
        return self._outcome(delivery, ended, now)

    async def _look(self, delivery: Delivery) -> Looked:
        if delivery.act == "post":
            return await slack_calls.look_for(self.slack, delivery)
        is_repeatable = delivery.act in ("update", "whisper") or bool(delivery.body.get("replace_original"))
        return NotThere() if is_repeatable else CannotLook("a response or a file cannot be looked up")

    async def _send(self, delivery: Delivery) -> Ending:
        """Send it, and without its blocks where Slack refuses those."""
        ended = await self._call(delivery)
        plainer = delivery.without_blocks() if isinstance(ended, Refused) and "blocks" in ended.reason else None
        return ended if plainer is None else await self._call(plainer)

    async def _call(self, delivery: Delivery) -> Ending:
        if delivery.act == "post":
            return await slack_calls.post(self.slack, delivery)
        if delivery.act in ("update", "whisper"):
            return await slack_calls.say(self.slack, delivery)
        if delivery.act == "upload":
            return await slack_calls.upload(self.slack, delivery)
        return await slack_calls.respond(self.slack, delivery.lane, delivery.body)

    def _outcome(self, delivery: Delivery, ended: Ending | CannotLook, now: datetime) -> Outcome:
        match ended:
            case Sent():
                return Outcome(id=delivery.id, state="sent", slack_ts=ended.ts, slack_channel=ended.channel)
            case Refused():
                return Outcome(id=delivery.id, state="failed", reason=ended.reason)
            case CannotLook():
                return Outcome(id=delivery.id, state="uncertain", reason=f"{delivery.reason} ({ended.reason})")
            case Held():
                until = self.clock.now() + timedelta(seconds=ended.seconds)
                if not ended.is_of_look:
                    self._rate_limits.hold(delivery.act, until)
                return self._again(delivery, until, "Slack asked to wait")
            case Unreached():
                return self._again(delivery, now + _backoff(delivery.tries), ended.reason)
            case Ambiguous():
                unsure = delivery.model_copy(update={"state": "unsure"})
                return self._again(unsure, now + _backoff(delivery.tries), ended.reason)
            case _:
                assert_never(ended)

    def _again(self, delivery: Delivery, moment: datetime, reason: str) -> Outcome:
        state: deliveries.State = "unsure" if delivery.is_unsure else "waiting"
        return Outcome(id=delivery.id, state=state, reason=reason, not_before=to_text(moment))


def _backoff(tries: int) -> timedelta:
    """Return how long to wait after so many tries: doubling from two seconds, with jitter, five minutes at most."""
    seconds = min(2.0**tries, _LONGEST_BACKOFF)
    return timedelta(seconds=seconds * random.uniform(0.75, 1.0))  # noqa: S311 - jitter
