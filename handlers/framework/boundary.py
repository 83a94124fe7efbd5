"""The guard round every handler: hands it what it names, commits what it decides, acknowledges, catches what escapes.

Only the boundary acknowledges: Bolt turns anything raised after an acknowledgement into a 500, and over Socket Mode
into silence. The claim, the change and what must be said are one transaction; nothing is acknowledged before it.
"""

import asyncio
import time
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

import structlog
from pydantic_core import from_json
from slack_bolt.response import BoltResponse

from handlers.access.placement import has_bot
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.framework import doubt, origins
from handlers.framework.apologies import tell_in_private
from handlers.framework.caught import Caught, store_away
from handlers.framework.commits import AlreadyHandled, Asked, TakenOutError, Written, commit, follow, placed_for
from handlers.framework.context import Context, GoneError, Handler, UnknownPersonError, WorkspaceContext
from handlers.framework.known import KnownWorkspaces
from handlers.framework.lateness import done_late, is_too_late_for_form
from handlers.framework.modals import show
from handlers.framework.redelivery import Redelivery
from handlers.framework.routing import Afterwards
from handlers.framework.services import Services
from handlers.slack import error_messages
from handlers.slack.blocks import Message
from handlers.slack.cache import SlowError, Waiting, has_leaned, left, waiting
from handlers.slack.carried import OutdatedError
from handlers.slack.hearing import catch_up, hear
from handlers.slack.interactions import Ask, BlockAction, Interaction, Shortcut, SlackEvent, ViewSubmission, is_event
from handlers.slack.placing import Placed, as_json, thread_of
from handlers.slack.replies import Reply, Say, opens, writes
from storage.engine.interface import StoreUnavailableError
from storage.workspaces.workspaces import Workspace

_log = structlog.get_logger(__name__)
_OK, _TRY_AGAIN = 200, 503
_PATIENCE_SECONDS = 1.5
#: Slack waits three seconds for an acknowledgement, and so long is Slack waited for before it, however often.
_IN_ALL = 2.3
#: Who waits for an acknowledgement is answered afterwards.
_SUBMITTED, _LATE = Waiting(_IN_ALL, _IN_ALL, is_last=False), Waiting(20.0)
#: What opens a form may go by what Slack said a while ago: nothing is kept or shown to others before it is submitted.
_IN_TIME = replace(_SUBMITTED, may_lean=True)
#: So often a handler is run where each time something was taken out meanwhile.
_MOST_RUNS = 3
G = TypeVar("G", bound=Interaction)
T = TypeVar("T")


class Boundary:
    """Runs handlers for interactions and returns the acknowledgement that Slack gets."""

    def __init__(self, services: Services, afterwards: Sequence[Afterwards] = ()) -> None:
        self.services = services
        self._afterwards = afterwards
        self._known = KnownWorkspaces(services.store)
        self._events = Redelivery[BoltResponse](services.outbox.start, _IN_ALL)

    async def handle(self, interaction: G, handler: Handler[G], door: str = "") -> BoltResponse:
        """Run a handler for an interaction; always returns an acknowledgement, 503 only for an event to be retried.

        ``door`` is the name of the button, the form or the shortcut, for the audit trail.
        """
        if is_event(interaction):
            name = (interaction.team_id, *interaction.claims)
            answer = await self._events.answer(name, lambda: self._answer_event(interaction, handler, door))
            return answer or BoltResponse(status=_TRY_AGAIN)
        is_form, since = isinstance(interaction, ViewSubmission), time.monotonic()
        with waiting(_SUBMITTED if is_form else _IN_TIME, since):
            done = await self.guarded(self._run(interaction, handler, door))
        if not isinstance(done, Caught):
            return done
        if done.is_slow and not is_form:
            self._count(interaction, done.outcome)
            self.services.outbox.start(self._answer_late(interaction, handler, door, since))
            return BoltResponse(status=_OK)
        return await self.turn_away(interaction, done)

    async def turn_away(self, interaction: Interaction, why: Caught) -> BoltResponse:
        """Say why nothing is done for an interaction; an event is sent again where the store is away."""
        self._count(interaction, why.outcome)
        if why.is_outage and is_event(interaction):
            return BoltResponse(status=_TRY_AGAIN)
        return await self._apologise(interaction, why.sentence)

    def _count(self, interaction: Interaction, outcome: str) -> None:
        self.services.measures.count(interaction, outcome)
        self.services.traces.tell(outcome=outcome)

    async def _answer_event(self, event: G, handler: Handler[G], door: str) -> BoltResponse:
        with waiting(_LATE):
            done = await self.guarded(self._run(event, handler, door))
        return await self.turn_away(event, done) if isinstance(done, Caught) else done

    async def _answer_late(self, interaction: G, handler: Handler[G], door: str, since: float) -> None:
        """Ask once more what Slack did not say in time, and answer where that can still be seen."""
        services, place = self.services, interaction.place.channel_id
        if isinstance(interaction, Ask | BlockAction | Shortcut):
            interaction = replace(interaction, is_late=True)
        services.directory.foresee(interaction.team_id, interaction.user_id, place)
        with waiting(_LATE, since), services.traces.span("late answer"):
            run, told = self.guarded(self._run(interaction, handler, door)), partial(self._say_slow, interaction)
            done = await done_late(services.outbox, run, time.monotonic() - since, told)
        await self._say_late(interaction, done)

    async def _say_slow(self, interaction: Interaction) -> None:
        """Say beside the answer, which still comes, that it takes long."""
        said = await self._apologise(interaction, error_messages.SLOW_SO_FAR)
        await self._say_late(interaction, said)

    async def _say_late(self, interaction: Interaction, done: BoltResponse | Caught) -> None:
        """Say by the response_url what would have been the acknowledgement."""
        answer = await self._apologise(interaction, done.sentence) if isinstance(done, Caught) else done
        if answer.body and isinstance(interaction, Ask):
            self.services.outbox.respond(interaction.response_url, from_json(answer.body))

    async def guarded(self, work: Awaitable[T]) -> T | Caught:
        """Wait for some work; what escapes it is logged once, and comes back as a value."""
        try:
            return await work
        except SlowError:
            return Caught(error_messages.SLOW, "slow", is_slow=True)
        except UnknownPersonError:
            return Caught(error_messages.WHO_ARE_YOU, "unknown person")
        except OutdatedError:
            return Caught(error_messages.OUTDATED, "outdated")
        except StoreUnavailableError as error:
            return store_away(error)
        except Exception:  # noqa: BLE001 - the program's one boundary for bugs
            reference = origins.name() or origins.new()
            _log.exception("something escaped a handler or a job", reference=reference)
            return Caught(error_messages.something_went_wrong(reference), "fault")

    async def _run(self, interaction: G, handler: Handler[G], door: str) -> BoltResponse:
        """Run a handler, and anew where something was taken out for good since it began to read."""
        services = await self.services.at(interaction.team_id)
        if services is None:
            return BoltResponse(status=_OK)
        if isinstance(interaction, SlackEvent):
            await hear(services.store, services.directory, interaction.team_id, interaction.event, services.now())
        await catch_up(services.store, services.directory, interaction.team_id)
        for _ in range(_MOST_RUNS):
            try:
                return await self._run_once(services, interaction, handler, door)
            except TakenOutError:
                self.forget_settings(interaction.team_id)
        raise StoreUnavailableError("something was taken out again and again")

    async def _run_once(self, services: Services, interaction: G, handler: Handler[G], door: str) -> BoltResponse:
        known, taken_out = await self._known.of(interaction.team_id)
        if known is None or known.uninstalled_at:
            return BoltResponse(status=_OK)
        context = Context(services, interaction.team_id, services.now(), interaction, known)
        try:
            reply = await doubt.answered(handler, context)
        except GoneError as error:
            # A name that somebody types may be a slip of the hand; a button or a form was theirs to see.
            told = str(error)
            reply = Reply(Refused(told) if isinstance(interaction, Ask) else NotAllowed(told))
        if writes(reply) and not isinstance(interaction, SlackEvent) and (told := await context.why_not_here()):
            reply = Reply(error_messages.refused(interaction, told))
        if has_leaned() and not opens(reply):
            raise SlowError
        self._count(interaction, "refused" if isinstance(reply.answer, Refused) else "done")
        if isinstance(interaction, BlockAction | Shortcut) and interaction.response_url and thread_of(interaction):
            answered = replace(interaction, has_bot=await has_bot(services.directory, interaction))
            return await self._finish(answered, reply, door, taken_out)
        return await self._finish(interaction, reply, door, taken_out)

    async def workspace_of(self, team_id: str) -> Workspace | None:
        """Return a workspace's settings; None for one that has not connected, or was deleted."""
        return (await self._known.of(team_id)).workspace

    def forget_settings(self, team_id: str | None = None) -> None:
        """Read the settings of a workspace, or of all, anew at the next interaction."""
        self._known.forget(team_id)

    async def _finish(
        self, interaction: Interaction, reply: Reply, door: str = "", taken_out: int | None = None
    ) -> BoltResponse:
        done = await self._written(interaction, reply, door, taken_out)
        if isinstance(done, AlreadyHandled):
            self.services.measures.repeated.inc()
            return BoltResponse(status=_OK)
        if reply.counted:
            reply.counted()
        placed, messages = done
        for delivery in messages:
            self.services.outbox.announce(delivery, is_answer=delivery is placed.delivery)
        if reply.write is not None and not isinstance(interaction, SlackEvent):
            self.services.outbox.start(self._look_after(interaction.team_id, interaction.user_id))
        if placed.modal is not None:
            return await self._open(interaction, placed)
        return _acknowledgement(placed)

    async def _look_after(self, team_id: str, user_id: str) -> None:
        """Do what follows at once from what somebody changed, once they have their answer."""
        services = await self.services.at(team_id)
        if services is None:
            return
        context = WorkspaceContext(services, team_id, services.now())
        for look in self._afterwards:
            run = await self.guarded(look(context, user_id))
            if run is not None and not isinstance(run, Caught):
                await self.guarded(services.store.write(partial(follow, run, team_id, context.now)))

    async def _written(
        self, interaction: Interaction, reply: Reply, door: str, taken_out: int | None
    ) -> Written | AlreadyHandled:
        """Write what goes with a reply, and put its answer where the interaction can show it, once.

        Without a change nothing is written but that somebody lacks a right, and an answer that must be sent; it is
        being sent as it is committed.
        """
        services, now = self.services, self.services.now()
        placed = None if reply.write is not None else placed_for(interaction, reply, reply.answer, now)
        if placed is not None and placed.delivery is None and not isinstance(reply.answer, NotAllowed):
            return placed, ()
        asked = Asked(interaction, door, now, services.origin(), taken_out)
        if placed is not None and placed.delivery is not None:
            written = placed.delivery.model_copy(update={"origin": asked.origin})
            placed = replace(placed, delivery=await services.outbox.admit(written))
        store = services.store.of(interaction.team_id)
        done = await store.write(lambda transaction: commit(transaction, asked, reply, placed))
        self.forget_settings(interaction.team_id)
        return done

    async def _open(self, interaction: Interaction, placed: Placed) -> BoltResponse:
        """Open a modal, put one on top of the modal that was pressed in, or put it in that one's place."""
        trigger_id = getattr(interaction, "trigger_id", None)
        if placed.modal is None or trigger_id is None:
            return _acknowledgement(placed)
        if placed.redrawn is None and is_too_late_for_form():
            # Who waits has been told so.
            return BoltResponse(status=_OK)
        services = await self.services.at(interaction.team_id)
        if services is None:
            return BoltResponse(status=_OK)
        opening = asyncio.create_task(show(services.slack, interaction, placed, trigger_id))
        done, _ = await asyncio.wait({opening}, timeout=min(_PATIENCE_SECONDS, left()))
        if not done:
            self.services.outbox.start(self._see_opened(interaction, opening))
        elif told := opening.result():
            return await self._apologise(interaction, told)
        return _acknowledgement(placed)

    async def _see_opened(self, interaction: Interaction, opening: asyncio.Task[str]) -> None:
        if told := await opening:
            await self._say_late(interaction, Caught(told, "no form"))

    async def _apologise(self, interaction: Interaction, sentence: str) -> BoltResponse:
        """Say it in the form that the interaction can show; of the ways to say it, this one must not fail."""
        match interaction:
            case Ask(thread_ts=None):
                return _acknowledgement(Placed(as_json({"response_type": "ephemeral", "text": sentence})))
            case BlockAction() | Shortcut() if interaction.response_url:
                body = {"response_type": "ephemeral", "replace_original": False, "text": sentence}
                self.services.outbox.respond(interaction.response_url, body)
                return BoltResponse(status=_OK)
            case Ask():
                return await self._apologise_in_thread(interaction, sentence)
            case BlockAction() | Shortcut():
                await self.guarded(tell_in_private(self.services, interaction, sentence))
                return BoltResponse(status=_OK)
            case SlackEvent():
                return BoltResponse(status=_OK)
            case _:
                return _acknowledgement(Placed(as_json(error_messages.in_form(interaction, sentence))))

    async def _apologise_in_thread(self, ask: Ask, sentence: str) -> BoltResponse:
        said = await self.guarded(self._finish(ask, Reply(Say(Message(sentence)))))
        return BoltResponse(status=_TRY_AGAIN) if isinstance(said, Caught) else said


def _acknowledgement(placed: Placed) -> BoltResponse:
    if not placed.acknowledgement:
        return BoltResponse(status=_OK)
    return BoltResponse(
        status=_OK, body=placed.acknowledgement, headers={"content-type": ["application/json;charset=utf-8"]}
    )
