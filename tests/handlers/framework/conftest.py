"""What handlers have at hand, over a real store and a local Slack: contexts without a running bot."""

from collections.abc import Callable

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.outbox.relay import Relay
from handlers import FEATURES
from handlers.framework.context import Context
from handlers.framework.routing import join
from handlers.framework.services import Services
from handlers.slack.directory import Directory
from handlers.slack.interactions import Interaction
from storage.engine.interface import Database
from storage.workspaces.workspaces import connect_workspace, known_workspace, note_place
from tests.conftest import START
from tests.writing import write

TEAM, SECRET = "T0LOCAL", "CSECRETLAUNCH"


@pytest.fixture
async def services(store: Database, client: AsyncWebClient, directory: Directory, clock: Clock) -> Services:
    """The services of a bot that Harbour has connected; the private channel has records, Ben is named in ADMINS."""
    await write(store, connect_workspace, TEAM, "Harbour", "U0BOT", START)
    await write(store, note_place, TEAM, SECRET)
    return Services(
        store=store,
        slack=client,
        directory=directory,
        outbox=Relay(store, client, clock),
        hooks=join(FEATURES).hooks,
        now=clock.now,
        command_prefix="cg-",
        admins=frozenset({"UBEN"}),
        team_url="https://harbour.slack.com/",
    )


@pytest.fixture
def context_of(services: Services) -> Callable[[Interaction], Context[Interaction]]:
    """Make the context of an interaction, as the boundary does."""

    def made(interaction: Interaction) -> Context[Interaction]:
        workspace = known_workspace(services.store.reader, TEAM)
        return Context(services, TEAM, services.now(), interaction, workspace)

    return made
