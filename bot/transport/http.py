"""Signed HTTP: Slack's signed requests, and the probes. What is malformed gets a 4xx before Bolt sees it."""

import asyncio
from typing import Protocol

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt.async_app import AsyncApp

from bot.transport.bodies import LONG, Taken, read
from bot.transport.half_sent import PATIENCE_SECONDS, HalfSent
from bot.transport.in_flight import InFlight
from bot.transport.receiving import Bodies
from bot.transport.signatures import Signatures
from handlers.slack.log_rate import OnceAMinute

EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH = "/slack/events", "/slack/install", "/slack/oauth_redirect"
MCP_PATH, HOOKS_PATH = "/mcp", "/hooks/{id}"
_OK, _BAD_REQUEST, _UNAVAILABLE = 200, 400, 503
_log = structlog.get_logger(__name__)


class HttpTransport:
    """Checks each request before Bolt: timestamp, signature, encoding, body.

    What Bolt cannot read is refused here, so that a 500 is an error of ours.
    """

    def __init__(
        self, bolt: AsyncApp, signing_secret: str, in_flight: InFlight, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._bolt = bolt
        self._signatures = Signatures(signing_secret)
        self._in_flight = in_flight
        self._log_rate = OnceAMinute()
        self._bodies = Bodies(patience)

    async def take(self, request: web.Request) -> web.Response:
        with self._in_flight:
            raw = await self._bodies.read(request)
            if not isinstance(raw, bytes):
                return raw
            # What is long takes long to check and to decode.
            asked = await asyncio.to_thread(self._asked, request, raw) if len(raw) > LONG else self._asked(request, raw)
            if not isinstance(asked, Taken):
                return asked
            answer = await self._bolt.async_dispatch(asked)
            headers = {name: values[0] for name, values in answer.headers.items()}
            return web.Response(status=answer.status, body=answer.body.encode(), headers=headers)

    def _asked(self, request: web.Request, raw: bytes) -> Taken | web.Response:
        """Return what Bolt is to answer, or the refusal."""
        if (refusal := self._signatures.refusal(request.headers, raw)) is not None:
            self._note_refusal(refusal)
            return refusal
        asked = read(raw.decode("utf-8"), request.content_type)
        if asked is None or not isinstance(asked.body.get("event", {}), dict):
            return web.Response(status=_BAD_REQUEST, text="the body is not what Slack sends")
        return asked

    def _note_refusal(self, refusal: web.Response) -> None:
        """Log what was refused, once a minute at most: anybody can send anything to an open port."""
        if self._log_rate.may_speak():
            fix = "see that SLACK_SIGNING_SECRET is the app's own, and that this machine's clock is right"
            _log.warning("a request was refused", reason=refusal.text, fix=fix)


class Metrics(Protocol):
    """What Prometheus is told."""

    async def exposed(self) -> bytes:
        """Return all of it, in Prometheus' text format."""


class OAuth(Protocol):
    """The doors by which a workspace lets the bot in."""

    async def begin(self, request: web.Request) -> web.Response:
        """Send a browser to Slack."""

    async def finish(self, request: web.Request) -> web.Response:
        """Take it back, with what Slack says."""


class Takes(Protocol):
    """What takes requests at a path."""

    async def take(self, request: web.Request) -> web.Response:
        """Answer one."""


class Condition(Protocol):
    """What the web application asks of the bot behind it."""

    http: HttpTransport | None

    @property
    def oauth(self) -> OAuth | None:
        """The doors for workspaces; None where the bot serves one, or has just begun."""

    @property
    def agents(self) -> Takes | None:
        """What answers agents; None where they may not ask."""

    @property
    def reports(self) -> Takes | None:
        """What takes reports of other programs; None where none may report."""

    @property
    def metrics(self) -> Metrics | None:
        """What Prometheus is told; None where nobody asked for that, or the bot has just begun."""

    async def problem(self) -> str:
        """Return what is not ready, or an empty text."""


def web_application(condition: Condition, half_sent: HalfSent, *, takes_requests: bool) -> web.Application:
    """Join the routes: probes, doors for workspaces, agents, reports, and Slack's requests where they come this way."""

    async def events(request: web.Request) -> web.Response:
        if condition.http is None:
            return web.Response(status=_UNAVAILABLE, text="starting or stopping\n")
        return await condition.http.take(request)

    async def agents(request: web.Request) -> web.Response:
        if condition.agents is None:
            raise web.HTTPNotFound
        return await condition.agents.take(request)

    async def reports(request: web.Request) -> web.Response:
        if condition.reports is None:
            raise web.HTTPNotFound
        return await condition.reports.take(request)

    @web.middleware
    async def hear(request: web.Request, handler: Handler) -> web.StreamResponse:
        half_sent.heard(request.protocol)
        return await handler(request)

    application = web.Application(middlewares=[hear])
    _add_probes(application, condition)
    _add_doors(application, condition)
    application.router.add_post(MCP_PATH, agents)
    application.router.add_post(HOOKS_PATH, reports)
    if takes_requests:
        application.router.add_post(EVENTS_PATH, events)
    return application


def _add_probes(application: web.Application, condition: Condition) -> None:
    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_request: web.Request) -> web.Response:
        problem = await condition.problem()
        return web.Response(status=_UNAVAILABLE if problem else _OK, text=f"{problem or 'ready'}\n")

    async def metrics(_request: web.Request) -> web.Response:
        if condition.metrics is None:
            raise web.HTTPNotFound
        return web.Response(body=await condition.metrics.exposed(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    application.router.add_get("/metrics", metrics)


def _add_doors(application: web.Application, condition: Condition) -> None:
    """Add those by which a workspace lets the bot in."""

    def doors() -> OAuth:
        if condition.oauth is None:
            raise web.HTTPNotFound
        return condition.oauth

    async def install(request: web.Request) -> web.Response:
        return await doors().begin(request)

    async def come_back(request: web.Request) -> web.Response:
        return await doors().finish(request)

    application.router.add_get(INSTALL_PATH, install)
    application.router.add_get(REDIRECT_PATH, come_back)
