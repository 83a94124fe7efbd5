"""A store as one file, and back in its place: https://sqlite.org/backup.html."""

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlite_utils

from storage.engine.interface import StoreError
from storage.engine.sqlite_connection import connect, sqlite3
from storage.engine.sqlite_files import OWNERS, hold
from storage.migrations import MIGRATIONS, step_names


def back_up(path: str, copy: Path) -> int:
    """Write a store as it stands now into a new file, also while a bot works on it; return how many rows that is.

    Raises StoreError where the store is not there or damaged, or the copy is not the same.
    """
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
        raise StoreError(f"{told} cannot be read: {error}") from error
    return sum(rows.values())


def restore(backup: Path, path: str, now: datetime) -> tuple[int, str]:
    """Put a copy of a backup in the place of a store, on which no bot works.

    What was there is kept beside it. Returns how many rows the backup holds, and where the old store is now; empty
    where there was none. Raises StoreError, and nothing has changed.
    """
    lock = hold(path)
    try:
        new = Path(f"{path}-new")
        if new.exists() and new.samefile(backup):
            raise StoreError(f"{backup} is the file that this writes first; give it another name")
        new.unlink(missing_ok=True)
        rows = _copy(str(backup), new, str(backup))
        _flush(new)
        kept = _keep(Path(path), f"{path}-before-{now:%Y%m%dT%H%M%SZ}")
        new.replace(path)
        for ending in ("-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        _flush(Path(path).absolute().parent)
        return rows, kept
    finally:
        os.close(lock)


def _keep(path: Path, kept: str) -> str:
    """Give a store and its log second names, as they are: SQLite may write into what it opens."""
    for ending in ("-wal", ""):
        old = Path(f"{path}{ending}")
        if old.exists() and old.stat().st_size:
            os.link(f"{path}{ending}", f"{kept}{ending}")
    return kept if Path(kept).exists() else ""


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
