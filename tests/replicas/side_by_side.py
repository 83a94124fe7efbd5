"""Several replicas of the bot on one PostgreSQL database and one local Slack, each reached by HTTP."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.app import Bot, running
from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from bot.outbox.rate_limits import RateLimits
from bot.transport.http import EVENTS_PATH
from bot.trial.run import settings_for
from bot.trial.screen import Screen
from bot.trial.script import Script
from handlers import FEATURES
from handlers.framework.routing import Feature


@dataclass(frozen=True, slots=True)
class Replicas:
    """The replicas, and the Slack in which people act."""

    bots: list[Bot]
    slack: LocalSlack
    script: Script
    screen: Screen

    def turn_to(self, number: int) -> None:
        """Have Slack send what comes to one of them, as a balancer may."""
        self.slack.wire.request_url = f"http://127.0.0.1:{self.bots[number].port}{EVENTS_PATH}"

    async def do(self, line: str, by: int) -> str:
        """Have somebody do something that Slack sends to one replica; return what people see once all are quiet."""
        self.turn_to(by)
        await self.script.act(line)
        await self.quiet()
        return "\n".join(self.screen.news())

    async def quiet(self) -> None:
        await self.slack.wire.idle()
        for bot in self.bots:
            await bot.idle()


@asynccontextmanager
async def replicas(
    clock: Clock, url: str, count: int = 2, features: Sequence[Feature] = FEATURES
) -> AsyncIterator[Replicas]:
    """Start so many replicas on one database, all at once."""
    async with AsyncExitStack() as stack:
        workspace = seeded(sample(), manifest_for("https://bot.example", ""), clock.now)
        slack = await stack.enter_async_context(serving(workspace))
        settings, limits = settings_for(slack, url, use_http=True), RateLimits(burst=10_000)
        starting = (running(settings, clock, features=features, rate_limits=limits) for _number in range(count))
        bots = await asyncio.gather(*map(stack.enter_async_context, starting))
        script = Script(slack.workspace, slack.people, slack.interactions, clock.move)
        yield Replicas(bots, slack, script, Screen(slack.workspace))
