"""A browser, and a local Slack whose app may do everything; all in one event loop, for the browser stays in it."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from bot.trial.run import Trial
from tests.browser.browsing import LOOP, chromium
from tests.conftest import StartTrial
from tests.local_slack.apps import workspace


@pytest_asyncio.fixture(scope="session", loop_scope=LOOP)
async def started() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope=LOOP)
async def browser(started: Browser) -> AsyncIterator[Browser]:
    """A browser without windows; each window opens as on a device of its own, and goes with the test."""
    yield started
    for context in started.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope=LOOP)
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with workspace(clock.now) as served:
        yield served


@pytest_asyncio.fixture(loop_scope=LOOP)
async def running(start: StartTrial) -> AsyncIterator[Trial]:
    async with start() as begun:
        yield begun
