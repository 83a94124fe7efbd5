"""One try at a delivery: whether it may still be sent, where it goes, the call, and what its end means for the row."""

import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import assert_never

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.outbox import slack_calls, uploads
from bot.outbox.corrections import Corrections
from bot.outbox.placing import placed_in_slack
from bot.outbox.rate_limits import RateLimits
from bot.outbox.slack_calls import Ambiguous, CannotLook, Ending, Held, Looked, NotThere, Refused, Sent, Unreached
from handlers.slack.error_messages import NOT_TOLD_ANY_MORE
from storage.engine.interface import Database, to_text
from storage.outbox import deliveries, threads
from storage.outbox.deliveries import OTHERWISE, Delivery, Outcome
from storage.outbox.uploads import FILE, keep_file
from storage.workspaces.workspaces import is_uninstalled

_LONGEST_BACKOFF = 300
#: Why nobody knows more of a delivery that is found half-way at the start.
_STOPPED = "the bot stopped before Slack answered"

#: Tells whether a delivery may still be sent, whatever has become of its reader; None where that is not known.
MayBeSent = Callable[[Delivery], Awaitable[bool | None]]


#: Finds what Slack is called with in a workspace; None where the app is not in it.
ClientOf = Callable[[str], Awaitable[AsyncWebClient | None]]


async def may_always(_delivery: Delivery) -> bool | None:
    """Let everything be sent."""
    return True


class Attempts:
    """Tries deliveries, each once, and says how that ended."""

    def __init__(
        self, store: Database, slack: AsyncWebClient, clock: Clock, rate_limits: RateLimits, may_be_sent: MayBeSent
    ) -> None:
        self._store = store
        self._slack = slack
        self._clock = clock
        self._rate_limits = rate_limits
        self.may_be_sent = may_be_sent
        self.client_of: ClientOf = self._only_client
        self.corrections = Corrections(store, clock)

    async def _only_client(self, _team_id: str) -> AsyncWebClient | None:
        return self._slack

    async def send(self, delivery: Delivery, now: datetime, by: datetime) -> Outcome:
        """Try to send a delivery that is marked as being sent, unless the call would begin too late (steady time).

        A process that stood still for a while goes on where it was, and another has sent it meanwhile.
        """
        outcome = await self._try(delivery, now, by)
        is_failed_edit = delivery.act == "update" and delivery.thread and outcome.state == "failed"
        if is_failed_edit and await self._store.read(threads.thread, delivery.thread) is None:
            # A single message that is gone needs no edit.
            return outcome.model_copy(update={"state": "sent"})
        return outcome

    async def _try(self, delivery: Delivery, now: datetime, by: datetime) -> Outcome:
        may_be_sent = await self.may_be_sent(delivery)
        if may_be_sent is False and delivery.is_answer:
            # Whoever asked waits for it still.
            delivery, may_be_sent = delivery.saying(NOT_TOLD_ANY_MORE), True
        if (over := await self._why_over(delivery, now, is_lost=may_be_sent is False)) is not None:
            return over
        if may_be_sent is None:
            return put_off(delivery, now + backoff(delivery.tries), "Slack does not say who may read it")
        slack = await self.client_of(delivery.team_id)
        if slack is None:
            return put_off(delivery, now + backoff(delivery.tries), "the app isn't in its workspace")
        placed = await self._store.read(placed_in_slack, delivery)
        if not isinstance(placed, Delivery):
            return self._outcome(delivery, placed, now)
        looked = await self._look(slack, placed) if delivery.is_unsure else NotThere()
        if isinstance(looked, NotThere) and self._clock.steady() > by:
            return put_off(delivery, self._clock.now(), "its turn was over before it was sent")
        ended = await self._say(slack, placed) if isinstance(looked, NotThere) else looked
        return self._outcome(delivery, ended, now)

    async def _why_over(self, delivery: Delivery, now: datetime, *, is_lost: bool) -> Outcome | None:
        """Return how a delivery ends that is not sent any more; None for one that may be."""
        state: deliveries.State = "uncertain" if delivery.is_unsure else "failed"
        if is_lost or await self._is_too_late(delivery, now):
            why = f"given up: {delivery.reason or 'its time was over'}"
            return Outcome(id=delivery.id, state=state, reason=deliveries.READER_LEFT if is_lost else why)
        if await self._store.read(is_uninstalled, delivery.team_id):
            return Outcome(id=delivery.id, state=state, reason=deliveries.UNINSTALLED)
        return None

    async def _is_too_late(self, delivery: Delivery, now: datetime) -> bool:
        """Tell whether a delivery's time is over, and not only the clock set since it was read."""
        if to_text(now) < delivery.expires_at:
            return False
        await self.corrections.follow()
        kept = await self._store.read(deliveries.delivery, delivery.id)
        return kept is None or to_text(now) >= kept.expires_at

    async def _look(self, slack: AsyncWebClient, delivery: Delivery) -> Looked:
        age = self._clock.now() - datetime.fromisoformat(delivery.created_at)
        if delivery.act == "post":
            return await slack_calls.look_for(slack, delivery, age)
        file_id = delivery.body.get(FILE)
        if delivery.act == "upload" and OTHERWISE in delivery.body and file_id == "":
            # Slack has no file of it, but may have what is said in its place.
            looked = await slack_calls.look_for(slack, delivery.without_file(), age)
            return NotThere() if isinstance(looked, CannotLook) else looked
        if delivery.act == "upload" and FILE in delivery.body:
            return await uploads.look_for_file(slack, str(file_id))
        is_repeatable = delivery.act in ("update", "whisper")
        is_repeatable |= delivery.act == "respond" and is_harmless_twice(delivery.body)
        return NotThere() if is_repeatable else CannotLook("a response or a file cannot be looked up")

    async def _say(self, slack: AsyncWebClient, delivery: Delivery) -> Ending:
        """Send it, and without its blocks where Slack refuses those, or its file where the app may attach none."""
        ended = await self._call(slack, delivery)
        if delivery.act == "upload" and ended == Unreached("missing_scope"):
            return await self._call(slack, delivery.without_file())
        plainer = delivery.without_blocks() if isinstance(ended, Refused) and "blocks" in ended.reason else None
        return ended if plainer is None else await self._call(slack, plainer)

    async def _call(self, slack: AsyncWebClient, delivery: Delivery) -> Ending:
        match delivery.act:
            case "post":
                return await slack_calls.post(slack, delivery)
            case "upload":
                return await uploads.upload(slack, delivery, lambda file_id: self._keep(delivery, file_id))
            case "update" if FILE in delivery.body:
                return await uploads.take_back(slack, delivery)
            case "update" | "whisper":
                return await slack_calls.say(slack, delivery)
            case _:
                return await slack_calls.respond(slack, delivery.lane, delivery.body)

    async def _keep(self, delivery: Delivery, file_id: str) -> bool:
        return await self._store.write(lambda transaction: keep_file(transaction, delivery, file_id))

    def _outcome(self, delivery: Delivery, ended: Ending | CannotLook, now: datetime) -> Outcome:
        match ended:
            case Sent():
                return Outcome(id=delivery.id, state="sent", slack_ts=ended.ts, slack_channel=ended.channel)
            case Refused():
                return Outcome(id=delivery.id, state="failed", reason=ended.reason)
            case CannotLook():
                why = f"{delivery.reason or _STOPPED} ({ended.reason})"
                return Outcome(id=delivery.id, state="uncertain", reason=why)
            case Held():
                wait = timedelta(seconds=ended.seconds)
                method = look_of(delivery) if ended.is_of_look else method_of(delivery)
                self._rate_limits.hold(method, self._clock.steady() + wait)
                return put_off(delivery, self._clock.now() + wait, "Slack asked to wait")
            case Unreached():
                return put_off(delivery, now + backoff(delivery.tries), ended.reason)
            case Ambiguous():
                unsure = delivery.model_copy(update={"state": "unsure"})
                return put_off(unsure, now + backoff(delivery.tries), ended.reason)
            case _:
                assert_never(ended)


def method_of(delivery: Delivery) -> str:
    """Return what Slack counts a delivery's call by: a method, in one workspace."""
    return f"{delivery.team_id} {delivery.act}"


def look_of(delivery: Delivery) -> str:
    """Return what Slack counts a look for a delivery by: methods of its own, in one workspace."""
    return f"{delivery.team_id} look"


def is_harmless_twice(body: Mapping[str, object]) -> bool:
    """Tell whether a response may come twice: one person sees it, or it takes the place of what is there."""
    return bool(body.get("replace_original")) or body.get("response_type") != "in_channel"


def may_be_repeated(ended: Ending, body: Mapping[str, object]) -> bool:
    """Tell whether a response that ended so can be tried again."""
    return isinstance(ended, Held | Unreached) or (isinstance(ended, Ambiguous) and is_harmless_twice(body))


def put_off(delivery: Delivery, moment: datetime, reason: str) -> Outcome:
    """Return that a delivery is to be tried again, and why."""
    state: deliveries.State = "unsure" if delivery.is_unsure else "waiting"
    return Outcome(id=delivery.id, state=state, reason=reason, not_before=to_text(moment))


def backoff(tries: int) -> timedelta:
    """Return how long to wait after so many tries: doubling from two seconds, with jitter, five minutes at most."""
    seconds = min(2.0**tries, _LONGEST_BACKOFF)
    return timedelta(seconds=seconds * random.uniform(0.75, 1.0))  # noqa: S311 - jitter
