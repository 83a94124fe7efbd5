"""Does what time asks for, with the boundary's guard round it."""

from collections.abc import Collection, Sequence

import structlog

from handlers.framework import origins
from handlers.framework.boundary import Boundary
from handlers.framework.caught import Caught
from handlers.framework.commits import Due, TakenOutError, count_uses, do
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Ended, Job, PutOff
from handlers.slack.cache import Waiting, waiting
from handlers.slack.hearing import catch_up
from storage.engine.interface import Reader
from storage.outbox.redactions import times_taken_out
from storage.workspaces.workspaces import finished_in, is_active, is_finished

_log = structlog.get_logger(__name__)
#: A job has the time to wait for Slack.
_PATIENCE = Waiting(10.0, is_timed=True)


class Timed:
    """Does jobs, each once a period; one that fails is tried at the next tick."""

    def __init__(self, boundary: Boundary) -> None:
        self.services = boundary.services
        self.guarded = boundary.guarded

    async def due(self, jobs: Sequence[Job], teams: Collection[str]) -> dict[str, list[Job]]:
        """Return what may have to be done now, by workspace: most have nothing, and cost no more than this look."""
        services, now = self.services, self.services.now()

        def look(reader: Reader) -> dict[str, list[Job]]:
            found: dict[str, list[Job]] = {}
            for job in jobs:
                there = job.where(reader, services) if job.where is not None else None
                left = {*teams} if there is None else {*teams}.intersection(there)
                for team_id in left - finished_in(reader, job.name, job.period(now)) if left else ():
                    found.setdefault(team_id, []).append(job)
            return found

        return await services.store.search(look)

    async def run(self, job: Job, team_id: str) -> None:
        """Do a job for the period that is due, unless it is done."""
        now = self.services.now()
        read = self.services.store.read
        if await read(is_finished, team_id, job.name, job.period(now)) or not await read(is_active, team_id):
            return
        if (services := await self.services.at(team_id)) is None:
            return
        # Nobody waits for what a job says: the outbox finds it at its next look.
        traces = self.services.traces
        with waiting(_PATIENCE), origins.named(job=job.name) as named, traces.span("job", job=job.name, request=named):
            done = await self.guarded(_plan_and_do(job, WorkspaceContext(services, team_id, now)))
            outcome = done.outcome if isinstance(done, Caught) else done
            traces.tell(outcome=outcome)
        self.services.measures.jobs.labels(job.name, outcome).inc()

    async def write_usage(self) -> None:
        """Write how often words were asked for since the last time; a crash in between loses those counts."""
        counts = self.services.usage.take()
        if counts:
            now = self.services.now()
            await self.guarded(self.services.store.write(lambda transaction: count_uses(transaction, counts, now)))


async def _plan_and_do(job: Job, context: WorkspaceContext) -> Ended:
    services = context.services
    await catch_up(services.store, services.directory, context.team_id)
    taken_out = await services.store.read(times_taken_out, context.team_id)
    planned = await job.plan(context)
    run = planned.run if isinstance(planned, PutOff) else planned
    if run is not None:
        due = Due(job, context.team_id, context.now, services.origin(), taken_out)
        try:
            said = await services.store.write(lambda transaction: do(transaction, due, run))
        except TakenOutError:
            # What was planned with a text that was taken out meanwhile is planned anew at the next tick.
            return "put off"
        services.measures.job_messages.labels(job.name).inc(said)
        if said:
            _log.info("a job wrote messages", messages=said)
    return "put off" if isinstance(planned, PutOff) else "done"
