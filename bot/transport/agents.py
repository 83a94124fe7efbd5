"""Where agents ask by HTTP: in the name that a token is bound to, or that Slack signs for.

https://docs.slack.dev/ai/slackbot-mcp-client: with Slack identity authentication Slack signs each request as it signs
events, and names in ``_meta.slack`` whom it is for.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import web
from mcp.server.context import ServerRequestContext
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from bot.transport.in_flight import InFlight
from bot.transport.mcp_server import mcp_server
from bot.transport.quota import Quota
from bot.transport.receiving import Bodies
from bot.transport.signatures import SIGNATURE, Signatures
from handlers.checks.outcomes import Refused
from handlers.framework.agents import Agents, Caller
from handlers.framework.services import Services
from handlers.slack.log_rate import OnceAMinute
from handlers.workspace.service.tokens import digest_of
from storage.workspaces import tokens

_BAD_REQUEST, _UNAUTHORISED, _FORBIDDEN, _TOO_LONG, _TOO_OFTEN, _UNAVAILABLE = 400, 401, 403, 413, 429, 503
#: So long a call is, so often a caller asks in a minute, so long an answer takes (seconds).
_LONGEST, A_MINUTE, _PATIENCE = 65_536, 600, 20.0
_WHO = "common_ground.who"
_UNNAMED = Refused("Slack didn't say in whose name this is asked.")
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Slack:
    """That Slack has signed a request: it says in the request itself whom it is for."""


class AgentsTransport:
    """Checks each request before the MCP server: its token or its signature, its length, how often it comes."""

    def __init__(self, services: Services, manager: StreamableHTTPSessionManager, signing_secret: str) -> None:
        self._services, self._manager = services, manager
        self._signatures = Signatures(signing_secret) if signing_secret else None
        self._bodies, self._log_rate = Bodies(), OnceAMinute()
        self.quota = Quota(A_MINUTE)
        self.in_flight = InFlight()

    async def take(self, request: web.Request) -> web.Response:
        with self.in_flight:
            if "Origin" in request.headers:
                # Only web pages have one, and none asks in anybody's name: https://modelcontextprotocol.io, transports.
                return web.Response(status=_FORBIDDEN, text="web pages may not ask here")
            if (request.content_length or 0) > _LONGEST:
                return web.Response(status=_TOO_LONG, text="the request is too long")
            raw = await self._bodies.read(request)
            if isinstance(raw, web.Response):
                return raw
            who = await self._who(request.headers, raw)
            if isinstance(who, web.Response):
                self._note_refusal(who)
                return who
            return await self._answered(request, raw, who)

    async def _who(self, headers: Mapping[str, str], raw: bytes) -> Caller | _Slack | web.Response:
        """Return in whose name a request asks, or the refusal."""
        if given := headers.get("Authorization", ""):
            scheme, _, secret = given.partition(" ")
            digest = digest_of(secret.strip()) if scheme.casefold() == "bearer" and secret.isascii() else ""
            token = await self._services.store.read(tokens.with_digest, digest, self._services.now())
            if token is None:
                return _unauthorised("the token is unknown, revoked or over")
            if seconds := self.quota.left_out(token.id):
                return web.Response(status=_TOO_OFTEN, text="too often", headers={"Retry-After": str(seconds)})
            return Caller(token.team_id, token.user_id, token.is_public)
        if self._signatures is None or SIGNATURE not in headers:
            return _unauthorised("give a token, as Authorization: Bearer")
        return self._signatures.refusal(headers, raw) or _Slack()

    def _note_refusal(self, refusal: web.Response) -> None:
        """Log what was refused, once a minute at most: anybody can send anything to an open port."""
        if self._log_rate.may_speak():
            _log.warning("an agent was refused", reason=refusal.text)

    async def _answered(self, request: web.Request, raw: bytes, who: Caller | _Slack) -> web.Response:
        """Have the MCP server answer; it speaks ASGI."""
        answer = _Answer(raw)
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._manager.handle_request(_scope(request, who), answer.receive, answer.send)
        except TimeoutError:
            return web.Response(status=_UNAVAILABLE, text="no answer in time")
        return answer.response()

    def who_asks(self, context: ServerRequestContext[Any, Any]) -> Caller | Refused:
        """Return in whose name a request asks: only what Slack has signed may say so itself."""
        known = context.request.scope[_WHO] if context.request is not None else None
        if isinstance(known, Caller):
            return known
        named = (context.meta or {}).get("slack")
        told = named if isinstance(known, _Slack) and isinstance(named, dict) else {}
        team_id, user_id = told.get("team_id"), told.get("user_id")
        if not (isinstance(team_id, str) and isinstance(user_id, str) and team_id and user_id):
            return _UNNAMED
        if self.quota.left_out((team_id, user_id)):
            return Refused("That's too many questions in a minute. Ask again in a minute.")
        return Caller(team_id, user_id)


class _Answer:
    """What the MCP server is given of a request, and what it sends."""

    def __init__(self, raw: bytes) -> None:
        self._raw: bytes | None = raw
        self._status, self._headers, self._body = _BAD_REQUEST, dict[str, str](), bytearray()

    async def receive(self) -> dict[str, Any]:
        if self._raw is None:
            # Whoever asked waits for the answer, and sends nothing more.
            await asyncio.Event().wait()
        raw, self._raw = self._raw, None
        return {"type": "http.request", "body": raw, "more_body": False}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]}
        else:
            self._body += message.get("body", b"")

    def response(self) -> web.Response:
        headers = {name: value for name, value in self._headers.items() if name != "content-length"}
        return web.Response(status=self._status, body=bytes(self._body), headers=headers)


def _scope(request: web.Request, who: Caller | _Slack) -> dict[str, Any]:
    """Return a request as ASGI has it: https://asgi.readthedocs.io/en/latest/specs/www.html."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": request.query_string.encode(),
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.raw_headers],
        "client": None,
        "server": None,
        _WHO: who,
    }


def _unauthorised(told: str) -> web.Response:
    return web.Response(status=_UNAUTHORISED, text=told, headers={"WWW-Authenticate": "Bearer"})


@asynccontextmanager
async def serving_agents(agents: Agents, services: Services, signing_secret: str) -> AsyncIterator[AgentsTransport]:
    """Let agents ask; each request is answered by itself, whichever replica gets it."""
    transport: AgentsTransport | None = None

    def who(context: ServerRequestContext[Any, Any]) -> Caller | Refused:
        return transport.who_asks(context) if transport is not None else _UNNAMED

    manager = StreamableHTTPSessionManager(mcp_server(agents, who), json_response=True, stateless=True)
    transport = AgentsTransport(services, manager, signing_secret)
    ready, over = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(_run(manager, ready, over))
    await ready.wait()
    try:
        yield transport
    finally:
        over.set()
        await running


async def _run(manager: StreamableHTTPSessionManager, ready: asyncio.Event, over: asyncio.Event) -> None:
    """Run the manager in a task of its own: it must end in the one in which it began."""
    async with manager.run():
        ready.set()
        await over.wait()
