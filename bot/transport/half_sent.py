"""Cuts connections on which no whole request comes in time: anybody can begin one on an open port and never end it.

aiohttp waits for ever for the end of a first request's head; while it waits for another one, and for a body, it is
told elsewhere how long.
"""

import asyncio
from collections.abc import Callable
from functools import partial

#: For so long (seconds) the rest of a request is waited for, on so many connections, and for so many bodies.
PATIENCE_SECONDS, MOST, MOST_BODIES = 10.0, 500, 100
_TOO_LATE = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class HalfSent:
    """The connections whose first request has not come yet, the oldest first; the oldest goes where it is one too many.

    ``heard`` is called when a request's head is there.
    """

    def __init__(self, patience: float = PATIENCE_SECONDS, most: int = MOST) -> None:
        self._patience = patience
        self._most = most
        self._silent: dict[asyncio.Protocol, None] = {}

    def watching(self, make: Callable[[], asyncio.Protocol]) -> Callable[[], asyncio.Protocol]:
        """Return what makes the protocols of a server, and watches them."""
        return partial(self._begun, make)

    def _begun(self, make: Callable[[], asyncio.Protocol]) -> asyncio.Protocol:
        protocol = make()
        self._silent[protocol] = None
        asyncio.get_running_loop().call_later(self._patience, self._cut, protocol)
        if len(self._silent) > self._most:
            self._cut(next(iter(self._silent)))
        return protocol

    def heard(self, protocol: asyncio.Protocol) -> None:
        self._silent.pop(protocol, None)

    def _cut(self, protocol: asyncio.Protocol) -> None:
        is_silent = protocol in self._silent
        self.heard(protocol)
        transport = getattr(protocol, "transport", None)
        if is_silent and isinstance(transport, asyncio.Transport):
            transport.write(_TOO_LATE)
            transport.close()
