"""Where Bolt hands over: reads the payload, finds the handler, and gives both to the boundary.

It is the first of Bolt's middleware and answers every request, so that Bolt has nobody to authorize and no listener to
try: each would cost a request 24 µs, and what Bolt prepares for a listener another 100 µs.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import assert_never

import structlog
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.agreements.asked_of import asked_of
from handlers.framework import origins, pointing
from handlers.framework.boundary import Boundary
from handlers.framework.caught import TOO_MANY, Caught, store_away
from handlers.framework.choosing import best, with_records
from handlers.framework.context import Context, put_otherwise
from handlers.framework.measures import kind_of
from handlers.framework.mentions import (
    HELP,
    aside,
    asked_of_another,
    asked_text,
    looked_for,
    may_name_records,
    names_a_word,
    readings,
    said_above,
    said_of,
    understood,
)
from handlers.framework.of_components import of_thread
from handlers.framework.quota import Quota
from handlers.framework.routing import Command, Routes, route_of
from handlers.framework.words import guessed, handler_for
from handlers.slack import addressees, error_messages, payloads
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask, BlockAction, Interaction, Shortcut, SlackEvent, ViewSubmission
from handlers.slack.log_rate import OnceAMinute
from handlers.slack.replies import Aside, Reply, Say
from storage.engine.interface import StoreUnavailableError

_OK, _BAD_REQUEST, _FORBIDDEN = 200, 400, 403
_log = structlog.get_logger(__name__)
#: A line for each request costs nothing where such lines aren't wanted.
_lines = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace, as auth.test and bots.info say."""

    team_id: str
    team_name: str
    bot_user_id: str
    bot_id: str
    team_url: str = ""
    app_id: str = ""

    async def addressed_by(self, body: payloads.Payload) -> "Identity | None":
        """Return itself where a request is for this app, in this workspace; what it does not say is not compared."""
        return self if _fits(addressees.installed_in(body), self.team_id) and self.is_meant(body) else None

    def is_meant(self, body: payloads.Payload) -> bool:
        """Tell whether a request is for this app, as this bot."""
        is_apps = _fits(body.get("api_app_id"), self.app_id)
        return is_apps and _fits(addressees.installed_as(body), self.bot_user_id)


#: Finds who the bot is where a request comes from; None where it is for another app, or from where this one is not.
Addressing = Callable[[payloads.Payload], Awaitable[Identity | None]]
#: Takes what is told of a whole organisation's installation; returns the status for it, 0 for anything else.
Hearing = Callable[[payloads.Payload], Awaitable[int]]


def _fits(told: object, own: str) -> bool:
    return not own or told in (None, "", own)


async def of_no_organization(_body: payloads.Payload) -> int:
    """Leave it to a workspace, where no organisation can have let the app in."""
    return 0


class Middleware(AsyncMiddleware):
    """Takes what Bolt has checked and passes it on."""

    def __init__(
        self,
        boundary: Boundary,
        routes: Routes,
        addressed: Addressing,
        command_prefix: str,
        heard: Hearing = of_no_organization,
    ) -> None:
        self._boundary, self._routes = boundary, routes
        self._addressed, self._heard = addressed, heard
        self._command_prefix = command_prefix
        self._log_rate = OnceAMinute()
        self._quota = Quota()
        # What is in hand for the only workspace takes nothing from another.
        is_alone = boundary.services.reaching is None
        self._go_on = self._pass_on if is_alone else self._in_its_place

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt calls by these names
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002, ARG002
    ) -> BoltResponse:
        if req.body.get("type") == "url_verification":
            return BoltResponse(status=_OK, body={"challenge": req.body.get("challenge", "")})
        try:
            found = await self._found(req)
            if isinstance(found, BoltResponse):
                return found
            team_id = addressees.installed_in(req.body) if isinstance(found, Caught) else found.team_id
            read = payloads.read(req.body, team_id, self._routes.events)
        except payloads.MALFORMED as error:
            _log.warning("a request of Slack has a shape that it does not document", error=error)
            return BoltResponse(status=_BAD_REQUEST, body="the body is not what Slack sends")
        if read is None:
            return BoltResponse(status=_OK)
        if isinstance(found, Caught):
            return await self._boundary.turn_away(read[0], found)
        return await self._measured(*read)

    async def _found(self, request: AsyncBoltRequest) -> Identity | Caught | BoltResponse:
        """Find who the bot is where a request comes from, or what is answered for none; the store may not say."""
        try:
            if status := await self._heard(request.body):
                return BoltResponse(status=status)
            return await self._addressed(request.body) or self._refuse(request)
        except StoreUnavailableError as error:
            return store_away(error)

    def _refuse(self, request: AsyncBoltRequest) -> BoltResponse:
        """Do nothing for a request to another app or from another workspace; a socket takes no refusal."""
        if self._log_rate.may_speak():
            _log.warning("a request is for another app or workspace", team=addressees.installed_in(request.body))
        return BoltResponse(status=_OK if request.mode == "socket_mode" else _FORBIDDEN)

    async def _measured(self, interaction: Interaction, name: str) -> BoltResponse:
        """Pass it on under a name of its own, which all lines of the log about it carry, and note how long it took."""
        began, kind, traces, door = (
            time.perf_counter(),
            kind_of(interaction),
            self._boundary.services.traces,
            route_of(name),
        )
        with origins.named() as named, traces.span("request", kind=kind, door=door, request=named):
            acknowledgement = await self._go_on(interaction, name)
            seconds = time.perf_counter() - began
            traces.tell(status=acknowledgement.status)
            if _lines.isEnabledFor(logging.DEBUG):
                told = {"door": door, "status": acknowledgement.status, "seconds": round(seconds, 4)}
                _lines.debug("acknowledged", extra={"kind": kind, **told})
        self._boundary.services.measures.acknowledged(interaction, seconds)
        return acknowledgement

    async def _in_its_place(self, interaction: Interaction, name: str) -> BoltResponse:
        with self._quota.place(interaction.team_id) as is_free:
            if is_free:
                return await self._pass_on(interaction, name)
            return await self._boundary.turn_away(interaction, TOO_MANY)

    async def _pass_on(self, interaction: Interaction, name: str) -> BoltResponse:
        handle = self._boundary.handle
        match interaction:
            case Ask():
                return await handle(interaction, partial(self._answer_words, name))
            case BlockAction():
                return await handle(interaction, self._routes.actions.get(route_of(name), outdated), route_of(name))
            case ViewSubmission():
                return await handle(interaction, self._routes.views.get(name, outdated), name)
            case Shortcut():
                return await handle(interaction, self._routes.shortcuts.get(name, outdated), name)
            case SlackEvent():
                return await handle(interaction, self._routes.events[name])
            case _:
                assert_never(interaction)

    async def _answer_words(self, name: str, context: Context[Ask]) -> Reply:
        """Find out what was asked, which may go wrong as any handler may, and answer that."""
        ask, routes = context.interaction, self._routes
        if name:
            known = name.removeprefix("/").removeprefix(self._command_prefix)
            command = routes.commands.get(known, routes.commands[HELP])
            return await self._answer_typed(context, command, ask.text)
        asked = asked_text(ask.text, context.workspace.bot_user_id)
        about = await said_above(context, asked)
        reply = await self._answer_asked(context, asked, about)
        if about or not reply.is_open or not (above := await said_of(context, asked)):
            return reply
        again = await self._answer_asked(context, asked, *(("", above) if pointing.tells(asked) else (above, "")))
        # What may be asked of the component above is offered rather than nothing.
        is_offered = reply.is_unknown and not again.is_unknown and asked_of(asked) is not None
        return again if is_offered or not again.is_open else reply

    async def _answer_typed(self, context: Context[Ask], command: Command, text: str) -> Reply:
        """Answer what is asked of a command by its name, or for sure by another one that the words ask."""
        routes, answering = self._routes, partial(self._answer, context)
        other, is_word = asked_of_another(command, text, routes), command.name == "define"
        if other and is_word:
            reply = await answering(*other)
            return await guessed(put_otherwise(context, f"{other[0].name} {other[1]}")) if reply.is_open else reply
        reply = await answering(command, text)
        if is_word and reply.is_open and may_name_records(text) and (looked := looked_for(text, routes)):
            return await with_records(reply, [[looked]], answering)
        # Whoever asks who does something asks for no word.
        again = await answering(*other) if other and (reply.is_open or reply.is_of_words) else reply
        return reply if again.is_open else again

    async def _answer_asked(self, context: Context[Ask], asked: str, about: str, above: str = "") -> Reply:
        """Answer what a message asks of what was said before, or of itself; ``above`` it only takes up a word of."""
        ask, routes = context.interaction, await of_thread(context, self._routes, asked, about or above)
        meant = understood(asked, routes, self._command_prefix, about)
        is_of_word = above and routes is self._routes and pointing.takes_up(asked, above)
        takes_up = is_of_word and meant and meant[0][0].name == HELP
        if takes_up or (meant and await names_a_word(context, asked, meant[0])):
            meant = [(routes.commands["define"], asked)]
        if not meant:
            return Reply(Aside(aside(asked)), is_unknown=True)
        whole = f"{about}. {asked}" if about else asked
        said = replace(context, interaction=replace(ask, whole=whole, above=above))
        return await best(readings(asked, routes, meant, about), partial(self._answer, said))

    async def _answer(
        self,
        context: Context[Ask],
        command: Command,
        words: str,
        offered: tuple[str, ...] = (),
        *,
        is_below: bool = False,
    ) -> Reply:
        handler, text = handler_for(command, words)
        asked = put_otherwise(context, text)
        if offered or is_below:
            asked = replace(asked, interaction=replace(asked.interaction, offered=offered, is_below=is_below))
        answering = handler(asked)
        ask = context.interaction
        if ask.is_private or command.is_for_all:
            return await answering
        # Side by side, since Slack waits for both.
        reply, is_limited = await asyncio.gather(answering, context.is_limited(ask.place.channel_id))
        return replace(reply, is_whispered=is_limited and not (await context.viewpoint()).is_limited)


async def outdated(_context: Context[BlockAction | ViewSubmission | Shortcut]) -> Reply:
    """Answer a button or a form that an older version of the bot has left in Slack."""
    return Reply(Say(Message(error_messages.OUTDATED)))
