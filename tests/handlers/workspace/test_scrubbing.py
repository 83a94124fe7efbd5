"""What was redacted over Slack is soon in no file of the store, and in no copy that is made of it from then on."""

from pathlib import Path

import pytest

from bot.trial.run import Trial
from storage.engine import sqlite_scrubbing
from storage.outbox import redactions
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import TEAM, fills_in, put
from tests.handlers.workspace.test_redacting import SECRET, redact
from tests.playing import play
from tests.storage.engine.test_scrubbing import bytes_beside

BYTES = SECRET.encode()


async def write_it_everywhere(trial: Trial) -> None:
    page = {"Definition in one line": f"the password {SECRET}", "Discipline": "Domain"}
    await play(trial, f"ben in #general: @Common Ground decided: {SECRET} it is because {SECRET}")
    await play(trial, "ana in #general: /glossary add vault", *fills_in("ana", page), "ana submits", "ana closes")
    await put(trial, purpose=f"Log in with {SECRET}", entity="logins")
    await play(trial, "chloe in #general: /decision D-1", "ben in #general: /define vault")


async def redact_it(trial: Trial) -> None:
    for who, what in (("ben", "D-1"), ("ana", "vault"), ("chloe", "DR-1")):
        assert "redacted" in await redact(trial, who, what)


async def test_what_was_redacted_is_soon_in_no_file(running: Trial, tmp_path: Path) -> None:
    await write_it_everywhere(running)
    assert BYTES in bytes_beside(tmp_path / "bot.db")
    await redact_it(running)
    await play(running, "wait 1 minute")
    assert BYTES not in bytes_beside(tmp_path / "bot.db")
    assert "*bias* · 4 definitions" in await play(running, "ben in #general: /define bias")


async def test_a_large_store_is_written_anew_at_night(
    running: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_scrubbing, "AT_ANY_HOUR", 0)
    await write_it_everywhere(running)
    assert BYTES in bytes_beside(tmp_path / "bot.db")
    await redact_it(running)
    await play(running, "wait 1 minute")
    reader = running.bot.store.reader
    assert redactions.unscrubbed(reader, TEAM, is_quiet=False) == []
    assert redactions.unscrubbed(reader, TEAM, is_quiet=True)
    await play(running, "wait 18 hours")
    assert running.bot.clock.now().hour == 3
    assert redactions.unscrubbed(reader, TEAM, is_quiet=True) == []
    assert BYTES not in bytes_beside(tmp_path / "bot.db")
    assert "*bias* · 4 definitions" in await play(running, "ben in #general: /define bias")


async def test_what_a_stopped_bot_left_in_the_files_goes_when_it_starts_again(
    start: StartTrial, tmp_path: Path
) -> None:
    async with start() as running:
        await write_it_everywhere(running)
        await redact_it(running)
        assert redactions.unscrubbed(running.bot.store.reader, TEAM, is_quiet=True)
    async with start() as again:
        await play(again, "wait 1 minute")
        assert redactions.unscrubbed(again.bot.store.reader, TEAM, is_quiet=True) == []
        assert BYTES not in bytes_beside(tmp_path / "bot.db")
