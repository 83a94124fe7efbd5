"""Does what time asks for in every workspace, side by side: a slow Slack for one keeps no other waiting.

Where replicas share the store, each does it for the workspaces whose lease it has, so that Slack is asked once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from handlers.framework import origins
from handlers.framework.caught import Caught
from handlers.framework.routing import Ended, Job
from handlers.framework.timed import Timed
from storage.engine.interface import StoreUnavailableError
from storage.records.ids import new_id
from storage.workspaces import leases, workspaces

#: So many workspaces have a job done at one time.
_AT_ONCE = 16

#: What is done for the whole installation at each tick.
Chore = Callable[[datetime], Awaitable[Ended]]


class Jobs:
    """The jobs of all workspaces, and the chores of the installation; those of one workspace go one after another."""

    def __init__(self, timed: Timed, jobs: Sequence[Job], chores: Mapping[str, Chore]) -> None:
        self.timed = timed
        self._jobs = jobs
        self._chores = chores
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._is_stopped = False
        self._name = new_id()
        #: Is told how many replicas there are, this one among them.
        self.shared: Callable[[int], None] = _leave

    async def start(self) -> None:
        """Begin with what is due, but for the workspaces that still have the last round to do."""
        await self.timed.write_usage()
        for name, chore in self._chores.items():
            self._begin(name, self._do_chore(name, chore))
        due = await self.timed.guarded(self.timed.due(self._jobs, await self._own()))
        for team_id, jobs in () if isinstance(due, Caught) else due.items():
            self._begin(team_id, self._do(team_id, jobs))

    async def join(self) -> None:
        """Be counted among the replicas from now on, before the first tick."""
        store, now = self.timed.services.store, self.timed.services.now()
        if store.is_shared:
            await store.write(lambda transaction: leases.live(transaction, self._name, now))
            self.shared(await store.read(leases.living))

    async def _own(self) -> Sequence[str]:
        """Return the workspaces whose time this replica follows."""
        store, now = self.timed.services.store, self.timed.services.now()
        if store.is_shared:
            taken = await store.write(lambda transaction: leases.take(transaction, self._name, now))
            self.shared(await store.read(leases.living))
            return taken
        return [each.team_id for each in await store.read(workspaces.all_workspaces)]

    def _begin(self, name: str, work: Coroutine[None, None, None]) -> None:
        if name in self._busy or self._is_stopped:
            work.close()
        else:
            self._busy[name] = asyncio.create_task(work)

    async def done(self) -> None:
        """Return once all that was begun is done, or was stopped."""
        await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def stop(self) -> None:
        """End what is being done, and begin nothing more, also where the round before was just read."""
        self._is_stopped = True
        for task in self._busy.values():
            task.cancel()
        await self.done()
        store = self.timed.services.store
        if store.is_shared:
            with suppress(StoreUnavailableError):
                await store.write(lambda transaction: leases.give_back(transaction, self._name))

    async def _do(self, team_id: str, jobs: Sequence[Job]) -> None:
        try:
            for job in jobs:
                async with self._slots:
                    await self.timed.run(job, team_id)
        finally:
            del self._busy[team_id]

    async def _do_chore(self, name: str, chore: Chore) -> None:
        services = self.timed.services
        try:
            with origins.named(chore=name), services.traces.span("chore", job=name):
                done = await self.timed.guarded(chore(services.now()))
            services.measures.jobs.labels(name, done.outcome if isinstance(done, Caught) else done).inc()
        finally:
            del self._busy[name]


def _leave(_replicas: int) -> None:
    """One alone shares nothing."""
