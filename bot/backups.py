"""Backs the store up: into a file when somebody asks, and into a folder at its times, encrypted where a key is set."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pyrage
import structlog

from handlers.framework.routing import Ended
from storage import back_up_store, is_of_store, restore_store
from storage.engine.interface import StoreError
from storage.engine.rooms import ENCRYPTED, PLAIN, room_beside

_log = structlog.get_logger(__name__)

_NAME, _ENDING, _ENCRYPTED = "common-ground-%Y%m%dT%H%M%SZ", ".db", ".age"
_AGE_HEADER = b"age-encryption.org/"


@dataclass(slots=True)
class Schedule:
    """Into which folder the store at ``url`` is backed up how often, how many backups are kept, and for which key.

    ``problem`` is why the last try failed; empty where it didn't.
    """

    url: str
    folder: Path | None
    every: timedelta
    kept: int
    recipient: str
    problem: str = ""

    async def keep_up(self, now: datetime) -> Ended:
        """Back the store up where that is due, and drop what is older than those that are kept.

        A backup that fails is logged, and tried again at the next tick.
        """
        if self.folder is None or not self._is_due(now):
            return "done"
        ending = _ENDING + (_ENCRYPTED if self.recipient else "")
        file = self.folder / f"{now.astimezone(UTC):{_NAME}}{ending}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            rows = await asyncio.to_thread(back_up, self.url, file, self.recipient)
            for old in _backups(self.folder)[: -self.kept]:
                old.unlink()
        except (StoreError, OSError) as error:
            self.problem = str(error)
            _log.error("the store was not backed up", file=str(file), error=self.problem)
            return "failed"
        self.problem = ""
        _log.info("the store was backed up", file=str(file), rows=rows)
        return "done"

    def last(self) -> datetime | None:
        """Return when the newest backup was made; None where there is none."""
        made = _backups(self.folder)[-1:] if self.folder is not None else []
        return datetime.strptime(made[0].name.partition(".")[0], _NAME).replace(tzinfo=UTC) if made else None

    def _is_due(self, now: datetime) -> bool:
        made = self.last()
        return made is None or not made <= now < made + self.every


def _backups(folder: Path) -> Sequence[Path]:
    """Return the backups of a folder, oldest first; what somebody else put there is none."""
    stamp = "[0-9]" * 8 + "T" + "[0-9]" * 6 + "Z"
    return sorted(folder.glob(f"common-ground-{stamp}{_ENDING}*"))


def back_up(url: str, file: Path, recipient: str) -> int:
    """Write the store into a file, for one key where there is one; return how many rows it holds.

    The file is there only once it is whole. Raises StoreError, OSError.
    """
    if not file.parent.is_dir():
        raise StoreError(f"the folder of {file} does not exist; make it first")
    if is_of_store(url, file):
        raise StoreError(f"{file} is a file of the store itself; name another one")
    with room_beside(file) as room:
        copy = room / PLAIN
        rows = back_up_store(url, copy)
        if recipient:
            plain, copy = copy, room / ENCRYPTED
            with plain.open("rb") as read, copy.open("wb") as written:
                pyrage.encrypt_io(read, written, [pyrage.x25519.Recipient.from_str(recipient)])
            copy.chmod(0o600)
        copy.replace(file)
    return rows


def restore(file: Path, url: str, identity: Path | None, now: datetime) -> tuple[int, str]:
    """Put a backup in the place of the store; return how many rows it holds, and where the old store is now.

    ``identity`` is the file with the secret key that age-keygen wrote. Raises StoreError, OSError.
    """
    with file.open("rb") as read:
        is_encrypted = read.read(len(_AGE_HEADER)) == _AGE_HEADER
    if not is_encrypted:
        return restore_store(file, url, now)
    if identity is None:
        raise StoreError(f"{file} is encrypted; name the file with its secret key by --identity")
    return restore_store(file, url, now, partial(_decrypt, file, identity))


def _decrypt(file: Path, identity: Path, plain: Path) -> None:
    lines = identity.read_text(encoding="utf-8").split("\n")
    try:
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.startswith("AGE-SECRET-KEY-")]
        with file.open("rb") as read, plain.open("wb") as written:
            pyrage.decrypt_io(read, written, keys)
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise StoreError(f"{file} cannot be decrypted with {identity}: {error}") from error
