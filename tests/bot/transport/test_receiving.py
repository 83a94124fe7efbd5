"""Bodies are waited for so long, and no longer."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.transport.receiving import Bodies


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """A server that says what it read."""
    bodies = Bodies(patience=0.05)

    async def take(request: web.Request) -> web.Response:
        raw = await bodies.read(request)
        return raw if isinstance(raw, web.Response) else web.Response(body=raw)

    application = web.Application()
    application.router.add_post("/", take)
    async with TestServer(application) as server:
        yield str(server.make_url("/"))


async def test_a_whole_body_is_read(address: str) -> None:
    async with ClientSession() as session, session.post(address, data=b"x" * 100_000) as got:
        assert (got.status, len(await got.read())) == (200, 100_000)


async def test_half_a_body_is_answered_and_let_go(address: str) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield b"half"
        await asyncio.Event().wait()

    async with ClientSession() as session, session.post(address, data=half()) as got:
        assert (got.status, await got.text()) == (408, "the body did not come in time")
