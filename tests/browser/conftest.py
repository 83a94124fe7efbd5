"""A browser, and a local Slack whose app may do everything."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from tests.browser.browsing import chromium
from tests.local_slack.apps import workspace


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with workspace(clock.now) as served:
        yield served
