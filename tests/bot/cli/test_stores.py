"""The store in another place, as the operator types it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import trial
from storage import open_store
from storage.workspaces import leases
from tests.conftest import START
from tests.playing import play
from tests.postgres import Server
from tests.writing import write


async def run(*told: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, told)


async def test_a_bot_goes_on_in_the_place_to_which_its_store_was_copied(
    clock: Clock, tmp_path: Path, postgres: Server, migrated_postgres: str
) -> None:
    limits = RateLimits(burst=10_000)
    async with trial(clock, tmp_path / "bot.db", rate_limits=limits) as started:
        await play(started, "ben in #general: @Common Ground decided: Drop the feed")
    with postgres.database(migrated_postgres) as url:
        copied = await run("store", "copy", f"sqlite:///{tmp_path / 'bot.db'}", url)
        assert copied.exit_code == 0
        assert copied.output.endswith(" tables copied, the same on both sides. Set DATABASE_URL to the new one.\n")
        async with trial(Clock(frozen_at=START), url, rate_limits=limits) as moved:
            assert "D-1 · Drop the feed" in await play(moved, "ben in #general: /decision list")
        again = await run("store", "copy", f"sqlite:///{tmp_path / 'bot.db'}", url)
        assert (again.exit_code, again.output) == (
            2,
            "common-ground: the store to copy to has a workspace already; name one that is empty\n",
        )


async def test_a_file_on_which_a_bot_works_is_not_copied(clock: Clock, tmp_path: Path) -> None:
    file, target = tmp_path / "bot.db", tmp_path / "other.db"
    async with trial(clock, file):
        refused = await run("store", "copy", f"sqlite:///{file}", f"sqlite:///{target}")
        told = f"common-ground: another bot works on the database {file}; stop that one first\n"
        assert (refused.exit_code, refused.output) == (2, told)
    assert not target.exists()
    assert (await run("store", "copy", f"sqlite:///{file}", f"sqlite:///{target}")).exit_code == 0


@pytest.mark.parametrize("which", ["from", "to"])
async def test_a_database_is_not_copied_from_nor_to_before_the_last_replica_has_stopped(
    which: str, tmp_path: Path, postgres: Server, migrated_postgres: str
) -> None:
    file = f"sqlite:///{tmp_path / 'bot.db'}"
    with postgres.database(migrated_postgres) as url:
        store, urls = open_store(url), (url, file) if which == "from" else (file, url)
        await write(store, leases.take, "a replica", datetime.now(UTC))
        refused = await run("store", "copy", *urls)
        told = f"a bot works on the store to copy {which}; stop it first, or wait a minute where it was killed"
        assert (refused.exit_code, refused.output) == (2, f"common-ground: {told}\n")
        await write(store, leases.give_back, "a replica")
        await store.close()
        assert (await run("store", "copy", *urls)).exit_code == 0


@pytest.mark.parametrize("url", ["sqlite:///bot.db"])
async def test_a_store_is_not_copied_onto_itself(url: str) -> None:
    refused = await run("store", "copy", url, url)
    assert (refused.exit_code, refused.output) == (2, "common-ground: the store would be copied onto itself\n")
