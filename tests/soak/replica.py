"""One process of the bot, as the soak has it: told what to do, killed, kept from writing, weighed."""

import asyncio
import resource
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from tests.soak.child import Child

_READY_SECONDS = 60
#: So many lines of its log say why it ended, or did not start.
_LAST = 20


class DeadError(Exception):
    """The process ended before it had done what it was told."""


class Replica:
    """A process that was started. Each line that it logs is noted."""

    def __init__(self, process: Child, note: Callable[[str], None]) -> None:
        self._process, self._note = process, note
        self._last = deque[str](maxlen=_LAST)
        self._listening = asyncio.create_task(self._listen())
        self.port = 0

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive

    async def ready(self) -> None:
        """Return once it serves. Raises DeadError with the end of its log."""
        try:
            async with asyncio.timeout(_READY_SECONDS):
                _, port = (await self._line()).split()
        except DeadError:
            raise DeadError(await self.last_words()) from None
        self.port = int(port)

    async def last_words(self) -> str:
        """Return the end of its log, once it has ended."""
        await self._listening
        return "".join(self._last)

    async def tell(self, order: str, by: timedelta) -> None:
        """Tell it what to do, and return once it is done, or the process has ended."""
        with suppress(ConnectionError, DeadError):
            self._process.tell(f"{order} {by.total_seconds()}\n")
            await self._line()

    async def end(self, how: signal.Signals) -> None:
        await self._process.end(how)
        await self._listening

    def fill_disk(self) -> None:
        """Let no file of it grow."""
        self._limit_files(0)

    def empty_disk(self) -> None:
        self._limit_files(resource.RLIM_INFINITY)

    def _limit_files(self, most: int) -> None:
        if self.is_alive:
            resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def weight(self) -> tuple[int, int]:
        """Return how much memory it has, in bytes: of its own, and of files that it maps."""
        lines = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text().splitlines()
        told = {name: _bytes(size) for name, _, size in (line.partition(":") for line in lines[1:])}
        return told["Anonymous"], told["Rss"] - told["Anonymous"]

    async def _line(self) -> str:
        line = (await self._process.stdout.readline()).decode()
        if not line:
            raise DeadError
        return line

    async def _listen(self) -> None:
        async for each in self._process.stderr:
            line = each.decode()
            self._last.append(line)
            self._note(line)


def _bytes(told: str) -> int:
    return int(told.strip().removesuffix(" kB")) * 1024
