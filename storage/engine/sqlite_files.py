"""The files of a store: the lock of the one bot that works on them, and whether the log beside a file is its own.

SQLite takes any ``-wal`` of the file's name for the file's own (https://sqlite.org/howtocorrupt.html, 1.4): where a
backup was copied over the file, it would write the pages of the old one into it. So each write counts itself in
``user_version``, which stands on the file's first page: a file must be as new as what its log begins with.
"""

import fcntl
import os
import secrets
from contextlib import closing
from pathlib import Path

from storage.engine.interface import StoreError, StoreUnavailableError
from storage.engine.sqlite_connection import connect, sqlite3

OWNERS = 0o600
#: What follows the name of a store in the names of the files that belong to it.
_BESIDE = ("-wal", "-shm", "-journal", "-lock")
#: Damage in a larger file is looked for only after its process died.
_CHECKED_BYTES = 256 * 2**20
#: https://sqlite.org/fileformat2.html#walformat: what stands before the frames, and before the page of each.
_LOG_HEADER, _FRAME_HEADER = 32, 24
_COUNT_AT, _STORE_AT = slice(60, 64), slice(68, 72)
#: What a file with a log has there, and no backup: https://sqlite.org/fileformat2.html#file_format_version_numbers
_FORMAT_AT, _WITH_LOG = slice(18, 20), b"\x02\x02"
_HALF, _ALL = 2**31, 2**32


def files_of(path: str) -> list[Path]:
    """Return every file that a store may take."""
    return [*(Path(f"{path}{ending}") for ending in ("", *_BESIDE)), restored(path)]


def restored(path: str) -> Path:
    """Return where a store stands that is whole and is about to take the place of the one before it.

    Nobody gives a file of their own such a name.
    """
    store = Path(path).absolute()
    return store.with_name(f".{store.name}-restored")


class Place:
    """Where on its disk the file of a store was when it was opened."""

    def __init__(self, path: str) -> None:
        self._path, self._found = path, _on_disk(path)

    def check(self) -> None:
        """Raise StoreUnavailableError where the file is gone, or another one has its name: what is written is lost."""
        if _on_disk(self._path) != self._found:
            raise StoreUnavailableError(f"{self._path} is no longer the file that was opened; what is written is lost")


def _on_disk(path: str) -> tuple[int, int]:
    """Return what tells a file from another one of its name; nothing tells one that is not there."""
    try:
        found = Path(path).stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def hold(path: str) -> int:
    """Hold the lock of a store until this process ends, or the descriptor is closed. Raises StoreError."""
    lock = os.open(f"{path}-lock", os.O_CREAT | os.O_RDWR, OWNERS)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise StoreError(f"another bot works on the database {path}; stop that one first") from None
    return lock


def check_log(path: str) -> None:
    """Raise StoreError where the log beside a file is that of another one, or of a later state of it."""
    log = Path(f"{path}-wal")
    first = _first_page(log)
    if not first:
        return
    with Path(path).open("rb") as file:
        head = file.read(100)
    behind = (_number(first[_COUNT_AT]) - _number(head[_COUNT_AT])) % _ALL
    is_others = any(head[_STORE_AT]) and first[_STORE_AT] != head[_STORE_AT]
    # A backup that is newer than what the log begins with would quietly become the store that it was to replace.
    is_others |= head[_FORMAT_AT] != _WITH_LOG
    if is_others or 1 < behind < _HALF:
        raise StoreError(
            f"{log} belongs to another state of the database {path}, which seems to have been put there from a backup; "
            f"move {log} away and start again, and use `common-ground restore` the next time"
        )


def _first_page(log: Path) -> bytes:
    """Return the file's first page as the log has it first; empty where it does not have it."""
    if not log.exists():
        return b""
    with log.open("rb") as file:
        header = file.read(_LOG_HEADER)
        size = _number(header[8:12])
        salts = header[16:24]
        while len(frame := file.read(_FRAME_HEADER + size)) == _FRAME_HEADER + size > _FRAME_HEADER:
            if frame[8:16] != salts:
                break
            if _number(frame[:4]) == 1:
                return frame[_FRAME_HEADER:]
    return b""


def _number(told: bytes) -> int:
    return int.from_bytes(told, "big")


def mark(connection: sqlite3.Connection) -> None:
    """Give a new file a number of its own, by which its log is told from that of another."""
    if not _told(connection, "application_id"):
        connection.execute(f"PRAGMA application_id = {secrets.randbelow(_HALF - 1) + 1}")


def count(connection: sqlite3.Connection) -> None:
    """Count one more group of writes, in their transaction."""
    after = _told(connection, "user_version") + 1
    connection.execute(f"PRAGMA user_version = {after if after < _HALF else -_HALF}")


def _told(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def check_pages(path: str) -> None:
    """Look for damage in a file that is not large, or whose process died. Raises StoreError."""
    log = Path(f"{path}-wal")
    is_left = log.exists() and log.stat().st_size > 0
    if not Path(path).exists() or (Path(path).stat().st_size > _CHECKED_BYTES and not is_left):
        return
    with closing(connect(path, read_only=True)) as connection:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if found != "ok":
        line = " ".join(found.split())
        raise StoreError(f"the database {path} is damaged ({line}); restore a backup by `common-ground restore`")
