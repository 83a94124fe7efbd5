"""The port that the bot listens on."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.settings import Settings, SettingsError
from bot.transport.half_sent import PATIENCE_SECONDS, HalfSent
from bot.transport.http import Condition, web_application

#: Requests in hand are waited for so long at the end, and what still comes after an answer is read away (seconds).
_AT_STOP, _LINGERING = 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Door:
    """The port while it is open."""

    port: int
    _listener: asyncio.Server
    _connections: web.Server

    def close(self) -> None:
        """Take no connection more, so that a proxy turns to another replica; what is in hand is answered still."""
        self._listener.close()
        self._connections.pre_shutdown()


@asynccontextmanager
async def listening(settings: Settings, condition: Condition) -> AsyncIterator[Door]:
    """Listen where the settings say, and yield the port. Raises SettingsError where the address is taken."""
    half_sent = HalfSent()
    runner = web.AppRunner(
        web_application(condition, half_sent, takes_requests=settings.slack_app_token is None),
        access_log=None,
        shutdown_timeout=_AT_STOP,
        keepalive_timeout=PATIENCE_SECONDS,
        lingering_time=_LINGERING,
    )
    await runner.setup()
    if runner.server is None:
        raise RuntimeError("the runner was not set up")
    make, loop = half_sent.watching(runner.server), asyncio.get_running_loop()
    try:
        server = await loop.create_server(make, settings.host, settings.port)
    except OSError as error:
        await runner.cleanup()
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise SettingsError(f"HOST and PORT: cannot listen on {settings.host}:{settings.port}: {reason}") from error
    door = Door(server.sockets[0].getsockname()[1], server, runner.server)
    try:
        yield door
    finally:
        door.close()
        await runner.cleanup()
