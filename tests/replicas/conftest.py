"""What the tests of replicas share."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.clock import Clock
from tests.postgres import Server
from tests.replicas.side_by_side import Replicas, replicas


@pytest.fixture
def url(postgres: Server, installed_postgres: str) -> Iterator[str]:
    """A database as the bot's first start leaves it."""
    with postgres.database(installed_postgres) as found:
        yield found


@pytest.fixture
async def two(clock: Clock, url: str) -> AsyncIterator[Replicas]:
    """Two replicas."""
    async with replicas(clock, url) as started:
        yield started
