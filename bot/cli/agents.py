"""``mcp``: an agent on this machine asks over standard input and output."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Annotated, Any

import typer
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli import files
from bot.cli.files import Wrong, connected, finished, opened
from bot.clock import Clock
from bot.condition import Condition
from bot.logs import set_up_logging
from bot.settings import read_settings
from bot.slack_api import calling_slack, identity_of
from handlers import FEATURES
from handlers.framework.agents import Agents, Caller
from handlers.framework.boundary import Boundary
from handlers.framework.measures import Measures
from handlers.framework.routing import join
from handlers.framework.services import Services
from handlers.slack.directory import Directory
from handlers.workspace.service.tokens import digest_of
from storage.engine.interface import Database
from storage.outbox.deliveries import Delivery
from storage.workspaces import tokens

_NO_PACKAGE = "agents need a package that is not there; pip install 'common-ground[mcp]'"
_NO_TOKEN = "the token is unknown, revoked or over; make one with /common-ground tokens new"  # noqa: S105 - a sentence


class LeftToTheBot:
    """What is said is written down here, and sent by the bot at its next look."""

    def __init__(self) -> None:
        self._working = set[asyncio.Task[None]]()

    async def admit(self, delivery: Delivery) -> Delivery:
        return delivery

    def announce(self, delivery: Delivery, *, is_answer: bool = False) -> None:
        """Leave it to the bot."""

    def respond(self, url: str, body: Mapping[str, object]) -> None:
        """Say nothing: whoever asks here has no address in Slack."""

    def start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def serve(
    *,
    token: Annotated[
        str,
        typer.Option(
            envvar="COMMON_GROUND_TOKEN",
            help="In whose name agents ask; without one they see what every member may see.",
        ),
    ] = "",
    workspace: files.InWorkspace = None,
) -> None:
    """Answer an agent on this machine (MCP over standard input and output)."""
    set_up_logging("WARNING", "console")
    finished(_serve(token, workspace))


async def _serve(token: str, workspace: str | None) -> None:
    try:
        from mcp.server.stdio import stdio_server  # noqa: PLC0415 - an extra, and half a second to load

        from bot.transport.mcp_server import mcp_server  # noqa: PLC0415 - the same
    except ImportError as error:
        raise Wrong(_NO_PACKAGE) from error
    async with opened() as store, _answering(store, token, workspace) as (agents, caller):
        server = mcp_server(agents, lambda _context: caller)
        async with stdio_server() as (reads, writes):
            await server.run(reads, writes, server.create_initialization_options())


@asynccontextmanager
async def _answering(store: Database, token: str, workspace: str | None) -> AsyncIterator[tuple[Agents, Caller]]:
    """Yield what answers, and in whose name is asked; Slack is asked only who a token's person is, and where."""
    clock = Clock()
    if not token:
        caller = Caller(connected(store, workspace), "", is_public=True)
        yield _agents(store, AsyncWebClient(), clock), caller
        return
    known = await store.read(tokens.with_digest, digest_of(token), clock.now())
    if known is None:
        raise Wrong(_NO_TOKEN)
    settings = read_settings()
    async with calling_slack(settings, Condition(store), Measures(is_read=False)) as slack:
        team_url = (await identity_of(slack)).team_url
        agents = _agents(store, slack, clock, (settings.command_prefix, settings.admins, team_url))
        yield agents, Caller(known.team_id, known.user_id, known.is_public)


def _agents(store: Database, slack: AsyncWebClient, clock: Clock, known: Sequence[Any] = ()) -> Agents:
    routes, directory = join(FEATURES), Directory(slack, clock.steady, clock.now)
    services = Services(store, slack, directory, LeftToTheBot(), routes.hooks, clock.now, *known)
    return Agents(Boundary(replace(services, serves_agents=True)), routes.tools)
