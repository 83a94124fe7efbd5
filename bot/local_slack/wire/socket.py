"""One Socket Mode connection."""

import asyncio
from dataclasses import dataclass

from aiohttp import web


@dataclass(eq=False)
class Socket:
    """A connection and what it runs over; one that ``is_silent`` looks open and carries nothing either way."""

    connection: web.WebSocketResponse
    transport: asyncio.Transport | None
    is_open: bool = True
    is_silent: bool = False

    def abort(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def go_silent(self) -> None:
        self.is_silent = True
        if self.transport is not None:
            self.transport.pause_reading()

    async def disconnect(self, reason: str) -> None:
        """Announce the end of the connection, and end it; a ``warning`` only announces."""
        await self.connection.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
        if reason != "warning":
            self.is_open = False
            await self.connection.close()
