"""The machine that the bot runs on: starts and kills its processes, moves their clock, fills its disk."""

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from bot.transport.http import EVENTS_PATH
from tests.soak.balancer import Balancer
from tests.soak.child import Nursery
from tests.soak.replica import Replica
from tests.soak.stores import Store

ROOT = Path(__file__).parents[2]
_PROGRAM = Path(__file__).with_name("bot_process.py")
#: A connection that has died is noticed and built anew within half a minute, by a clock that the soak doesn't move.
_CONNECTED_SECONDS = 45


@dataclass
class Machine:
    """Where the bot runs, as ``count`` replicas. ``clock`` is Slack's, beside which the machine's is wrong by so much.

    ``code`` is where the bot's own is, which may be that of an older version.
    """

    slack: LocalSlack
    clock: Clock
    folder: Path
    is_http: bool
    store: Store
    balancer: Balancer
    code: Path = ROOT
    count: int = 1
    wrong: timedelta = timedelta()
    replicas: list[Replica] = field(default_factory=list)
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    logged: list[str] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)
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

    def bury(self) -> list[Replica]:
        """Return those that have ended unasked, and have others started in their places."""
        dead = [each for each in self.replicas if not each.is_alive]
        self.replicas = [each for each in self.replicas if each.is_alive]
        return dead

    async def start(self) -> None:
        """Start as many as are missing, at once, and return when they are ready."""
        self.replicas += await asyncio.gather(*(self._begun() for _ in range(len(self.replicas), self.count)))
        if self.is_http:
            self._lead_slack_there()
        self.is_up.set()

    async def _begun(self) -> Replica:
        ahead = self.clock.now() - datetime.now(UTC) + self.wrong
        argv = [str(_PROGRAM), str(ahead.total_seconds())]
        begun = Replica(await self._nursery().start(argv, self.environment, self.folder), self.logged.append)
        await begun.ready()
        return begun

    def _lead_slack_there(self) -> None:
        """Have Slack send to the bot; where there are replicas, to what shares it out among them."""
        port = self.replicas[0].port
        if self.count > 1:
            self.balancer.send_to([each.port for each in self.replicas])
            port = self.balancer.port
        self.slack.wire.request_url = f"http://127.0.0.1:{port}{EVENTS_PATH}"

    async def tell(self, order: str, by: timedelta = timedelta()) -> None:
        """Tell all that live what to do, and return once it is done."""
        await asyncio.gather(*(each.tell(order, by) for each in self.replicas))

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
        await self.tell("move", by)

    async def set_clock(self, wrong: timedelta) -> None:
        """Set the machine's clock wrong by so much; Slack's goes on."""
        by, self.wrong = wrong - self.wrong, wrong
        await self.tell("correct", by)

    async def kill(self) -> None:
        """Kill the one that has lived longest; while others live, people are served."""
        oldest = self.replicas.pop(0)
        if not self.replicas:
            self.is_up.clear()
        await oldest.end(signal.SIGKILL)

    async def kill_all(self) -> None:
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> None:
        self.is_up.clear()
        ending, self.replicas = self.replicas, []
        await asyncio.gather(*(each.end(how) for each in ending))

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
        """Let no file of the bot grow."""
        for each in self.replicas:
            each.fill_disk()

    def empty_disk(self) -> None:
        for each in self.replicas:
            each.empty_disk()

    def weigh(self) -> None:
        """Note how much memory each process has."""
        self.memory += [each.weight() for each in self.replicas]
