"""What time asks for is looked for in all workspaces at once, so that those with nothing to do cost next to nothing."""

from datetime import timedelta
from typing import Any

from handlers import FEATURES
from handlers.framework.routing import join
from storage.engine.interface import Reader
from tests.conftest import StartTrial

#: Tables with a few rows, with one for each choice that somebody made, or for each workspace; and what is given.
_SMALL = ("unfiled_names", "unscrubbed", "summary_schedules", "workspaces", "stirring")


class _Planned:
    """A reader that keeps how the engine finds what each statement asks for."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self.plan = reader, list[str]()

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        self.plan += [row["detail"] for row in self._reader.all(f"EXPLAIN QUERY PLAN {sql}", **values)]
        return self._reader.all(sql, **values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


def test_each_job_says_where_there_may_be_something_to_do() -> None:
    assert [each.name for each in join(FEATURES).jobs if each.where is None] == []


async def test_where_that_is_gets_found_by_an_index_of_what_waits_and_not_by_going_through_a_table(
    start: StartTrial,
) -> None:
    async with start() as trial:
        services = trial.bot.boundary.services
        reader = _Planned(trial.bot.store.reader)
        for job in join(FEATURES).jobs:
            assert job.where is not None
            job.where(reader, services)
    scans = [each for each in reader.plan if each.startswith("SCAN") and not any(name in each for name in _SMALL)]
    assert len(reader.plan) > 8
    assert [each for each in scans if " USING " not in each] == []


async def test_a_workspace_with_nothing_to_do_is_planned_in_no_job_that_says_where(start: StartTrial) -> None:
    async with start() as trial:
        await trial.bot.tick()
        trial.bot.clock.move(timedelta(seconds=20))
        jobs, team_id = trial.bot.routes.jobs, trial.bot.identity.team_id
        timed = trial.bot.jobs.timed
        assert await timed.due(jobs, [team_id]) == {}
        await trial.do("ben opens the Home")
        assert [each.name for each in (await timed.due(jobs, [team_id, "T0OTHER"]))[team_id]] == ["homes"]
