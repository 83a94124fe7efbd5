"""The ground floor: what is remembered."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

from storage.engine.interface import Database, StoreError
from storage.engine.sqlite import check_place, open_sqlite
from storage.engine.sqlite_backup import back_up, finish_restore, restore
from storage.engine.sqlite_files import files_of
from storage.outbox.deliveries import DOUBT

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")


def is_served(url: str) -> bool:
    """Tell whether a database server keeps the store, so that several bots may work on it."""
    return url.startswith(_POSTGRES)


def folder_of_others(url: str) -> str:
    """Return the folder of a store that others of this machine may enter; empty where only its owner may."""
    if is_served(url):
        return ""
    folder = Path(url.removeprefix(_SQLITE)).absolute().parent
    return str(folder) if folder.stat().st_mode & 0o077 else ""


def place_of_new_store(url: str) -> str:
    """Return the path, or the database, where opening a store would make a new one; empty where one is there.

    Raises StoreError where no store can be.
    """
    if is_served(url):
        return str(_postgres().place_of_new(url))
    path = _checked(url)
    finish_restore(path)
    return "" if Path(path).exists() else path


def open_store(url: str, *, is_alone: bool = False) -> Database:
    """Open the store at a database URL, bringing its schema up to date.

    The bot opens it ``is_alone``: no second one can work on the same file, and damage is looked for first.

    ``sqlite:///relative.db`` and ``sqlite:////absolute.db`` name a file, ``postgresql://`` a database of a server,
    where nobody is alone. Raises StoreError with one clear line when
    the file is no database, cannot be written, is held by another process, or was made by a newer version.
    """
    if is_served(url):
        store: Database = _postgres().open_postgres(url, DOUBT)
        return store
    return open_sqlite(_path(url), is_alone=is_alone)


def back_up_store(url: str, file: Path) -> int:
    """Write the store as it stands now into a new file, checked; return how many rows it holds. Raises StoreError."""
    return back_up(_checked(url), file)


def is_of_store(url: str, file: Path) -> bool:
    """Tell whether a file is the store itself, or one that stands beside it and belongs to it."""
    return not is_served(url) and file.resolve() in [each.resolve() for each in files_of(_path(url))]


def restore_store(
    backup: Path, url: str, now: datetime, decrypt: Callable[[Path], None] | None = None
) -> tuple[int, str]:
    """Put a copy of a backup in the place of a store on which no bot works.

    ``decrypt`` writes what a backup holds that is encrypted into a file.

    Returns how many rows it holds, and where the old store is now. Raises StoreError, and nothing has changed.
    """
    return restore(backup, _checked(url), now, DOUBT, decrypt)


def finish_restore_of_store(url: str) -> str:
    """Finish a restore that was cut short, or take away what it had begun; return which, as a sentence.

    Empty where there was nothing to do. Raises StoreError where another process still restores, or no store can be.
    """
    return "" if is_served(url) else finish_restore(_checked(url))


def files_of_store(url: str) -> dict[str, Path]:
    """Return the files that a store takes, by what they are: ``store``, and ``log`` for what was written lately.

    A server keeps its files itself: then there are none.
    """
    if is_served(url):
        return {}
    path = Path(_path(url)).absolute()
    return {"store": path, "log": path.with_name(f"{path.name}-wal")}


def _postgres() -> ModuleType:
    try:
        return import_module("storage.engine.postgres")
    except ImportError as error:
        raise StoreError("a store in PostgreSQL needs its driver; pip install 'common-ground[postgres]'") from error


def _checked(url: str) -> str:
    """Return the path of a store. Raises StoreError where none can be."""
    if is_served(url):
        raise StoreError("a store in PostgreSQL is copied by pg_dump and brought back by pg_restore")
    path = _path(url)
    check_place(path)
    return path


def _path(url: str) -> str:
    if not url.startswith(_SQLITE) or url == _SQLITE:
        scheme = url.split(":", maxsplit=1)[0] or "(nothing)"
        raise StoreError(
            f"DATABASE_URL starts with {scheme!r}; name a file by sqlite:///FILE, or a PostgreSQL database"
        )
    path = Path(url.removeprefix(_SQLITE))
    with suppress(OSError):
        # The lock and the log stand beside the file that a link leads to.
        if path.is_symlink():
            return str(path.resolve())
    return url.removeprefix(_SQLITE)
