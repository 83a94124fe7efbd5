"""Bolt's one listener a kind: reads the payload, finds the handler, and hands both to the boundary."""

import re
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from handlers import apologies, payloads
from handlers.answers import Reply, Say
from handlers.boundary import Boundary
from handlers.dispatch import Routes, route_of
from handlers.mentions import HELP, asked_text, understood

_ANY = re.compile("")
_NOTHING_TO_DO = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace, as auth.test says."""

    team_id: str
    team_name: str
    bot_user_id: str
    bot_id: str


class Reception:
    """Takes what Bolt has checked and passes it on."""

    def __init__(self, boundary: Boundary, routes: Routes, identity: Identity, command_prefix: str) -> None:
        self._boundary = boundary
        self._routes = routes
        self._identity = identity
        self._command_prefix = command_prefix

    def listen(self, bolt: AsyncApp) -> None:
        """Register with Bolt. Each request is tried against these in order, so the frequent kinds come first."""
        bolt.command(_ANY)(self.on_command)
        bolt.event("app_mention")(self.on_words)
        bolt.event("message")(self.on_words)
        bolt.action(_ANY)(self.on_press)
        bolt.view(_ANY)(self.on_submission)

    async def on_command(self, body: dict[str, Any]) -> BoltResponse:
        name = body["command"].removeprefix("/").removeprefix(self._command_prefix)
        command = self._routes.commands.get(name, self._routes.commands[HELP])
        ask = payloads.ask_by_command(body, self._identity.team_id)
        handler, text = command.meant_by(ask.text)
        return await self._boundary.handle(replace(ask, text=text), handler)

    async def on_words(self, body: dict[str, Any]) -> BoltResponse:
        ask = payloads.ask_by_mention(body, self._identity.team_id)
        if ask is None:
            return BoltResponse(status=_NOTHING_TO_DO)
        command, words = understood(asked_text(ask.text, self._identity.bot_user_id), self._routes)
        handler, text = command.meant_by(words)
        return await self._boundary.handle(replace(ask, text=text), handler)

    async def on_press(self, body: dict[str, Any]) -> BoltResponse:
        press = payloads.press(body, self._identity.team_id)
        handler = self._routes.actions.get(route_of(body["actions"][0]["action_id"]), outdated)
        return await self._boundary.handle(press, handler)

    async def on_submission(self, body: dict[str, Any]) -> BoltResponse:
        handler = self._routes.views.get(body["view"]["callback_id"], outdated)
        return await self._boundary.handle(payloads.submission(body, self._identity.team_id), handler)


async def outdated() -> Reply:
    """Answer a button or a form that an older version of the bot has left in Slack."""
    return Reply(Say(apologies.message(apologies.OUTDATED)))
