"""The bodies of requests: waited for so long, and so many at once."""

import asyncio

from aiohttp import web

from bot.transport.half_sent import MOST_BODIES, PATIENCE_SECONDS

_TOO_LATE, _UNAVAILABLE = 408, 503


class Bodies:
    """Reads bodies; whoever sends half of one keeps nobody else waiting for long."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._readers = asyncio.Semaphore(MOST_BODIES)

    async def read(self, request: web.Request) -> bytes | web.Response:
        """Return the body, or what is said where it does not come in time, or too many others are waited for."""
        if request.content.is_eof():
            return await request.read()
        if self._readers.locked():
            return _closing(_UNAVAILABLE, "too many requests are half sent")
        try:
            async with self._readers, asyncio.timeout(self._patience):
                return await request.read()
        except (TimeoutError, ConnectionError):
            return _closing(_TOO_LATE, "the body did not come in time")


def _closing(status: int, told: str) -> web.Response:
    """Return an answer after which nothing more is read from the connection."""
    response = web.Response(status=status, text=told)
    response.force_close()
    return response
