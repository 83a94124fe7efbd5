"""A bot over signed HTTP in a local Slack, begun from a store and a workspace as they stood."""

import copy
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiohttp import ClientSession, web
from pydantic import SecretStr

from bot.app import Bot, running
from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Workspace
from bot.outbox.rate_limits import RateLimits
from bot.transport.http import EVENTS_PATH
from bot.trial.run import Trial, settings_for
from bot.trial.screen import Screen
from bot.trial.script import Script
from tests.privacy.watching import Watch
from tests.reporting import KEY


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A store and a workspace at a moment."""

    database: Path
    workspace: Workspace
    at: datetime


@dataclass(frozen=True, slots=True)
class World:
    """A running bot, what it has shown to whom, and the lines of its seed that it could not play."""

    trial: Trial
    watch: Watch
    database: Path
    unmade: list[str] = field(default_factory=list)

    @property
    def workspace(self) -> Workspace:
        return self.trial.slack.workspace

    @property
    def has_private(self) -> bool:
        """Tell whether there are records of the private channel."""
        sql = "SELECT number FROM decisions WHERE visibility = 'CSECRET'"
        return bool(self.trial.bot.store.reader.all(sql))

    @property
    def bot(self) -> Bot:
        return self.trial.bot


@asynccontextmanager
async def begun(snapshot: Snapshot, database: Path) -> AsyncIterator[World]:
    """Begin where a snapshot ends, with a store of its own; the snapshot stays as it is."""
    if database != snapshot.database:
        shutil.copy(snapshot.database, database)
    clock = Clock(frozen_at=snapshot.at)
    workspace = copy.deepcopy(snapshot.workspace, {id(snapshot.workspace.now): clock.now})
    async with AsyncExitStack() as stack:
        slack, watch = await stack.enter_async_context(_served(workspace))
        doors = {"hooks": True, "token_keys": SecretStr(KEY)}
        settings = settings_for(slack, database, use_http=True).model_copy(update=doors)
        bot = await stack.enter_async_context(running(settings, clock, rate_limits=RateLimits(burst=1_000_000)))
        slack.wire.request_url = f"http://127.0.0.1:{bot.port}{EVENTS_PATH}"
        script = Script(workspace, slack.people, slack.interactions, clock.move)
        yield World(Trial(bot, slack, script, Screen(workspace)), watch, database)


def ended(world: World, database: Path) -> Snapshot:
    """Return a world as it stands, for others to begin with; its bot must have stopped."""
    shutil.copy(world.database, database)
    return Snapshot(database, world.workspace, world.bot.clock.now())


@asynccontextmanager
async def _served(workspace: Workspace) -> AsyncIterator[tuple[LocalSlack, Watch]]:
    async with ClientSession() as session:
        slack = LocalSlack(workspace, session)
        watch = Watch(workspace)
        application = slack.application()
        application.middlewares.append(watch.look)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        workspace.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield slack, watch
        finally:
            await slack.wire.close()
            await runner.cleanup()
