"""A local Slack without the bot, and what asks it: for modules that ask Slack and send nothing."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import read_manifest
from handlers.slack.directory import Directory
from tests.local_slack.apps import sdk


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with serving(seeded(sample(), read_manifest(), clock.now)) as served:
        yield served


@pytest.fixture
async def client(slack: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    async with sdk(slack, slack.workspace.app.bot_token) as connected:
        # As the bot has it: the SDK's own retries are off.
        connected.retry_handlers.clear()
        yield connected


@pytest.fixture
def directory(client: AsyncWebClient, clock: Clock) -> Directory:
    return Directory(client, clock.now)
