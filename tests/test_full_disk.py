"""A disk without room: the bot says so in a sentence, loses and halves nothing, and goes on by itself afterwards.

The disk is a small one where it can be mounted. Elsewhere no file may grow: a write into such a one ends likewise.
"""

import asyncio
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.backups import Schedule, restore
from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from handlers.slack.error_messages import STORE_DOWN
from storage.engine.sqlite_connection import sqlite3
from tests.bot.test_main import environment, told
from tests.conftest import START
from tests.playing import play
from tests.storage.engine.test_backup import killed_after

_BYTES = 24 * 2**20
_IS_FULL = ("database or disk is full", "disk I/O error", "no room left on its disk", "cannot be written to its disk")


class Disk:
    """A folder that can be out of room: by a disk of its own, or by a limit on how large a file may be."""

    def __init__(self, folder: Path, *, is_mounted: bool) -> None:
        self.folder = folder
        self._is_mounted = is_mounted

    def fill(self, largest: int) -> None:
        """Leave no room; without a disk of its own, no file may be written beyond so many bytes."""
        if not self._is_mounted:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
            return
        with suppress(OSError), (self.folder / "filler").open("wb", buffering=0) as filler:
            while filler.write(bytes(4096)):
                pass

    def make_room(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        (self.folder / "filler").unlink(missing_ok=True)


def mounted(folder: Path) -> bool:
    asked = ("/bin/mount", "-t", "tmpfs", "-o", f"size={_BYTES},mode=0700", "tmpfs", str(folder))
    return os.getuid() == 0 and subprocess.run(asked, check=False, capture_output=True).returncode == 0


@pytest.fixture(params=["small disk", "limit"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir(mode=0o700)
    is_mounted = request.param == "small disk" and mounted(folder)
    made = Disk(folder, is_mounted=is_mounted)
    yield made
    made.make_room()
    if is_mounted:
        subprocess.run(("/bin/umount", "-l", str(folder)), check=True)


def names(disk: Disk) -> list[str]:
    return sorted(each.name for each in disk.folder.iterdir() if each.name != "filler")


def says_full(told: str) -> bool:
    return any(each in told for each in _IS_FULL)


def is_whole(file: Path) -> bool:
    connection = sqlite3.connect(file)
    found = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return tuple(found) == ("ok",)


async def ready(running: Trial) -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{running.bot.port}/readyz") as response:
        return response.status, await response.text()


async def until_ready(running: Trial, status: int) -> str:
    """Ask until the last answer, which is good for a second, is of another time."""
    found = await ready(running)
    while found[0] != status:
        await asyncio.sleep(0)
        found = await ready(running)
    return found[1]


async def test_a_full_disk_is_said_in_a_sentence_and_the_bot_goes_on_once_there_is_room(disk: Disk) -> None:
    clock, file = Clock(frozen_at=START), disk.folder / "bot.db"
    async with trial(clock, file, use_http=True, rate_limits=RateLimits(burst=10_000)) as running:
        await play(running, "ben in #general: @Common Ground decided: Drop the feed")
        disk.fill((disk.folder / "bot.db-wal").stat().st_size)
        assert says_full(await until_ready(running, 503))
        before = running.bot.store.reader.all("SELECT count(*) AS number FROM decisions")
        opened = await play(running, "ana in #general: /decision log Keep the lights on", "ana submits")
        assert STORE_DOWN in opened
        silent = await play(running, "ben in #general: @Common Ground decided: Paint it blue")
        assert "Common Ground:" not in silent
        assert "bias" in await play(running, "ben in #general: /define bias")
        await running.pass_time(timedelta(minutes=2))
        assert running.bot.store.reader.all("SELECT count(*) AS number FROM decisions") == before
        disk.make_room()
        assert await until_ready(running, 200) == "ready\n"
        # Slack delivers what was not acknowledged once more; the form is still open.
        await running.pass_time(timedelta(minutes=5))
        await play(running, "ana submits")
        listed = await play(running, "ben in #general: /decision list")
        assert [listed.count(each) for each in ("Drop the feed", "Paint it blue", "Keep the lights on")] == [1, 1, 1]
    assert is_whole(file)


async def test_a_start_on_a_full_disk_says_so_in_one_line_and_the_next_works(disk: Disk) -> None:
    killed_after(disk.folder / "bot.db", 0, 1)
    async with serving(seeded(sample(), manifest_for(None, ""), Clock().now)) as slack:
        env = environment(slack, disk.folder)
        for _ in range(2):
            disk.fill(0)
            code, _, line = await told("run", env=env, folder=disk.folder)
            assert (code, says_full(line), "Traceback" in line) == (2, True, False)
            code, findings, _ = await told("doctor", env=env, folder=disk.folder)
            (wrong,) = [each for each in findings.splitlines() if each.startswith("fix ")]
            assert (code, "The store can't be" in wrong, says_full(wrong)) == (1, True, True)
            disk.make_room()
            # It leaves no log, so that the next one has to write at once.
            assert (await told("doctor", env=env, folder=disk.folder))[0] == 0


@pytest.mark.parametrize("is_encrypted", [False, True])
async def test_a_backup_onto_a_full_disk_says_so_and_leaves_nothing(
    disk: Disk, tmp_path: Path, migrated: Path, *, is_encrypted: bool
) -> None:
    secret = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(str(secret))
    key = str(secret.to_public()) if is_encrypted else ""
    schedule = Schedule(f"sqlite:///{migrated}", disk.folder, timedelta(days=1), 2, key)
    disk.fill(100_000)
    with capture_logs() as logged:
        await schedule.keep_up(START)
    assert [each["event"] for each in logged] == ["the store was not backed up"]
    assert says_full(schedule.problem)
    assert names(disk) == []
    disk.make_room()
    await schedule.keep_up(START)
    assert schedule.problem == ""
    (made,) = disk.folder.iterdir()
    assert restore(made, f"sqlite:///{tmp_path / 'restored.db'}", tmp_path / "key.txt", START)[1] == ""
    assert is_whole(tmp_path / "restored.db")
