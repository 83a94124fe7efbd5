"""A store as one file, and back in its place: https://sqlite.org/backup.html."""

import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlite_utils

from storage.engine.interface import StoreError
from storage.engine.rooms import PLAIN, READ, clear, room_beside, rooms_in
from storage.engine.sqlite_connection import connect, sqlite3
from storage.engine.sqlite_files import OWNERS, hold, restored
from storage.migrations import MIGRATIONS, step_names

#: So the name of an old store goes on, before the time of the restore.
_BEFORE = "-before-"
#: Only a copy is written to here.
_UNWRITTEN = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC")


def back_up(path: str, copy: Path) -> int:
    """Write a store as it stands now into a new file, also while a bot works on it; return how many rows that is.

    Raises StoreError where the store is not there or damaged, or the copy is not the same.
    """
    if restored(path).exists():
        finish_restore(path)
    if not Path(path).exists():
        raise StoreError(f"the database {path} is not there")
    return _copy(path, copy, f"the database {path}")


def _copy(path: str, copy: Path, told: str) -> int:
    """Copy a store and check the copy; ``told`` is what the store is called where something is wrong with it."""
    os.close(os.open(copy, os.O_CREAT | os.O_RDWR | os.O_TRUNC, OWNERS))
    try:
        with closing(connect(path, read_only=True)) as source, closing(sqlite3.connect(copy)) as target:
            # What is read in one transaction is one state, whatever is written meanwhile.
            source.execute("BEGIN")
            rows = _rows(source)
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            _check(target, told)
            if _rows(target) != rows:
                raise StoreError(f"the copy of {told} does not hold what that does; try again")
    except sqlite3.Error as error:
        is_of_copy = getattr(error, "sqlite_errorname", "").startswith(_UNWRITTEN)
        what = f"the copy of {told} cannot be written" if is_of_copy else f"{told} cannot be read"
        raise StoreError(f"{what}: {error}") from error
    return sum(rows.values())


def restore(
    backup: Path, path: str, now: datetime, change: str, decrypt: Callable[[Path], None] | None = None
) -> tuple[int, str]:
    """Put a copy of a backup in the place of a store, on which no bot works.

    ``change`` is the statement that makes it one of the past, ``decrypt`` writes what a backup holds that is encrypted
    into a file.

    What was there is kept beside it. Returns how many rows the backup holds, and where the old store is now; empty
    where there was none. Raises StoreError, and nothing has changed.
    """
    finish_restore(path)
    lock = hold(path)
    try:
        with room_beside(Path(path).absolute()) as room:
            new, read = room / PLAIN, backup
            if decrypt is not None:
                decrypt(read := room / READ)
            rows = _copy(str(read), new, str(backup))
            with closing(sqlite3.connect(new)) as copy, copy:
                copy.execute(change)
            _flush(new)
            kept = _keep(Path(path), f"{path}{_BEFORE}{now:%Y%m%dT%H%M%SZ}")
            _flush(Path(path).absolute().parent)
            new.replace(restored(path))
        _switch(path)
        return rows, kept
    finally:
        os.close(lock)


def finish_restore(path: str) -> str:
    """Finish a restore that was killed once the new store was whole, or else take away what it had begun.

    Returns which of the two, as a sentence; empty where there was nothing to do, or another process is at it. Raises
    StoreError where that is about to switch over.
    """
    new, folder = restored(path), Path(path).absolute().parent
    if not (new.exists() or rooms_in(folder) or _second_names(path)):
        return ""
    try:
        lock = hold(path)
    except StoreError:
        if new.exists():
            raise
        return ""
    try:
        is_cleared = clear(folder)
        if new.exists():
            _switch(path)
            return "a restore was cut short and is now finished: the store is the one that was restored"
        for each in (names := _second_names(path)):
            each.unlink()
    finally:
        os.close(lock)
    undone = "a backup or a restore was cut short, and what it had begun is removed: the store is as it was"
    return undone if is_cleared or names else ""


def _switch(path: str) -> None:
    """Put the new store in the place of the old one, whose log goes first: it would be taken for the new one's.

    Whatever ends this in between, the new store is whole, and the next to open the store goes on here.
    """
    folder = Path(path).absolute().parent
    _flush(folder)
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    _flush(folder)
    restored(path).replace(path)
    _flush(folder)


def _keep(path: Path, kept: str) -> str:
    """Give a store and its log second names, as they are: SQLite may write into what it opens."""
    for ending in ("-wal", ""):
        old = Path(f"{path}{ending}")
        if old.exists() and old.stat().st_size:
            os.link(f"{path}{ending}", f"{kept}{ending}")
    return kept if Path(kept).exists() else ""


def _second_names(path: str) -> list[Path]:
    """Return the names that a restore gave to the store, or its log, and that are no older store's yet."""
    store = Path(path).absolute()
    own = [each for each in (store, store.with_name(f"{store.name}-wal")) if each.exists()]
    before = store.parent.glob(f"{store.name}{_BEFORE}*")
    return [each for each in before if any(each.samefile(name) for name in own)]


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _check(connection: sqlite3.Connection, told: str) -> None:
    """Raise StoreError where a copy is damaged, no store of ours, or one of a newer version."""
    found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if found != "ok":
        raise StoreError(f"{told} is damaged: {' '.join(found.split())}")
    applied = [step.name for step in MIGRATIONS.applied(sqlite_utils.Database(connection))]
    if not applied:
        raise StoreError(f"{told} is no store of Common Ground")
    if unknown := [name for name in applied if name not in step_names()]:
        raise StoreError(f"{told} was made by a newer Common Ground (step {unknown[-1]}); install that version")


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table holds."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name")
    names = [name for (name,) in tables.fetchall()]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
