"""The store is backed up at its times, so many backups are kept, and one that is encrypted opens with its key alone."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
import structlog

from bot.backups import Schedule, back_up, restore
from handlers.access.recipients import Destination, attach, post, respond
from handlers.slack.blocks import Message
from storage import open_store
from storage.engine.interface import StoreError
from storage.outbox import deliveries
from storage.records.ids import new_id
from tests.conftest import START
from tests.writing import write

DAY = timedelta(days=1)
#: Is killed where the copy is written, and is not encrypted yet.
KILLED = """
import os, signal, sys
from pathlib import Path
from bot.backups import back_up

def kill(frame, event, arg):
    if event == "c_call" and arg.__name__ == "encrypt_io":
        os.kill(os.getpid(), signal.SIGKILL)

sys.setprofile(kill)
back_up(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
"""


@pytest.fixture
async def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    await open_store(url).close()
    return url


def killed_before_it_encrypts(url: str, file: Path, recipient: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, url, str(file), recipient], check=False)
    assert done.returncode == -signal.SIGKILL


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


async def test_a_backup_is_made_when_the_last_one_is_old_enough_and_the_oldest_go(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    schedule = Schedule(url, folder, DAY, 2, "")
    await schedule.keep_up(START)
    (folder / "common-ground-notes.db").touch()
    for after in (timedelta(hours=23), DAY, DAY * 3):
        await schedule.keep_up(START + after)
    assert names(folder) == [
        "common-ground-20260106T090000Z.db",
        "common-ground-20260108T090000Z.db",
        "common-ground-notes.db",
    ]


async def test_a_clock_that_was_set_back_keeps_no_backup_from_being_made(url: str, tmp_path: Path) -> None:
    schedule = Schedule(url, tmp_path / "backups", DAY, 5, "")
    for moment in (START + DAY * 9, START):
        await schedule.keep_up(moment)
    assert len(names(tmp_path / "backups")) == 2


async def test_without_a_folder_nothing_is_written(url: str, tmp_path: Path) -> None:
    before = names(tmp_path)
    await Schedule(url, None, DAY, 2, "").keep_up(START)
    assert names(tmp_path) == before


async def test_a_backup_that_fails_is_told_and_drops_no_older_one(url: str, tmp_path: Path) -> None:
    schedule = Schedule(url, tmp_path / "backups", DAY, 1, "")
    await schedule.keep_up(START)
    (tmp_path / "store.db").write_bytes(b"no longer a database " * 400)
    with structlog.testing.capture_logs() as logged:
        await schedule.keep_up(START + DAY)
    assert [(each["event"], each["log_level"]) for each in logged] == [("the store was not backed up", "error")]
    assert names(tmp_path / "backups") == ["common-ground-20260105T090000Z.db"]


def test_an_encrypted_backup_opens_with_its_own_key_alone(url: str, tmp_path: Path) -> None:
    mine, others = (pyrage.x25519.Identity.generate() for _ in range(2))
    (tmp_path / "mine.txt").write_text(f"# created: 2026-01-05\n# public key: {mine.to_public()}\n{mine}\n")
    (tmp_path / "others.txt").write_text(str(others))
    file = tmp_path / "copy.db.age"
    rows = back_up(url, file, str(mine.to_public()))
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert b"SQLite" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(StoreError, match="is encrypted; name the file with its secret key by --identity"):
        restore(file, url, None, START)
    with pytest.raises(StoreError, match=r"cannot be decrypted with .*others\.txt"):
        restore(file, url, tmp_path / "others.txt", START)
    assert restore(file, url, tmp_path / "mine.txt", START)[0] == rows
    assert names(tmp_path) == [
        "copy.db.age",
        "mine.txt",
        "others.txt",
        "store.db",
        "store.db-before-20260105T090000Z",
        "store.db-lock",
    ]


async def test_what_waits_in_a_restored_store_is_looked_for_before_it_is_said(url: str, tmp_path: Path) -> None:
    where = Destination("T0LOCAL", "UANA")
    said = post(where, Message("It is decided."), START)
    file = attach(where, ("words.csv", "word\n"), "Here it is.", START)
    begun = attach(where, ("words.csv", "word\n"), "Here it is.", START).model_copy(update={"state": "sending"})
    address = "http://127.0.0.1/respond/r"
    to_all = respond(where, f"{address}1", Message("For all."), START)
    to_one = to_all.model_copy(update={"id": new_id(), "lane": f"{address}2", "body": {"response_type": "ephemeral"}})
    store = open_store(url)
    await write(store, deliveries.add, [said, file, begun, to_all, to_one])
    back_up(url, tmp_path / "copy.db", "")
    await store.close()
    restore(tmp_path / "copy.db", url, None, START)
    restored = open_store(url)
    found = [deliveries.delivery(restored.reader, each.id) for each in (said, file, begun, to_all, to_one)]
    states = [each.state for each in found if each is not None]
    assert states == ["unsure", "waiting", "uncertain", "uncertain", "waiting"]
    await restored.close()


@pytest.mark.parametrize("name", ["store.db", "store.db-wal", "store.db-shm", "store.db-lock", ".store.db-restored"])
async def test_a_backup_never_takes_the_place_of_a_file_of_the_store(url: str, tmp_path: Path, name: str) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / name)
    before = (tmp_path / "store.db").read_bytes()
    for file in (tmp_path / name, link):
        with pytest.raises(StoreError, match="is a file of the store itself; name another one"):
            back_up(url, file, "")
    assert (tmp_path / "store.db").read_bytes() == before


async def test_what_a_killed_backup_left_goes_with_the_next_and_what_is_somebody_elses_stays(
    url: str, tmp_path: Path
) -> None:
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    for _ in range(2):
        killed_before_it_encrypts(url, tmp_path / "a.age", recipient)
    assert len([each for each in names(tmp_path) if each.startswith(".common-ground-backup-")]) == 1
    mine = tmp_path / ".common-ground-backup-notes"
    mine.mkdir()
    (mine / "notes.txt").touch()
    back_up(url, tmp_path / "a.age", recipient)
    assert [each for each in names(tmp_path) if not each.startswith("store.db")] == [mine.name, "a.age"]
    assert names(mine) == ["notes.txt"]
