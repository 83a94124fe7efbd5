"""An agent on this machine asks over standard input and output, by the official client."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from bot.clock import Clock
from bot.trial.run import Trial, trial
from storage.glossary import changes
from storage.glossary.glossary import NewSense
from storage.workspaces import workspaces
from tests.agents import token_of
from tests.handlers.access.secrets import SECRET, TEAM
from tests.writing import write

ROOT = Path(__file__).parents[3]


def environment(database: Path, running: Trial | None = None, token: str = "") -> dict[str, str]:
    told = {"DATABASE_URL": f"sqlite:///{database}", "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    if running is not None:
        app = running.slack.workspace.app
        told |= {"SLACK_BOT_TOKEN": app.bot_token, "SLACK_SIGNING_SECRET": app.signing_secret}
        told |= {"SLACK_API_URL": running.slack.api_url}
    return told | ({"COMMON_GROUND_TOKEN": token} if token else {})


@asynccontextmanager
async def agent(folder: Path, told: dict[str, str]) -> AsyncIterator[Client]:
    server = StdioServerParameters(command=sys.executable, args=["-m", "bot", "mcp"], env=told, cwd=folder)
    async with Client(server) as connected:
        yield connected


@pytest.fixture
async def running(tmp_path: Path, installed: Path) -> AsyncIterator[Trial]:
    """A bot by today's clock, which the program beside it goes by too."""
    shutil.copy(installed, tmp_path / "bot.db")
    async with trial(Clock(), tmp_path / "bot.db", mcp=True) as begun:
        store = begun.bot.store
        sense = NewSense(word="falcon", discipline="product", gloss="The falcon flies in May", visibility=SECRET)
        await write(store, changes.add_senses, TEAM, [sense], begun.bot.clock.now())
        await write(store, workspaces.note_place, TEAM, SECRET)
        yield begun


async def refused(folder: Path, told: dict[str, str]) -> str:
    """Return what the program says that ends at once."""
    command = [sys.executable, "-m", "bot", "mcp"]
    ended = await asyncio.to_thread(subprocess.run, command, env=told, cwd=folder, capture_output=True, check=False)
    assert ended.returncode == 2
    return ended.stderr.decode()


@pytest.mark.usefixtures("running")
async def test_without_a_token_an_agent_sees_what_every_member_may_see(tmp_path: Path) -> None:
    async with agent(tmp_path, environment(tmp_path / "bot.db")) as connected:
        drift, falcon = [await connected.call_tool("define", {"word": word}) for word in ("drift", "falcon")]
    assert drift.structured_content["answer"].startswith("drift has")
    assert "isn't in the glossary" in falcon.structured_content["answer"]


async def test_with_a_token_it_sees_what_its_person_sees(running: Trial, tmp_path: Path) -> None:
    token = await token_of(running, "ana")
    async with agent(tmp_path, environment(tmp_path / "bot.db", running, token)) as connected:
        falcon = await connected.call_tool("define", {"word": "falcon"})
    assert falcon.structured_content["items"][0]["says"] == "The falcon flies in May"


async def test_a_token_that_is_not_good_ends_it_with_one_line(running: Trial, tmp_path: Path) -> None:
    told = await refused(tmp_path, environment(tmp_path / "bot.db", running, "common-ground-nonsense"))
    assert told.startswith("common-ground: the token is unknown, revoked or over; make one with /common-ground tokens")


async def test_a_store_that_no_workspace_has_connected_to_answers_nobody(tmp_path: Path) -> None:
    assert "no workspace has connected" in await refused(tmp_path, environment(tmp_path / "new.db"))
