"""The whole store in and out of one file, as the operator types it."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from tests.conftest import START
from tests.playing import play


async def run(*told: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, told)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")


async def answer(started: Trial) -> str:
    return await play(started, "ben in #general: /decision list")


async def test_a_running_bot_is_backed_up_and_a_stopped_one_restored(clock: Clock, tmp_path: Path) -> None:
    limits = RateLimits(burst=10_000)
    async with trial(clock, tmp_path / "bot.db", use_http=False, rate_limits=limits) as started:
        await play(started, "ben in #general: @Common Ground decided: Drop the feed")
        made = await run("backup", "copy.db")
        assert (made.exit_code, made.output.split(" rows in ")[1]) == (0, "copy.db, not encrypted and checked.\n")
        again = await run("backup", "copy.db")
        assert (again.exit_code, again.output) == (
            2,
            "common-ground: copy.db is there already; --force writes over it\n",
        )
        await play(started, "ben in #general: @Common Ground decided: Keep the lights on")
        refused = await run("restore", "copy.db")
        assert refused.exit_code == 2
        assert "another bot works on the database" in refused.output
    done = await run("restore", "copy.db")
    assert done.exit_code == 0, done.output
    assert f" The old store is {tmp_path / 'bot.db'}-before-" in done.output
    async with trial(Clock(frozen_at=START), tmp_path / "bot.db", use_http=False, rate_limits=limits) as started:
        told = await answer(started)
    assert "Drop the feed" in told
    assert "Keep the lights on" not in told


@pytest.mark.parametrize("told", [("backup", "copy.db"), ("restore", "copy.db")])
async def test_what_a_server_keeps_is_not_copied_as_a_file(
    told: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ana@127.0.0.1:1/ground")
    if told[0] == "restore":
        (tmp_path / "copy.db").write_bytes(b"a copy")
    refused = await run(*told)
    assert (refused.exit_code, refused.output) == (
        2,
        "common-ground: a store in PostgreSQL is copied by pg_dump and brought back by pg_restore\n",
    )
