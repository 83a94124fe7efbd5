"""What waits in a dump that is brought back is looked for in Slack before it is said, and only there."""

import subprocess
from collections.abc import Iterator
from datetime import timedelta

import pytest

from handlers.access.recipients import Destination, post
from handlers.slack.blocks import Message
from storage import open_store
from storage.outbox import deliveries
from tests.conftest import START
from tests.postgres import Server, programs
from tests.writing import write

SAID = post(Destination("T0LOCAL", "UANA"), Message("It is decided."), START, START + timedelta(days=1))


@pytest.fixture
def url(postgres: Server, migrated_postgres: str) -> Iterator[str]:
    with postgres.database(migrated_postgres) as made:
        yield made


@pytest.fixture
def other_url(postgres: Server) -> Iterator[str]:
    with postgres.database() as made:
        yield made


def brought_back(dumped: str, into: str, *how: str) -> None:
    """Do what docs/operations.md says, as the user to whom the database belongs."""
    folder = programs()
    assert folder is not None
    dump = [str(folder / "pg_dump"), "--format=custom", "--enable-row-security", dumped]
    told = subprocess.run(dump, check=True, capture_output=True).stdout
    subprocess.run([folder / "pg_restore", "--dbname", into, *how], input=told, check=True, capture_output=True)


async def opened(url: str) -> str:
    """Open a store as a bot does, and return how far its message is."""
    store = open_store(url)
    kept = await store.read(deliveries.delivery, SAID.id)
    await store.close()
    return kept.state if kept is not None else ""


async def test_what_waits_in_a_dump_is_in_doubt_once_it_is_brought_back(url: str, other_url: str) -> None:
    store = open_store(url)
    await write(store, deliveries.add, [SAID])
    await store.close()
    assert await opened(url) == "waiting"
    brought_back(url, other_url)
    assert [await opened(each) for each in (other_url, other_url, url)] == ["unsure", "unsure", "waiting"]


async def test_it_is_so_too_where_it_takes_the_place_of_what_was_there(url: str) -> None:
    store = open_store(url)
    await write(store, deliveries.add, [SAID])
    await store.close()
    brought_back(url, url, "--clean")
    assert await opened(url) == "unsure"
