"""What is known of each workspace before anything is read for somebody in it, kept for a second."""

import time
from typing import NamedTuple

from storage.engine.interface import Database, Reader
from storage.outbox.redactions import times_taken_out
from storage.workspaces.workspaces import Workspace, workspace

_KEPT_SECONDS = 1.0


class Known(NamedTuple):
    """A workspace's settings, None where it has not connected or was deleted.

    ``taken_out`` is how often something was taken out of its records for good: what is read from now on lacks that.
    """

    workspace: Workspace | None
    taken_out: int


class KnownWorkspaces:
    """Reads it from the store; what the command line changes is seen a second later.

    What a person does by one replica the next one must know at once: with replicas it is read for each request.
    """

    def __init__(self, store: Database) -> None:
        self._store = store
        self._kept: dict[str, tuple[float, Known]] = {}

    async def of(self, team_id: str) -> Known:
        until, kept = self._kept.get(team_id, (0.0, None))
        if kept is not None and until > time.monotonic() and not self._store.is_shared:
            return kept
        found = await self._store.read(_known, team_id)
        self._kept[team_id] = (time.monotonic() + _KEPT_SECONDS, found)
        return found

    def forget(self, team_id: str | None = None) -> None:
        """Read it of a workspace, or of all, anew at the next interaction."""
        if team_id is None:
            self._kept.clear()
        else:
            self._kept.pop(team_id, None)


def _known(reader: Reader, team_id: str) -> Known:
    return Known(workspace(reader, team_id), times_taken_out(reader, team_id))
