"""Where Bolt hands over: reads the payload, finds the handler, and gives both to the boundary.

It is the last of Bolt's middleware and answers every request, so that Bolt has no listener to try: each would cost a
request 24 µs, and what Bolt prepares for a listener another 100 µs.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.framework.boundary import Boundary
from handlers.framework.mentions import HELP, asked_text, understood
from handlers.framework.routing import Command, Handler, Routes, route_of
from handlers.slack import error_messages, payloads
from handlers.slack.interactions import Ask, Gesture
from handlers.slack.replies import Reply, Say

_WORDS = ("app_mention", "message")
_OK, _BAD_REQUEST = 200, 400
#: What reading a payload of another shape can raise.
_MALFORMED = (KeyError, TypeError, AttributeError, IndexError)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace, as auth.test says."""

    team_id: str
    team_name: str
    bot_user_id: str
    bot_id: str
    team_url: str = ""


class Reception(AsyncMiddleware):
    """Takes what Bolt has checked and passes it on."""

    def __init__(self, boundary: Boundary, routes: Routes, identity: Identity, command_prefix: str) -> None:
        self._boundary = boundary
        self._routes = routes
        self._identity = identity
        self._command_prefix = command_prefix

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
            asked = self._read(req.body)
        except _MALFORMED as error:
            _log.warning("a request of Slack has a shape that it does not document", error=repr(error))
            return BoltResponse(status=_BAD_REQUEST, body="the body is not what Slack sends")
        return BoltResponse(status=_OK) if asked is None else await self._boundary.handle(*asked)

    def _read(self, body: dict[str, Any]) -> tuple[Gesture, Handler] | None:
        """Return what was done and who answers it; None where there is nothing to answer."""
        kind = "command" if "command" in body else body.get("type", "")
        read = {
            "command": self._read_command,
            "event_callback": self._read_event,
            "block_actions": self._read_press,
            "view_submission": self._read_submission,
            "shortcut": self._read_shortcut,
            "message_action": self._read_shortcut,
        }.get(kind)
        return None if read is None else read(body)

    def _read_event(self, body: dict[str, Any]) -> tuple[Gesture, Handler] | None:
        if body["event"]["type"] in _WORDS:
            return self._read_words(body)
        handler = self._routes.events.get(body["event"]["type"])
        return None if handler is None else (payloads.happening(body, self._identity.team_id), handler)

    def _read_press(self, body: dict[str, Any]) -> tuple[Gesture, Handler]:
        route = route_of(body["actions"][0]["action_id"])
        return payloads.press(body, self._identity.team_id), self._routes.actions.get(route, outdated)

    def _read_submission(self, body: dict[str, Any]) -> tuple[Gesture, Handler]:
        handler = self._routes.views.get(body["view"]["callback_id"], outdated)
        return payloads.submission(body, self._identity.team_id), handler

    def _read_shortcut(self, body: dict[str, Any]) -> tuple[Gesture, Handler]:
        handler = self._routes.shortcuts.get(body["callback_id"], outdated)
        return payloads.shortcut(body, self._identity.team_id), handler

    def _read_command(self, body: dict[str, Any]) -> tuple[Gesture, Handler]:
        name = body["command"].removeprefix("/").removeprefix(self._command_prefix)
        command = self._routes.commands.get(name, self._routes.commands[HELP])
        handler, text = _meant(command, body.get("text", ""))
        return payloads.ask_by_command(body, self._identity.team_id, text), handler

    def _read_words(self, body: dict[str, Any]) -> tuple[Gesture, Handler] | None:
        ask = payloads.ask_by_mention(body, self._identity.team_id)
        if ask is None:
            return None
        command, words = understood(
            asked_text(ask.text, self._identity.bot_user_id), self._routes, self._command_prefix
        )
        handler, text = _meant(command, words)
        return replace(ask, text=text), handler


def _meant(command: Command, words: str) -> tuple[Handler, str]:
    """Return the handler that words ask for, and what is left for it; a slip of the hand is asked about."""
    near = "" if command.takes_names else command.nearest(words)
    return (guessed, f"{command.name} {near}") if near else command.meant_by(words)


async def guessed(ask: Ask, command_prefix: str) -> Reply:
    """Say the nearest thing that a command can do, in the place of something that it cannot."""
    return Reply(Say(error_messages.message(error_messages.did_you_mean(f"/{command_prefix}{ask.text}"))))


async def outdated() -> Reply:
    """Answer a button or a form that an older version of the bot has left in Slack."""
    return Reply(Say(error_messages.message(error_messages.OUTDATED)))
