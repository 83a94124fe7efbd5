"""What the tests share: a frozen clock, a store in a temporary file, and the bot in a local Slack."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest
import structlog

from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from bot.trial.script import BEGINS
from storage import open_store
from storage.engine.interface import Database
from tests.postgres import Server, programs, server

#: A Monday morning.
START = BEGINS

StartTrial = Callable[..., AbstractAsyncContextManager[Trial]]

_MEMORY, _ENOUGH_BYTES = Path("/dev/shm"), 2 * 2**30  # noqa: S108 - pytest makes a folder of its own in it


def pytest_configure() -> None:
    """Keep stores in memory where there is room for them: on a disk each of their writes waits until it is there."""
    if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH_BYTES:
        # Workers, and programs that tests start, have it from here.
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)
    _log_tracebacks_as_the_bot_does()


def _log_tracebacks_as_the_bot_does() -> None:
    """Have a bug logged at once: structlog's own way draws every local, for which Slack may not wait long enough."""
    *before, _renderer = structlog.get_config()["processors"]
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*before, plain])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what stays together on one worker: at the end the others would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


@pytest.fixture
def clock() -> Clock:
    return Clock(frozen_at=START)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store as today's migrations leave it; they have tests of their own."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    asyncio.run(open_store(f"sqlite:///{path}").close())
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; in CI it is missed where there is none."""
    if programs() is None and "CI" not in os.environ:
        pytest.skip("there is no PostgreSQL server on this machine")
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Server) -> str:
    """The name of an empty database as today's migrations leave it."""
    postgres.create("migrated")
    asyncio.run(open_store(postgres.url("migrated")).close())
    return "migrated"


#: For what one engine alone does, or says in its own words.
on_sqlite = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty store of each engine is."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "store.db")
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    with request.getfixturevalue("postgres").database(request.getfixturevalue("migrated_postgres")) as url:
        yield url


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Database]:
    """One store of each engine."""
    database = open_store(store_url)
    yield database
    await database.close()


@pytest.fixture(params=["socket", "http"])
def door(request: pytest.FixtureRequest) -> str:
    """Each door to Slack."""
    return str(request.param)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    """A store as the bot's first start leaves it: with the workspace and its starter glossary, whose making is slow."""
    path = Path(shutil.copy(migrated, tmp_path_factory.mktemp("store") / "installed.db"))
    asyncio.run(_start_once(path))
    return path


@pytest.fixture(scope="session")
def installed_postgres(postgres: Server, migrated_postgres: str) -> str:
    """The name of a database as the bot's first start leaves it."""
    postgres.create("installed", migrated_postgres)
    asyncio.run(_start_once(postgres.url("installed")))
    return "installed"


async def _start_once(database: Path | str) -> None:
    async with trial(Clock(frozen_at=START), database):
        pass


@pytest.fixture
def start(clock: Clock, tmp_path: Path, installed: Path) -> StartTrial:
    """Start the bot in a local Slack, where it has been before; each start finds the same store."""
    shutil.copy(installed, tmp_path / "bot.db")
    return partial(trial, clock, tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=10_000))


@pytest.fixture
async def running(start: StartTrial) -> AsyncIterator[Trial]:
    async with start() as started:
        yield started


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many combinations of door, record, asker and place were tried; tests tell it as a property."""
    reports = [
        each for found in terminalreporter.stats.values() for each in found if getattr(each, "when", "") == "call"
    ]
    tried = sum(number for each in reports for name, number in each.user_properties if name == "combinations")
    if tried:
        terminalreporter.write_line(f"privacy: {tried} combinations of door, record, asker and place were tried")
