"""How the bot runs, in sentences for the admins: what only the machine that it runs on knows."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from bot import __version__
from bot.backups import Schedule
from bot.condition import Condition
from handlers.framework.services import Health
from storage import files_of_store

_MEBIBYTE = 2**20
#: So much is left free besides: writing the store anew, and a backup, take its size again.
_SPARE = 256 * _MEBIBYTE


@dataclass(frozen=True, slots=True)
class Checkup:
    """Looks at the machine when it is called."""

    url: str
    condition: Condition
    schedule: Schedule

    def __call__(self) -> Health:
        last = self.schedule.last()
        return Health(
            version=__version__,
            connection="HTTP" if self.condition.http is not None else "Socket Mode",
            is_backed_up=self.schedule.folder is not None,
            last_backup=last.isoformat() if last is not None else "",
            is_backup_failed=bool(self.schedule.problem),
            needs=tuple(self._needs()),
            urgent=tuple(self._urgent()),
            install_url=self.condition.oauth.install_url if self.condition.oauth is not None else "",
        )

    def _needs(self) -> Iterator[str]:
        if self.condition.token_error:
            yield f"Slack rejects my token ({self.condition.token_error}). Whoever runs me must set a new one."

    def _urgent(self) -> Iterator[str]:
        """Yield what soon ends the bot's work."""
        store = files_of_store(self.url).get("store")
        if store is None:
            return
        free = shutil.disk_usage(store.parent).free
        if free < 2 * store.stat().st_size + _SPARE:
            yield f"The disk that keeps my records is nearly full: {free // _MEBIBYTE} MB left."
