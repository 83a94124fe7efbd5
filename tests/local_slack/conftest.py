"""A local Slack whose app may do everything, and a person and a channel in it."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Channel, User
from tests.local_slack.apps import workspace


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with workspace(clock.now) as served:
        yield served


@pytest.fixture
def ana(slack: LocalSlack) -> User:
    return slack.workspace.users["UANA"]


@pytest.fixture
def general(slack: LocalSlack) -> Channel:
    return slack.workspace.channels["CGENERAL"]
