"""Whoever begins a request and does not end it is cut off, and keeps nobody else from being heard."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlencode

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp

from bot.local_slack.wire.delivery import signature
from bot.transport.half_sent import HalfSent
from bot.transport.http import HttpTransport, web_application
from bot.transport.in_flight import InFlight
from tests.bot.transport.test_http import COMMAND, FORM
from tests.conftest import StartTrial

SECRET = "local-signing-secret"
#: What is cut is sent before that, on a machine that does much else, too.
_SOON = 0.5
HEAD = b"POST /slack/events HTTP/1.1\r\nHost: bot\r\n"


class Ready:
    """A bot that is ready."""

    def __init__(self, http: HttpTransport) -> None:
        self.http: HttpTransport | None = http
        self.metrics = self.oauth = self.agents = self.reports = None

    async def problem(self) -> str:
        return ""


@asynccontextmanager
async def serving(patience: float, most: int = 500) -> AsyncIterator[int]:
    """Serve the bot's application with some patience (seconds), and yield its port."""
    bolt = AsyncApp(token="xoxb-none", request_verification_enabled=False)
    half_sent = HalfSent(patience, most)
    http = HttpTransport(bolt, SECRET, InFlight(), patience)
    runner = web.AppRunner(web_application(Ready(http), half_sent, takes_requests=True), lingering_time=1.0)
    await runner.setup()
    assert runner.server is not None
    make = half_sent.watching(runner.server)
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await runner.cleanup()


async def told(port: int, *pieces: bytes) -> bytes:
    """Send some pieces and return all that is answered until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return await reader.read()
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


@pytest.mark.parametrize("begun", [b"", b"POST", HEAD, HEAD + b"X-A: " + b"b" * 1000])
async def test_a_head_that_does_not_end_is_cut(begun: bytes) -> None:
    async with serving(_SOON) as port, asyncio.timeout(20):
        assert (await told(port, begun)).startswith(b"HTTP/1.1 408 ")


async def test_a_body_that_does_not_end_is_cut() -> None:
    async with serving(_SOON) as port, asyncio.timeout(20):
        answered = await told(port, HEAD + b"Content-Length: 1000\r\n\r\nabc")
        assert answered.startswith(b"HTTP/1.1 408 ")
        assert b"the body did not come in time" in answered


async def test_the_oldest_of_too_many_half_sent_requests_goes_and_who_asks_properly_is_heard() -> None:
    async with serving(60, most=3) as port, asyncio.timeout(20):
        begun = [await asyncio.open_connection("127.0.0.1", port) for _ in range(4)]
        assert (await begun[0][0].read()).startswith(b"HTTP/1.1 408 ")
        assert b" 200 OK" in await told(port, b"GET /healthz HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n")
        for _, writer in begun:
            writer.close()
            await writer.wait_closed()


async def test_more_bodies_than_can_be_waited_for_are_refused_at_once() -> None:
    half = HEAD + b"Content-Length: 1000\r\n\r\nabc"
    async with serving(60) as port, asyncio.timeout(20):
        begun = [asyncio.create_task(told(port, half)) for _ in range(101)]
        (refused, *_), _ = await asyncio.wait(begun, return_when=asyncio.FIRST_COMPLETED)
        assert (await refused).startswith(b"HTTP/1.1 503 ")
        for each in begun:
            each.cancel()
        await asyncio.gather(*begun, return_exceptions=True)


async def test_a_request_that_comes_in_pieces_in_time_is_answered(start: StartTrial) -> None:
    body = urlencode({**COMMAND, "team_id": "T0LOCAL"})
    signed = "".join(f"{name}: {value}\r\n" for name, value in signature(SECRET, body).items())
    kind = f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    whole = HEAD + f"{signed}{kind}{body}".encode()
    async with start(use_http=True) as trial:
        answered = await told(trial.bot.port, whole[:40], whole[40:-9], whole[-9:])
    assert answered.startswith(b"HTTP/1.1 200 ")
    assert b"Systematic error" in answered
