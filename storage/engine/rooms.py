"""A folder for a file that isn't whole yet, on the disk on which it will stand.

What a killed process left in its own goes before the next: it may be a plain copy of the store.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

_ROOM = ".common-ground-backup-"
PLAIN, READ, ENCRYPTED = "plain", "read", "encrypted"
#: All that can stand in it; what else does is somebody else's.
_FILES = {PLAIN, f"{PLAIN}-journal", READ, ENCRYPTED}


@contextmanager
def room_beside(file: Path) -> Iterator[Path]:
    """Give a folder on the disk of a file; it goes at the end."""
    clear(file.parent)
    with TemporaryDirectory(dir=file.parent, prefix=_ROOM) as folder, _held(Path(folder)):
        yield Path(folder)


def clear(place: Path) -> bool:
    """Take away the folders that killed processes left in a place; return whether there were any."""
    left = rooms_in(place)
    for room in left:
        with suppress(OSError), _held(room):
            for name in _FILES:
                (room / name).unlink(missing_ok=True)
            room.rmdir()
    return any(not room.exists() for room in left)


def rooms_in(place: Path) -> list[Path]:
    """Return the folders of this kind in a place; those that hold anything else, or may not be read, are none."""
    return [each for each in place.glob(f"{_ROOM}*/") if _is_room(each)]


def _is_room(folder: Path) -> bool:
    with suppress(OSError):
        return {each.name for each in folder.iterdir()} <= _FILES
    return False


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder as long as this process lives. Raises OSError where another does."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(lock)
