"""Does what time asks for in every workspace, side by side: a slow Slack for one keeps no other waiting."""

import asyncio
from collections.abc import Sequence

from handlers.framework.boundary import Boundary
from handlers.framework.routing import Job
from storage.workspaces import workspaces

#: So many workspaces have a job done at one time.
_AT_ONCE = 16


class Jobs:
    """The jobs of all workspaces; those of one workspace go one after another."""

    def __init__(self, boundary: Boundary, jobs: Sequence[Job]) -> None:
        self._boundary = boundary
        self._jobs = jobs
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._is_stopped = False

    async def start(self) -> None:
        """Begin with what is due, but for the workspaces that still have the last round to do."""
        await self._boundary.write_usage()
        for place in await self._boundary.services.store.read(workspaces.all_workspaces):
            if place.team_id not in self._busy and not self._is_stopped:
                self._busy[place.team_id] = asyncio.create_task(self._do(place.team_id))

    async def done(self) -> None:
        """Return once all that was begun is done, or was stopped."""
        await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def stop(self) -> None:
        """End what is being done, and begin nothing more, also where the round before was just read."""
        self._is_stopped = True
        for task in self._busy.values():
            task.cancel()
        await self.done()

    async def _do(self, team_id: str) -> None:
        try:
            for job in self._jobs:
                async with self._slots:
                    await self._boundary.run_job(job, team_id)
        finally:
            del self._busy[team_id]
