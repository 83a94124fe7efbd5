"""Several replicas as processes of their own, on one PostgreSQL database and one local Slack, by Socket Mode."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from tests.bot.test_main import environment
from tests.test_crash import start


@dataclass
class Fleet:
    """The replicas that live, and the Slack that they are connected to."""

    slack: LocalSlack
    url: str
    folder: Path
    living: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(self, count: int = 1) -> None:
        told = {"DATABASE_URL": self.url, "PYTHONUNBUFFERED": "1"}
        each = [environment(self.slack, self.folder, **told) for _ in range(count)]
        self.living += await asyncio.gather(*(start(env, self.folder) for env in each))

    async def kill(self, number: int = 0) -> None:
        """End one as ``kill -9`` does."""
        process = self.living.pop(number)
        process.kill()
        await process.communicate()

    async def stop(self) -> None:
        for process in self.living:
            process.terminate()
        await asyncio.gather(*(process.communicate() for process in self.living))

    async def let_leases_end(self) -> None:
        """Have what the dead had in hand be free at once, as it is a minute later."""
        async with await psycopg.AsyncConnection.connect(self.url) as store:
            await store.execute("UPDATE outbox SET not_before = created_at WHERE state = 'sending'")
            await store.execute("UPDATE leases SET until = '2026'")


@asynccontextmanager
async def fleet(url: str, folder: Path, count: int) -> AsyncIterator[Fleet]:
    """Start so many replicas at once."""
    async with serving(seeded(sample(), manifest_for(None, ""), Clock().now)) as slack:
        started = Fleet(slack, url, folder)
        try:
            await started.start(count)
            yield started
        finally:
            await started.stop()
