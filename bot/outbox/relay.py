"""Sends what the outbox holds; the only caller of chat.postMessage.

A row is marked as *sending* on disk before Slack is called, so that after a crash nobody takes it for unsent. Where a
call ends without saying whether Slack has the message, the row is *unsure*: the relay looks for the row's id in the
conversation before it sends again, and where it may not look, the row ends as *uncertain*.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Hashable, Mapping
from contextvars import Context
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.log_privacy import kind_of
from bot.outbox import slack_calls
from bot.outbox.attempts import Attempts, MayBeSent, backoff, look_of, may_always, may_be_repeated, method_of, put_off
from bot.outbox.pace import AT_ONCE, Paces
from bot.outbox.rate_limits import RateLimits
from bot.outbox.slack_calls import Ending, Held, Refused, Sent
from bot.outbox.slots import Rounds, Slots, Urgency
from bot.outbox.urgencies import Urgencies
from bot.outbox.write_batching import WriteBatching
from handlers.framework.origins import named_as
from handlers.framework.traces import Traces, Untraced
from handlers.slack.cache import unhurried
from storage.engine.interface import Database, StoreUnavailableError, to_text
from storage.outbox import deliveries, lanes
from storage.outbox.deliveries import Delivery, Outcome
from storage.outbox.lanes import BEGIN, Lane

_log = structlog.get_logger(__name__)
#: A line for each delivery costs nothing where such lines aren't wanted.
_lines = logging.getLogger(__name__)

#: Longer than a call may take: a row that has been *sending* for so long belongs to a process that died.
LEASE = timedelta(seconds=25)
_CALL = timedelta(seconds=21)
#: So long after a row was taken its call may begin, and ends before another takes the row.
_BEFORE_CALL = timedelta(seconds=10)
_POLL_SECONDS, _PAGE_SECONDS = 1.0, 0.0125
_CALLS_AT_ONCE = 64
#: A delivery that ends in a fault of ours so often is set aside.
_TRIES_AFTER_FAULTS = 3
#: A response_url is good for five uses, and Slack may have taken one that seems lost.
_TRIES_OF_A_RESPONSE = 4


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
        may_be_sent: MayBeSent = may_always,
    ) -> None:
        self._store = store
        self.slack = slack
        self.clock = clock
        self._rate_limits = rate_limits or RateLimits()
        self.traces: Traces = Untraced()
        self.attempts = Attempts(store, slack, clock, self._rate_limits, may_be_sent)
        self._lanes: defaultdict[Lane, deque[Delivery]] = defaultdict(deque)
        self._untried: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots, self.rounds = Slots(_CALLS_AT_ONCE), Rounds()
        self._pace = Paces(clock, max(AT_ONCE, self._rate_limits.burst))
        self._urgencies = Urgencies()
        self._turns: dict[Hashable, datetime] = {}
        self._changed = asyncio.Event()
        self._is_stopped = False
        self._outcomes = WriteBatching(store, deliveries.record_outcomes)

    async def admit(self, delivery: Delivery) -> Delivery:
        """Mark a delivery as being sent before it is committed, when its lane is free: that saves a commit.

        Whoever commits it looks once more, by ``lanes.in_turn``.
        """
        lane = Lane.of(delivery)
        is_waiting = await self._store.read(lanes.is_waiting, lane)
        now, steady = self.clock.now(), self.clock.steady()
        next_turn = self._rate_limits.next_turn(lane, method_of(delivery), steady)
        if is_waiting or lane in self._lanes or next_turn > steady:
            return delivery
        return delivery.model_copy(update={"state": "sending", "tries": 1, "not_before": to_text(now + LEASE)})

    def announce(self, delivery: Delivery, *, is_answer: bool = False) -> None:
        """Begin with a delivery that was just committed here; it waits for what stands before it in its lane.

        It goes before what was found by a look, and an answer before other notices.
        """
        lane, urgency = Lane.of(delivery), Urgency.ANSWER if is_answer else Urgency.NOTICE
        self._urgencies.note(lane, delivery.id, urgency)
        for each in (self._slots, self.rounds, self._pace):
            each.hurry(lane, urgency)
        is_admitted = delivery.state == "sending"
        if is_admitted:
            self._untried.add(delivery.id)
        self._open(lane, *([delivery] if is_admitted else []))

    def _open(self, lane: Lane, *admitted: Delivery) -> None:
        is_new = lane not in self._lanes
        self._lanes[lane].extend(admitted)
        if is_new and not self._is_stopped:
            # A lane goes on with what others have to say.
            self._begin(self._serve(lane, self._lanes[lane]), Context())

    def respond(self, url: str, body: Mapping[str, object]) -> None:
        """Say something through a response_url soon, again where that fails; a response that is lost is only logged."""
        self.start(self._respond(url, body))

    async def _respond(self, url: str, body: Mapping[str, object]) -> None:
        for tries in range(1, _TRIES_OF_A_RESPONSE + 1):
            ended = await self._respond_once(url, body)
            if tries == _TRIES_OF_A_RESPONSE or not may_be_repeated(ended, body):
                break
            wait = timedelta(seconds=ended.seconds) if isinstance(ended, Held) else backoff(tries)
            await self._wait_until(f"{url} {id(body)}", self.clock.steady() + wait)
        if not isinstance(ended, Sent):
            _log.warning("a response did not arrive", ended=str(ended))

    async def _respond_once(self, url: str, body: Mapping[str, object]) -> Ending:
        ended = await slack_calls.respond(self.slack, url, body)
        if isinstance(ended, Refused) and "blocks" in ended.reason and body.get("text"):
            plain = {name: value for name, value in body.items() if name != "blocks"}
            ended = await slack_calls.respond(self.slack, url, plain)
        return ended

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Do some work that nobody waits for; stopping does."""
        self._begin(work, unhurried())

    def _begin(self, work: Coroutine[None, None, None], context: Context) -> None:
        task = asyncio.create_task(work, context=context)
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def share(self, replicas: int) -> None:
        """Send as fast as one of so many replicas may, which send what the same store holds."""
        self._pace.share(replicas)

    async def pause(self, seconds: float) -> None:
        """Return so many seconds later."""
        await self.clock.wait_until(self.clock.steady() + timedelta(seconds=seconds))

    async def look_for_due(self, after: Lane = BEGIN) -> Lane:
        """Take in what is due in lanes that rest: from before a restart, from another process, or due only now.

        Looks at a page of lanes behind one, and returns the last of them; ``BEGIN`` once there are no more.
        """
        await self.attempts.corrections.follow()
        due, last = await self._store.read(lanes.due, self.clock.now(), after)
        for lane in due:
            self._open(lane)
        return last

    async def look_for_all_due(self) -> None:
        after = await self.look_for_due()
        while after != BEGIN:
            after = await self.look_for_due(after)

    async def run(self, turned: Callable[[], None]) -> None:
        """Look for due rows again and again, until cancelled; ``turned`` is told of each look that works."""
        after = BEGIN
        while True:
            (found,) = await asyncio.gather(self.look_for_due(after), return_exceptions=True)
            if isinstance(found, BaseException):
                _log.warning("the outbox cannot be read", error=found)
            else:
                turned()
            after = BEGIN if isinstance(found, BaseException) else found
            await asyncio.sleep(_POLL_SECONDS if after == BEGIN else _PAGE_SECONDS)

    async def idle(self) -> None:
        """Return once nothing is in hand but what waits for Slack's limits or for a later time."""
        while len(self._tasks) > self._pace.resting + sum(turn > self.clock.steady() for turn in self._turns.values()):
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

    async def _serve(self, lane: Lane, admitted: deque[Delivery]) -> None:
        try:
            while delivery := await self._next_in(lane, admitted):
                if isinstance(delivery, Outcome):
                    await self._end_delivery(delivery)
                    continue
                await self._wait_for_turn(lane, delivery)
                async with self._slots.slot(lane, self._urgencies.of(lane)):
                    await self._deliver_as_part(delivery)
        except StoreUnavailableError as error:
            _log.warning("the outbox cannot be written", error=error)
        finally:
            self._lanes.pop(lane, None)

    async def _deliver_as_part(self, delivery: Delivery) -> None:
        """Deliver as a part of what it comes from, for the log and in traces."""
        name, _, place = delivery.origin.partition(" ")
        about = {"id": delivery.id, "act": delivery.act, "request": name}
        with named_as(name), self.traces.span("delivery", place, tries=delivery.tries, **about):
            await self._deliver_or_put_off(delivery)

    async def _go_on(self, lane: Lane) -> None:
        """Let one lane go on at a time where many can: whoever asks meanwhile doesn't wait for all of them."""
        await self.rounds.turn(lane, self._urgencies.of(lane))

    async def _next_in(self, lane: Lane, admitted: deque[Delivery]) -> Delivery | Outcome | None:
        await self._go_on(lane)
        return admitted.popleft() if admitted else await self._store.read(lanes.next_in, lane, self.clock.now())

    async def _wait_for_turn(self, lane: Lane, delivery: Delivery) -> None:
        now = self.clock.steady()
        turn = self._rate_limits.take_turn(lane, method_of(delivery), now)
        if delivery.is_unsure:
            turn = max(turn, self._rate_limits.held_until(look_of(delivery), now))
        if turn > now:
            await self._wait_until(lane, turn)
        if delivery.act == "post":
            self._changed.set()
            await self._pace.turn(lane, self._urgencies.of(lane))

    async def _wait_until(self, who: Hashable, moment: datetime) -> None:
        self._turns[who] = moment
        self._changed.set()
        try:
            await self.clock.wait_until(moment)
        finally:
            del self._turns[who]

    async def _deliver_or_put_off(self, delivery: Delivery) -> None:
        """Deliver; what nobody expected to go wrong is tried again, and set aside once it went wrong often."""
        (error,) = await asyncio.gather(self._deliver(delivery), return_exceptions=True)
        if isinstance(error, StoreUnavailableError):
            raise error
        if isinstance(error, Exception):
            _log.error("a delivery went wrong", id=delivery.id, error=error)
            unsure = delivery.model_copy(update={"state": "unsure"})
            is_over = delivery.tries + 1 >= _TRIES_AFTER_FAULTS
            again = put_off(unsure, self.clock.now() + backoff(delivery.tries), kind_of(error))
            await self._end_delivery(again.model_copy(update={"state": "uncertain"}) if is_over else again)

    async def _deliver(self, delivery: Delivery) -> None:
        now, by = self.clock.now(), self.clock.steady() + _BEFORE_CALL
        is_untried = delivery.id in self._untried
        self._untried.discard(delivery.id)
        is_taken = is_untried and delivery.state == "sending" and delivery.not_before > to_text(now + _CALL)
        if not is_taken and not await self._store.write(
            lambda transaction: deliveries.take(transaction, delivery, now, LEASE)
        ):
            self._urgencies.end(delivery.id)
            return
        await self._go_on(Lane.of(delivery))
        known = delivery.model_copy(update={"state": "waiting"}) if is_untried else delivery
        outcome = await self.attempts.send(known, now, by)
        outcome = outcome.model_copy(update={"tries": delivery.tries + (not is_taken)})
        _lines.debug("tried", extra={"id": delivery.id, "act": delivery.act, "state": outcome.state})
        await self._end_delivery(outcome)

    async def _end_delivery(self, outcome: Outcome) -> None:
        self.traces.tell(state=outcome.state)
        if outcome.state in deliveries.ENDED:
            self._urgencies.end(outcome.id)
        if outcome.state in ("failed", "uncertain"):
            _log.warning("a delivery ended badly", id=outcome.id, state=outcome.state, reason=outcome.reason)
        await self._outcomes.put(outcome)
