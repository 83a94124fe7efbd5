"""What becomes of a Socket Mode connection as something is sent over it."""

import asyncio

from bot.local_slack.faults.striking import Fault, Faults
from bot.local_slack.wire.socket import Socket

_RENEWALS = 5


class Weather:
    """What the connections are exposed to. ``renewals`` is how many of them Slack still asks to renew."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._renewals = 0
        self._endings: set[asyncio.Task[None]] = set()

    @property
    def other_processes(self) -> int:
        """How many processes beside the app hold a connection for its token."""
        return int(any(rule.kind == "second_process" for rule in self._faults.rules))

    async def strike(self, socket: Socket, fault: Fault | None) -> None:
        """Let this happen to a connection. Raises TimeoutError or ConnectionError where it carries nothing then."""
        kind = "" if fault is None else fault.kind
        if fault is not None and kind == "half_open":
            self._silence(socket, fault.takes)
        if kind == "socket_reset":
            socket.abort()
            raise ConnectionResetError
        if socket.is_silent:
            raise TimeoutError
        if kind == "refresh_storm":
            self._renewals = _RENEWALS

    async def renew(self, *sockets: Socket) -> None:
        """Ask these connections to be renewed, while there is a storm of that."""
        for socket in sockets:
            if self._renewals and socket.is_open:
                self._renewals -= 1
                await socket.disconnect("refresh_requested")

    def clear(self) -> None:
        for task in self._endings:
            task.cancel()

    def _silence(self, socket: Socket, seconds: float) -> None:
        """Let a connection carry nothing either way, until Slack notices that nobody answers its pings."""

        async def end() -> None:
            await self._faults.wait(seconds)
            socket.abort()

        socket.go_silent()
        task = asyncio.create_task(end())
        self._endings.add(task)
        task.add_done_callback(self._endings.discard)
