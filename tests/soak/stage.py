"""A bot and a local Slack in one process, on a clock that nobody but the soak moves."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bot.app import Bot, running
from bot.backups import back_up, restore
from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.manifest import manifest_for
from bot.transport.http import EVENTS_PATH
from bot.trial.run import settings_for
from storage.engine.sqlite_connection import sqlite3
from tests.soak.company import company
from tests.soak.plan import MONDAY
from tests.soak.settling import AT_LEAST, still_open
from tests.soak.stores import File


class Struck(asyncio.Event):
    """What a call to Slack waits for while its bot is killed."""

    def __init__(self) -> None:
        super().__init__()
        self.is_reached = asyncio.Event()

    async def wait(self) -> Literal[True]:
        self.is_reached.set()
        return await super().wait()


@dataclass
class Stage:
    """The local Slack, and the bot that is at work now, with a store that is the ``number``-th file of its name."""

    slack: LocalSlack
    clock: Clock
    folder: Path
    is_http: bool
    number: int = 0
    _bot: Bot | None = None
    _alive: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def store(self) -> File:
        return File(self.folder / f"bot-{self.number}.db")

    @property
    def bot(self) -> Bot:
        if self._bot is None:
            raise RuntimeError("no bot is at work")
        return self._bot

    async def start(self) -> None:
        settings = settings_for(self.slack, self.store.path, use_http=self.is_http)
        self._bot = await self._alive.enter_async_context(running(settings, self.clock))
        if self.is_http:
            self.slack.wire.request_url = f"http://127.0.0.1:{self._bot.port}{EVENTS_PATH}"

    async def stop(self) -> None:
        await self._alive.aclose()
        self._alive = AsyncExitStack()

    def arm(self, *, is_done: bool) -> Struck:
        """Let the next message be under way while the bot is killed; Slack has it already, or never gets it."""
        struck = Struck()
        self.slack.faults.arm("chat.postMessage", Fault("timeout_after" if is_done else "slow", until=struck))
        return struck

    async def kill(self, struck: Struck) -> None:
        """Start another bot from what is in the store now; whatever the one before still does, nobody hears of."""
        self._copy_store()
        app = self.slack.workspace.app
        app.bot_token, app.app_token = f"xoxb-{self.number}", f"xapp-{self.number}"
        await self.slack.wire.refresh(silent=True)
        struck.set()
        await self.stop()
        await self.start()

    def _copy_store(self) -> None:
        """Copy what is committed: that is what a killed process leaves behind."""
        before = self.store
        self.number += 1
        with closing(sqlite3.connect(before.path)) as kept, closing(sqlite3.connect(self.store.path)) as copy:
            kept.backup(copy)

    async def go_back(self) -> None:
        """Back the store up, kill nothing, and start from the backup."""
        file, url = self.folder / "backup.db", self.store.url
        back_up(url, file, "")
        await self.stop()
        restore(file, url, None, self.clock.now())
        await self.start()

    async def move(self, by: timedelta) -> None:
        """Let time pass on both sides, and what is due be done."""
        self.clock.move(by)
        self.slack.wire.retry_due()
        await self.bot.tick()
        await self.quiet()

    async def reached(self) -> None:
        """Return once Slack reaches the bot; a connection that broke is built anew by a clock that nobody moves."""
        await self.slack.until(lambda: self.is_http or any(each.is_open for each in self.slack.wire.sockets))

    async def quiet(self) -> None:
        await self.slack.wire.idle()
        await self.bot.idle()

    async def drain(self, waits: Sequence[timedelta]) -> None:
        """Let pass as much time as it takes until everything is said, but not more than this."""
        for turn, wait in enumerate(waits):
            if turn >= AT_LEAST and not await still_open(self.store):
                return
            await self.move(wait)


@asynccontextmanager
async def stage(seed: int, folder: Path, *, is_http: bool) -> AsyncIterator[Stage]:
    """Start a bot in the company of a seed. Slack's clock is right, whatever the bot's is set to."""
    clock = Clock(frozen_at=MONDAY)
    workspace = company(seed, manifest_for("https://bot.example" if is_http else None, ""), clock.steady)
    async with serving(workspace) as slack:
        slack.faults.wait = lambda seconds: clock.wait_until(clock.steady() + timedelta(seconds=seconds))
        begun = Stage(slack, clock, folder, is_http)
        await begun.start()
        try:
            yield begun
        finally:
            await begun.stop()
