"""`make image`: lives with the image for a while, in the local Slack, and says of each promise whether it holds."""

import asyncio
import json
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientError, ClientSession

from bot import __version__
from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from tests.bot.test_main import ROOT
from tests.packaged.engine import Container
from tests.packaged.trying import Trying
from tests.ports import free_port

_PATIENCE_SECONDS, _BETWEEN_SECONDS = 90, 0.2
_SBOM = "/opt/common-ground/share/sbom.cdx.json"


async def until_ready(port: int) -> bool:
    """Return whether the bot says in time that it works."""
    async with ClientSession() as session:
        for _ in range(int(_PATIENCE_SECONDS / _BETWEEN_SECONDS)):
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.ok:
                        return True
            except ClientError:
                pass
            await asyncio.sleep(_BETWEEN_SECONDS)
    return False


async def answers(slack: LocalSlack, asked: str) -> Callable[[], int]:
    """Ask the bot something in a channel, wait for its answer, and return what counts the answers."""
    channel = slack.workspace.channel_named("#general")
    question = slack.people.say(slack.workspace.user_named("ana"), channel, f"@Common Ground {asked}")

    def count() -> int:
        said = channel.messages.values()
        return sum(bool(each.bot_id) and each.thread_ts == question.ts for each in said)

    async with asyncio.timeout(_PATIENCE_SECONDS):
        await slack.until(lambda: count() > 0)
    return count


def packed(component: dict[str, str]) -> str:
    """Return a package of an SBOM as a lock names it."""
    return f"{plain(component['name'])}=={component.get('version')}"


def plain(name: str) -> str:
    """Return a package's name as PyPI compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> set[str]:
    """Return what the image's lock names for every platform."""
    lines = re.findall(r"^(\S+?)(?:\[\S+\])?==(\S+)(.*)$", (ROOT / "deploy/requirements.txt").read_text(), re.MULTILINE)
    return {f"{plain(name)}=={version}" for name, version, only in lines if "platform" not in only}


async def see_what_it_holds(trying: Trying, container: Container) -> None:
    version = await container.run("--version")
    trying.see("it has the version of this checkout", holds=version.said.split()[-1:] == [__version__], told=version)
    described = json.loads((await container.inside("cat", _SBOM)).said)
    of, listed = described["metadata"]["component"], {packed(each) for each in described["components"]}
    trying.see("its SBOM is of this version", holds=packed(of) == f"common-ground=={__version__}", told=packed(of))
    missing = locked() - listed
    trying.see(f"it names {len(listed)} packages, all that are locked among them", holds=not missing, told=missing)
    extras = await container.inside("python3", "-c", "import duckdb, mcp, opentelemetry.sdk, psycopg")
    trying.see("it has what samples, traces, agents and PostgreSQL need", holds=extras.code == 0, told=extras)


async def see_how_it_is_confined(trying: Trying, container: Container) -> None:
    who = await container.inside("id", "-u")
    trying.see("the bot isn't root", holds=who.said.strip() == "10001", told=who)
    for place in ("/x", "/opt/common-ground/x", "/home/x"):
        wrote = await container.inside("touch", place)
        trying.see(f"nothing can be written at {place}", holds=wrote.code != 0, told=wrote)
    mode = await container.inside("stat", "-c", "%U %a %n", ".", "common-ground.db")
    its_own = "common-ground 700 .\ncommon-ground 600 common-ground.db\n"
    trying.see("the store is the bot's alone", holds=mode.said == its_own, told=mode)


async def see_it_live(trying: Trying, container: Container, slack: LocalSlack, port: int) -> None:
    started = await container.start()
    trying.see("it starts with a root that can't be written", holds=await until_ready(port), told=started)
    trying.see("its health check says so", holds=await container.is_healthy())
    first = await answers(slack, "define bias")
    trying.see("it answers", holds=first() == 1)
    await see_what_it_holds(trying, container)
    await see_how_it_is_confined(trying, container)
    second = await container.run_second()
    trying.see("a second one on its volume is refused", holds="another bot works on" in second.said, told=second)
    await container.kill()
    trying.see("killed, it isn't healthy", holds=not await container.is_healthy())
    await container.start_again()
    trying.see("it starts again on the store that was left", holds=await until_ready(port), told=await container.log())
    again = await answers(slack, "define drift")
    trying.see("it answers again, and nothing twice", holds=(first(), again()) == (1, 1), told=(first(), again()))
    code = await container.stop()
    trying.see("told to stop, it ends in order", holds=code == "0", told=await container.log())


@asynccontextmanager
async def contained(slack: LocalSlack, engine: str, image: str, port: int) -> AsyncIterator[Container]:
    """Make a container's settings, and take away at the end what it leaves."""
    app, name = slack.workspace.app, f"common-ground-try-{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings"
        settings.write_text(
            f"SLACK_BOT_TOKEN={app.bot_token}\nSLACK_APP_TOKEN={app.app_token}\n"
            f"SLACK_API_URL={slack.api_url}\nHOST=127.0.0.1\nPORT={port}\n"
        )
        container = Container(engine, image, name, f"{name}-store", settings)
        try:
            yield container
        finally:
            await container.remove()


async def try_image(engine: str, image: str) -> bool:
    trying, port = Trying(), free_port()
    async with (
        serving(seeded(sample(), manifest_for(None, ""), Clock().now)) as slack,
        contained(slack, engine, image, port) as container,
    ):
        await see_it_live(trying, container, slack, port)
    return trying.holds


if __name__ == "__main__":
    sys.exit(not asyncio.run(try_image(*sys.argv[1:3])))
