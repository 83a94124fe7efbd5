"""Killed at any step of a backup or a restore: the store is wholly the old one or the new one, and says which."""

import subprocess
import sys
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import pyrage
import pytest

from bot.backups import back_up, restore
from storage import finish_restore_of_store, open_store
from storage.workspaces.workspaces import all_workspaces
from tests.conftest import START
from tests.storage.engine.test_backup import killed_after

#: Does one thing in copies of a folder, again and again, and is killed one step later each time: at a line of the
#: modules that it goes through, the first time that it comes there. Prints nothing; the copies are looked at.
KILLED = """
import os, shutil, signal, sys
from datetime import datetime
from pathlib import Path
from bot import backups

SEEN_IN = ("bot/backups.py", "engine/sqlite_backup.py", "engine/rooms.py", "engine/sqlite_files.py")

def killed_at(step, do):
    seen = set()
    def line(frame, event, _):
        place = frame.f_code.co_filename, frame.f_lineno
        if event == "line" and place not in seen:
            seen.add(place)
            if len(seen) > step:
                os.kill(os.getpid(), signal.SIGKILL)
        return line
    sys.settrace(lambda frame, *_: line if frame.f_code.co_filename.endswith(SEEN_IN) else None)
    do()

def back_up(folder, key):
    backups.back_up(f"sqlite:///{folder / 'store.db'}", folder / "new.age", key)

def restore(folder, key):
    now = datetime.fromisoformat("2026-01-05T09:00:00+00:00")
    backups.restore(folder / "copy.age", f"sqlite:///{folder / 'store.db'}", Path(key), now)

begun, do, key = Path(sys.argv[1]), globals()[sys.argv[2]], sys.argv[3]
for step in range(1000):
    folder = begun.with_name(f"{step:03}")
    shutil.copytree(begun, folder)
    child = os.fork()
    if not child:
        killed_at(step, lambda: do(folder, key))
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""
OLD, NEW, KEPT = ["T0000", "T0001", "T0002"], ["T0000"], "store.db-before-20260105T090000Z"
UNDONE = "a backup or a restore was cut short, and what it had begun is removed: the store is as it was"
FINISHED = "a restore was cut short and is now finished: the store is the one that was restored"


@pytest.fixture
def key(tmp_path: Path) -> str:
    secret = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(str(secret))
    return str(secret.to_public())


@pytest.fixture
def begun(tmp_path: Path, key: str) -> Path:
    """A store of three workspaces with a log that a killed process left, and an encrypted backup of the first one."""
    folder = tmp_path / "copies" / "begun"
    folder.mkdir(parents=True)
    killed_after(folder / "store.db", 0, 1)
    back_up(url(folder), folder / "copy.age", key)
    killed_after(folder / "store.db", 1, 3)
    assert (folder / "store.db-wal").stat().st_size > 0
    return folder


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'store.db'}"


async def held(path: Path) -> list[str]:
    store = open_store(f"sqlite:///{path}", is_alone=True)
    found = [each.team_id for each in all_workspaces(store.reader)]
    await store.close()
    return found


def killed_at_each_step(begun: Path, what: str, key: str) -> list[Path]:
    done = subprocess.run([sys.executable, "-c", KILLED, str(begun), what, key], check=False)
    assert done.returncode == 0
    return sorted(each for each in begun.parent.iterdir() if each != begun)


def others(folder: Path) -> list[str]:
    """Return what is in a folder besides the store, its log and its lock, and the backup that was there before."""
    own = {"copy.age", *(f"store.db{each}" for each in ("", "-wal", "-shm", "-lock"))}
    return sorted(each.name for each in folder.iterdir() if each.name not in own)


async def test_a_restore_that_is_killed_leaves_the_old_store_or_the_new_one_and_says_which(
    begun: Path, tmp_path: Path
) -> None:
    found = []
    for folder in killed_at_each_step(begun, "restore", str(tmp_path / "key.txt")):
        told = finish_restore_of_store(url(folder))
        holds = await held(folder / "store.db")
        if holds == NEW:
            assert others(folder) == [KEPT, f"{KEPT}-wal"]
            assert await held(folder / KEPT) == OLD
        else:
            assert (holds, others(folder)) == (OLD, [])
        restore(folder / "copy.age", url(folder), tmp_path / "key.txt", START + timedelta(days=1))
        assert await held(folder / "store.db") == NEW
        found.append((holds, told))
    assert [told for told, _ in groupby(found)] == [(OLD, ""), (OLD, UNDONE), (NEW, FINISHED), (NEW, "")]


async def test_a_backup_that_is_killed_leaves_a_whole_file_or_none_and_the_store_as_it_was(
    begun: Path, tmp_path: Path, key: str
) -> None:
    found = []
    for folder in killed_at_each_step(begun, "back_up", key):
        left = others(folder)
        told = finish_restore_of_store(url(folder))
        assert others(folder) == [each for each in left if each == "new.age"]
        assert await held(folder / "store.db") == OLD
        found.append(("new.age" in left, told))
        back_up(url(folder), folder / "new.age", key)
        restore(folder / "new.age", url(folder), tmp_path / "key.txt", START)
        assert await held(folder / "store.db") == OLD
    assert [told for told, _ in groupby(found)] == [(False, ""), (False, UNDONE), (True, UNDONE), (True, "")]
