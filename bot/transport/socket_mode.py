"""Socket Mode: a connection from here to Slack, watched, and built anew when it has died quietly.

The SDK's client reconnects by itself, but there are reports of connections that stay open and bring nothing
(bolt-python #417, python-slack-sdk #1110); the watch closes what is no longer connected and starts over. One that
answers pings and brings nothing looks like a quiet workspace: what has been silent for long is renewed, without a gap.
"""

import asyncio
import time
from contextlib import suppress
from functools import partial

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.outbox.slack_calls import TOKEN_ERRORS, code_of
from bot.settings import SettingsError
from bot.transport.in_flight import InFlight
from bot.transport.retries import until_slack_answers
from handlers.slack.cache import NO_ANSWER

_log = structlog.get_logger(__name__)
#: The SDK looks after its connection only when it pings; what is found gone so often in a row is built anew here.
_WATCH_SECONDS = 1.0
_CHANCES = 3
#: The SDK pings Slack so often, and takes a connection for dead that brings no answer within half of that.
_PING_SECONDS = 5.0
#: Slack sends nothing else in a quiet workspace, and a new connection costs one call.
_SILENT_SECONDS = 600.0
#: Errors after which an app-level token must be made anew.
APP_TOKEN_ERRORS = {*TOKEN_ERRORS, "not_allowed_token_type", "missing_scope"}


class _CountingHandler(AsyncSocketModeHandler):
    """Bolt's handler, counted, so that stopping can wait for what it has taken."""

    def __init__(self, bolt: AsyncApp, app_token: str, slack: AsyncWebClient, in_flight: InFlight) -> None:
        super().__init__(bolt, app_token, web_client=slack, ping_interval=_PING_SECONDS)
        self._in_flight = in_flight
        self.is_taking, self._heard_at = True, time.monotonic()

    @property
    def silent_for(self) -> float:
        """Return for how many seconds Slack has sent nothing."""
        return time.monotonic() - self._heard_at

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        self._heard_at = time.monotonic()
        if not self.is_taking:
            return
        try:
            with self._in_flight:
                await super().handle(client, req)
        except ConnectionError as error:
            _log.warning("Slack did not get an acknowledgement: the connection is gone", kind=req.type, error=error)


class SocketModeTransport:
    """Keeps one Socket Mode connection alive; ``broken`` gets the SettingsError when that cannot be done any more."""

    def __init__(self, bolt: AsyncApp, app_token: str, slack: AsyncWebClient, in_flight: InFlight) -> None:
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._bolt = bolt
        self._app_token = app_token
        self._slack = slack
        self._in_flight = in_flight
        self._handler: _CountingHandler | None = None
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect, trying until it works, and start the watch."""
        await self._connect()
        self._watch = asyncio.create_task(self._keep_watch())

    def take_nothing_more(self) -> None:
        """Leave what comes from now on to Slack's next try; what is in hand can be acknowledged until ``let_go``."""
        if self._watch is not None:
            self._watch.cancel()
        if self._handler is not None:
            self._handler.is_taking = False

    async def let_go(self) -> None:
        """Close the connection; a Slack that does not close its side is not waited for."""
        if self._handler is not None:
            await _close(self._handler)

    async def is_connected(self) -> bool:
        return self._handler is not None and await self._handler.client.is_connected()

    async def _connect(self) -> None:
        self._handler = await until_slack_answers(self._connected, "no connection to Slack")

    async def _connected(self) -> _CountingHandler:
        address = await self._address()
        handler = _CountingHandler(self._bolt, self._app_token, self._slack, self._in_flight)
        handler.client.wss_uri = address
        try:
            await handler.client.connect()
        except NO_ANSWER:
            await handler.client.close()
            raise
        return handler

    async def _address(self) -> str:
        """Ask for a connection's address until Slack gives one. Raises SettingsError when it does not take the token.

        The SDK would ask without end, with a traceback each time.
        """
        try:
            ask = partial(self._slack.apps_connections_open, app_token=self._app_token)
            told = await until_slack_answers(ask, "Slack gives no connection yet", APP_TOKEN_ERRORS)
        except SlackApiError as error:
            raise SettingsError(
                f"SLACK_APP_TOKEN: Slack rejects it ({code_of(error)}); make a new one under Basic "
                "Information, App-Level Tokens, with the scope connections:write"
            ) from error
        return str(told["url"])

    async def _keep_watch(self) -> None:
        missed = 0
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            missed = 0 if await self.is_connected() else missed + 1
            if missed >= _CHANCES:
                _log.warning("the connection to Slack is gone; building a new one")
                await self.let_go()
                if not await self._is_built_anew():
                    return
                missed = 0
            elif self._handler is not None and self._handler.silent_for > _SILENT_SECONDS:
                old = self._handler
                if not await self._is_built_anew():
                    return
                # Slack sends to both until here.
                await _close(old)

    async def _is_built_anew(self) -> bool:
        try:
            await self._connect()
        except SettingsError as error:
            self.broken.set_exception(error)
            return False
        return True


async def _close(handler: _CountingHandler) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(1):
            await handler.client.close()
