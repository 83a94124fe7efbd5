"""`make image-replicas`: lives with compose.postgres.yaml for a while, in the local Slack, and says what holds."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from aiohttp import ClientSession

from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.wire.delivery import Entry
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from tests.packaged.composed import Composed, composed, reachable
from tests.packaged.trying import Trying
from tests.ports import free_port

_PATIENCE_SECONDS, _BETWEEN_SECONDS = 90, 0.5
#: So often somebody asks while replicas come and go (seconds); Slack sends no command twice.
_PACE = 0.1
_REPLICAS = ("replica-1", "replica-2")
_ROLE = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = 'common_ground'"


async def becomes(is_so: Callable[[], Awaitable[bool]]) -> bool:
    """Return whether something is so in time."""
    for _ in range(int(_PATIENCE_SECONDS / _BETWEEN_SECONDS)):
        if await is_so():
            return True
        await asyncio.sleep(_BETWEEN_SECONDS)
    return False


class Town:
    """Somebody who asks by commands, and what came of it."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self._asked = 0

    async def ask(self) -> None:
        workspace = self._slack.workspace
        self._asked += 1
        ana, general = workspace.user_named("ana"), workspace.channel_named("#general")
        await self._slack.interactions.run_command(ana, general, "/define bias")

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """Ask again and again meanwhile, whether or not the one before is answered."""
        async with asyncio.TaskGroup() as under_way:

            async def go_on() -> None:
                while True:
                    under_way.create_task(self.ask())
                    await asyncio.sleep(_PACE)

            going = under_way.create_task(go_on())
            yield
            going.cancel()

    def told(self) -> tuple[int, list[Entry]]:
        """Return how many commands were sent since the last time, and those that were not answered."""
        sent = [each for each in self._slack.wire.record if each.kind == "slash_commands"]
        self._slack.wire.record.clear()
        return len(sent), [each for each in sent if each.problem]


async def see_it_begin(trying: Trying, made: Composed, slack: LocalSlack, url: str) -> None:
    started = await made.ask("up", "--detach")
    is_there = await becomes(lambda: slack.wire.verify(f"{url}/slack/events"))
    trying.see("the proxy leads Slack to a replica", holds=is_there, told=started)
    for each in _REPLICAS:
        trying.see(f"{each} is ready", holds=await becomes(partial(made.is_ready, each)))
    async with ClientSession() as session:
        for path in ("/readyz", "/metrics", "/"):
            async with session.get(f"{url}{path}") as answer:
                trying.see(f"the proxy passes nothing on to {path}", holds=answer.status == 404, told=answer.status)
    told = await made.tell(_ROLE)
    trying.see("the bot may do nothing in the database beyond its own", holds=told == "f", told=told)


async def see_it_live(trying: Trying, made: Composed, town: Town) -> None:
    async with town.asking():
        await asyncio.sleep(3)
    sent, lost = town.told()
    trying.see(f"{sent} commands are answered", holds=sent > 0 and not lost, told=lost)
    await made.ask("kill", "--signal", "SIGKILL", _REPLICAS[0])
    async with town.asking():
        await asyncio.sleep(5)
    sent, lost = town.told()
    trying.see(f"one replica was killed, and {sent} commands after it are answered", holds=not lost, told=lost)
    await made.ask("start", _REPLICAS[0])
    trying.see("it comes again", holds=await becomes(partial(made.is_ready, _REPLICAS[0])))
    town.told()
    async with town.asking():
        for each in _REPLICAS:
            await made.ask("stop", each)
            again = await made.ask("start", each)
            is_ready = await becomes(partial(made.is_ready, each))
            trying.see(f"{each} was stopped and started under load", holds=is_ready, told=again)
    sent, lost = town.told()
    trying.see(f"meanwhile {sent} commands came, and all are answered", holds=sent > 0 and not lost, told=lost)


async def try_replicas(compose: str) -> bool:
    trying, port = Trying(), free_port()
    url = f"http://127.0.0.1:{port}"
    async with serving(seeded(sample(), manifest_for("https://bot.example", ""), Clock().now)) as slack:
        with tempfile.TemporaryDirectory(prefix="common-ground-") as folder:
            async with reachable(slack) as there, composed(compose, Path(folder), there, port) as made:
                await see_it_begin(trying, made, slack, url)
                if trying.holds:
                    await see_it_live(trying, made, Town(slack))
    return trying.holds


if __name__ == "__main__":
    sys.exit(not asyncio.run(try_replicas(sys.argv[1])))
