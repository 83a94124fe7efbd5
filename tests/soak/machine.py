"""The machine that the bot runs on: starts and kills its process, moves its clock, fills its disk."""

import asyncio
import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from bot.transport.http import EVENTS_PATH
from tests.soak.child import Child, Nursery
from tests.soak.stores import Store

ROOT = Path(__file__).parents[2]
_PROGRAM = Path(__file__).with_name("bot_process.py")
_READY_SECONDS = 60
#: A connection that has died is noticed and built anew within half a minute, by a clock that the soak doesn't move.
_CONNECTED_SECONDS = 45
#: So many lines of its log say why the bot did not start.
_LAST = 20


class DeadError(Exception):
    """The process ended before it had done what it was told."""


@dataclass
class Machine:
    """Where the bot runs. ``clock`` is Slack's, beside which the machine's is wrong by so much.

    ``code`` is where the bot's own is, which may be that of an older version.
    """

    slack: LocalSlack
    clock: Clock
    folder: Path
    is_http: bool
    store: Store
    code: Path = ROOT
    wrong: timedelta = timedelta()
    process: Child | None = None
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    logged: list[str] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _nurseries: dict[Path, Nursery] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        app = self.slack.workspace.app
        way = {"SLACK_SIGNING_SECRET": app.signing_secret} if self.is_http else {"SLACK_APP_TOKEN": app.app_token}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
        told = {"SLACK_BOT_TOKEN": app.bot_token, "SLACK_API_URL": self.slack.api_url, "PYTHONPATH": str(self.code)}
        return {
            **kept,
            **way,
            **told,
            "DATABASE_URL": self.store.url,
            "LOG_FORMAT": "json",
        }

    @property
    def has_ended(self) -> bool:
        return self.process is None or not self.process.is_alive

    async def last_words(self) -> str:
        """Return the end of the log of a bot that has ended."""
        await asyncio.gather(*self._tasks)
        return "".join(self.logged[-_LAST:])

    async def start(self) -> None:
        """Start the bot, and return once it is ready."""
        ahead = self.clock.now() - datetime.now(UTC) + self.wrong
        argv = [str(_PROGRAM), str(ahead.total_seconds())]
        self.process = await self._nursery().start(argv, self.environment, self.folder)
        task = asyncio.create_task(self._listen(self.process))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            async with asyncio.timeout(_READY_SECONDS):
                _, port = (await self._line()).split()
        except DeadError:
            raise DeadError(await self.last_words()) from None
        if self.is_http:
            self.slack.wire.request_url = f"http://127.0.0.1:{port}{EVENTS_PATH}"
        self.is_up.set()

    async def tell(self, order: str, by: timedelta = timedelta()) -> None:
        """Tell the process what to do, and return once it is done. Raises DeadError."""
        if self.process is None:
            raise DeadError
        with suppress(ConnectionError):
            self.process.tell(f"{order} {by.total_seconds()}\n")
        await self._line()

    async def reached(self) -> None:
        """Return once Slack reaches the bot, or has waited for that long enough."""
        await self.is_up.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(_CONNECTED_SECONDS):
                await self.slack.until(lambda: self.is_http or any(each.is_open for each in self.slack.wire.sockets))

    async def move(self, by: timedelta) -> None:
        """Let time pass for Slack and for the machine."""
        self.clock.move(by)
        self.slack.wire.retry_due()
        with suppress(DeadError):
            await self.tell("move", by)

    async def set_clock(self, wrong: timedelta) -> None:
        """Set the machine's clock wrong by so much; Slack's goes on."""
        by, self.wrong = wrong - self.wrong, wrong
        with suppress(DeadError):
            await self.tell("correct", by)

    async def kill(self) -> None:
        self.is_up.clear()
        if self.process is not None:
            await self.process.end(signal.SIGKILL)

    async def stop(self) -> None:
        self.is_up.clear()
        if self.process is not None:
            await self.process.end(signal.SIGTERM)
        await asyncio.gather(*self._tasks)

    async def leave(self) -> None:
        """Stop for good."""
        await self.stop()
        for each in self._nurseries.values():
            await each.close()

    def _nursery(self) -> Nursery:
        return self._nurseries.setdefault(self.code, Nursery(self.code))

    async def command(self, *words: str) -> str:
        """Run ``common-ground``; return what it says. Raises RuntimeError where it fails."""
        ended, told = await self._nursery().run(["bot", *words], self.environment, self.folder)
        if ended:
            raise RuntimeError(f"{' '.join(words)}: {told}")
        return told

    def fill_disk(self) -> None:
        """Let no file of the process grow."""
        if self.process is not None:
            resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def empty_disk(self) -> None:
        if self.process is not None:
            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, unlimited)

    def weigh(self) -> None:
        """Note how much memory the process has, in bytes: of its own, and of files that it maps."""
        if self.process is None:
            return
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        told = {name: _bytes(size) for name, _, size in (line.partition(":") for line in lines[1:])}
        self.memory.append((told["Anonymous"], told["Rss"] - told["Anonymous"]))

    async def _line(self) -> str:
        if self.process is None:
            raise DeadError
        line = (await self.process.stdout.readline()).decode()
        if not line:
            raise DeadError
        return line

    async def _listen(self, process: Child) -> None:
        async for line in process.stderr:
            self.logged.append(line.decode())


def _bytes(told: str) -> int:
    return int(told.strip().removesuffix(" kB")) * 1024
