"""A backup holds the store as it stood and can take its place; nothing of another state gets into a store."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils

from storage import back_up_store, finish_restore_of_store, open_store, place_of_new_store, restore_store
from storage.engine.interface import Database, StoreError
from storage.migrations import MIGRATIONS
from storage.workspaces.workspaces import all_workspaces, connect_workspace

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)

#: Connects workspaces, each in a write of its own, and is killed before it could close anything.
KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from storage import open_store
from storage.workspaces.workspaces import connect_workspace

async def main(url, first, last):
    store = open_store(url)
    for number in range(int(first), int(last)):
        await store.write(
            lambda transaction: connect_workspace(transaction, f"T{number:04}", "x" * 100_000, "U", datetime.now(UTC))
        )
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main(*sys.argv[1:]))
"""


def killed_after(path: Path, first: int, last: int) -> None:
    told = [sys.executable, "-c", KILLED, f"sqlite:///{path}", str(first), str(last)]
    assert subprocess.run(told, check=False).returncode == -signal.SIGKILL


def held(path: Path) -> list[str]:
    store = open_store(f"sqlite:///{path}")
    found = [each.team_id for each in all_workspaces(store.reader)]
    asyncio.run(store.close())
    return found


async def connect(store: Database, team_id: str) -> None:
    await store.write(lambda transaction: connect_workspace(transaction, team_id, "Harbour", "U0BOT", NOW))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


async def backed_up_between_two_writes(path: Path, copy: Path) -> int:
    store = open_store(f"sqlite:///{path}", is_alone=True)
    await connect(store, "T1")
    rows = back_up_store(f"sqlite:///{path}", copy)
    await connect(store, "T2")
    await store.close()
    return rows


def test_a_backup_is_the_store_as_it_stood_while_others_write(path: Path, tmp_path: Path) -> None:
    assert asyncio.run(backed_up_between_two_writes(path, tmp_path / "copy.db")) > 1
    assert sorted(each.name for each in tmp_path.glob("copy*")) == ["copy.db"]
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert held(tmp_path / "copy.db") == ["T1"]


def test_what_is_restored_is_the_backup_and_the_old_store_is_kept(path: Path, tmp_path: Path) -> None:
    killed_after(path, 0, 3)
    back_up_store(f"sqlite:///{path}", tmp_path / "copy.db")
    killed_after(path, 3, 30)
    _, kept = restore_store(tmp_path / "copy.db", f"sqlite:///{path}", NOW)
    assert kept == f"{path}-before-20260105T090000Z"
    assert len(held(path)) == 3
    assert len(held(Path(kept))) == 30
    assert len(held(tmp_path / "copy.db")) == 3


def test_a_damaged_store_is_kept_with_its_log_and_a_backup_takes_its_place(path: Path, tmp_path: Path) -> None:
    killed_after(path, 0, 3)
    back_up_store(f"sqlite:///{path}", tmp_path / "copy.db")
    for ending in ("", "-wal"):
        Path(f"{path}{ending}").write_text(f"no longer a database{ending} " * 500)
    _, kept = restore_store(tmp_path / "copy.db", f"sqlite:///{path}", NOW)
    assert [Path(f"{kept}{ending}").read_text()[:24] for ending in ("", "-wal")] == [
        "no longer a database no ",
        "no longer a database-wal",
    ]
    assert len(held(path)) == 3


def test_the_log_of_a_later_state_is_refused_and_nothing_is_written_into_the_backup(path: Path, tmp_path: Path) -> None:
    killed_after(path, 0, 3)
    held(path)
    shutil.copy(path, tmp_path / "copy.db")
    killed_after(path, 3, 60)
    killed_after(path, 60, 62)
    shutil.copy(tmp_path / "copy.db", path)
    with pytest.raises(StoreError, match=r"store\.db-wal belongs to another state of the database"):
        open_store(f"sqlite:///{path}")
    Path(f"{path}-wal").unlink()
    assert len(held(path)) == 3


def test_a_backup_copied_over_the_store_is_refused_while_the_log_is_there_and_is_the_backup_without(
    path: Path, tmp_path: Path
) -> None:
    killed_after(path, 0, 3)
    back_up_store(f"sqlite:///{path}", tmp_path / "copy.db")
    killed_after(path, 3, 5)
    shutil.copy(tmp_path / "copy.db", path)
    with pytest.raises(StoreError, match=r"store\.db-wal belongs to another state of the database"):
        open_store(f"sqlite:///{path}")
    Path(f"{path}-wal").unlink()
    assert len(held(path)) == 3


def test_the_log_of_another_store_is_refused(path: Path, tmp_path: Path) -> None:
    killed_after(path, 0, 3)
    killed_after(tmp_path / "other.db", 0, 9)
    held(path)
    shutil.copy(tmp_path / "other.db-wal", f"{path}-wal")
    with pytest.raises(StoreError, match=r"store\.db-wal belongs to another state"):
        open_store(f"sqlite:///{path}")


def test_a_log_that_a_killed_process_left_is_taken_up(path: Path) -> None:
    written = 0
    for more in (1, 1, 5, 60, 1, 2):
        killed_after(path, written, written + more)
        written += more
        assert Path(f"{path}-wal").stat().st_size > 0
    assert len(held(path)) == written
    killed_after(path, written, written + 2)
    assert len(held(path)) == written + 2


async def test_a_link_to_a_store_is_that_store(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "store.db"
    link.symlink_to(path)
    first = open_store(f"sqlite:///{path}", is_alone=True)
    await connect(first, "T1")
    back_up_store(f"sqlite:///{link}", tmp_path / "copy.db")
    with pytest.raises(StoreError, match="another bot works on"):
        restore_store(tmp_path / "copy.db", f"sqlite:///{link}", NOW)
    await first.close()
    _, kept = restore_store(tmp_path / "copy.db", f"sqlite:///{link}", NOW)
    assert (kept, link.is_symlink()) == (f"{path}-before-20260105T090000Z", True)
    assert sorted(each.name for each in link.parent.iterdir()) == ["store.db"]


async def test_only_one_bot_works_on_a_store(path: Path, tmp_path: Path) -> None:
    first = open_store(f"sqlite:///{path}", is_alone=True)
    back_up_store(f"sqlite:///{path}", tmp_path / "copy.db")
    with pytest.raises(StoreError, match=r"another bot works on the database .*store\.db; stop that one first"):
        open_store(f"sqlite:///{path}", is_alone=True)
    with pytest.raises(StoreError, match="another bot works on"):
        restore_store(tmp_path / "copy.db", f"sqlite:///{path}", NOW)
    await open_store(f"sqlite:///{path}").close()
    await first.close()
    await open_store(f"sqlite:///{path}", is_alone=True).close()


def test_a_damaged_page_is_found_before_the_bot_is_ready(path: Path, tmp_path: Path) -> None:
    asyncio.run(backed_up_between_two_writes(path, tmp_path / "before.db"))
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'homes'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(StoreError, match=r"store\.db is damaged .*restore a backup by `common-ground restore`"):
        open_store(f"sqlite:///{path}", is_alone=True)
    with pytest.raises(StoreError, match=r"is damaged|cannot be read"):
        back_up_store(f"sqlite:///{path}", path.with_name("copy.db"))


def test_what_is_no_backup_leaves_the_store_as_it_is(path: Path, tmp_path: Path) -> None:
    killed_after(path, 0, 3)
    before = path.read_bytes()
    (tmp_path / "list.txt").write_text("a shopping list " * 500)
    other = sqlite_utils.Database(tmp_path / "other.db")
    other.execute("CREATE TABLE others (id)")
    other.close()
    newer = sqlite_utils.Database(tmp_path / "newer.db")
    MIGRATIONS.apply(newer)
    newer.execute("UPDATE _sqlite_migrations SET name = '9999_future' WHERE name LIKE '0002%'")
    newer.conn.commit()
    newer.close()
    whys = (
        ("list.txt", r"list\.txt cannot be read: file is not a database"),
        ("other.db", r"other\.db is no store of Common Ground"),
        ("newer.db", r"newer.db was made by a newer Common Ground \(step 9999_future\); install that version"),
    )
    for name, why in whys:
        with pytest.raises(StoreError, match=why):
            restore_store(tmp_path / name, f"sqlite:///{path}", NOW)
    assert path.read_bytes() == before
    assert Path(f"{path}-wal").stat().st_size > 0


def back_up(url: str) -> int:
    return back_up_store(url, Path("copy.db"))


def put_back(url: str) -> tuple[int, str]:
    return restore_store(Path("copy.db"), url, NOW)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("folder", ["locked", "locked/inside"])
@pytest.mark.parametrize("work", [open_store, place_of_new_store, finish_restore_of_store, back_up, put_back])
def test_a_folder_that_may_not_be_entered_is_one_line(
    tmp_path: Path, folder: str, work: Callable[[str], object]
) -> None:
    (tmp_path / "locked" / "inside").mkdir(parents=True)
    (tmp_path / "locked").chmod(0o700)
    os.seteuid(65534)
    try:
        with pytest.raises(StoreError, match="cannot be opened by this user; change the rights of the file and its"):
            work(f"sqlite:///{tmp_path / folder / 'store.db'}")
    finally:
        os.seteuid(0)
