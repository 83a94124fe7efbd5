"""What time asks for is done once a period, and tried again where it fails."""

from dataclasses import replace
from datetime import datetime

from prometheus_client import generate_latest

from handlers import FEATURES
from handlers.access.recipients import Destination, post
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Feature, Job, PutOff, Run, at_once
from handlers.slack.blocks import Message
from handlers.slack.cache import is_timed
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.outbox.redactions import scrub_later
from storage.workspaces import workspaces
from tests.conftest import StartTrial
from tests.writing import write

RUNS: list[str] = []


def job(name: str, *, is_broken: bool = False) -> Job:
    def run(_transaction: Transaction, team_id: str, now: datetime) -> list[Delivery]:
        RUNS.append(f"{name} {team_id} {now:%H:%M}")
        if is_broken and len(RUNS) == 1:
            raise RuntimeError("a bug")
        return [post(Destination(team_id, "CGENERAL"), Message(f"It is {now:%A}."), now)]

    return Job(name, lambda now: f"{now:%Y-%m-%d}", at_once(run))


async def test_a_job_runs_once_a_period_even_after_a_restart(start: StartTrial) -> None:
    RUNS.clear()
    features = [*FEATURES, Feature("timed", jobs=[job("count")])]
    async with start(features=features) as first:
        await first.bot.tick()
        await first.pass_time()
        assert [each.text for each in first.slack.workspace.channels["CGENERAL"].messages.values()] == ["It is Monday."]
    async with start(features=features) as second:
        await second.pass_time()
        assert second.slack.workspace.channels["CGENERAL"].messages == {}
        assert await second.do("wait 1 day") == ["#general", "  Common Ground:", "    It is Tuesday."]
    assert RUNS == ["count T0LOCAL 09:00", "count T0LOCAL 09:00"]


async def test_a_job_that_fails_is_tried_again_at_the_next_tick(start: StartTrial) -> None:
    RUNS.clear()
    async with start(features=[*FEATURES, Feature("timed", jobs=[job("shaky", is_broken=True)])]) as trial:
        await trial.bot.tick()
        await trial.bot.tick()
        await trial.bot.tick()
        reader, team_id = trial.bot.store.reader, trial.bot.identity.team_id
        assert workspaces.is_finished(reader, team_id, "shaky", "2026-01-05") is True
    assert RUNS == ["shaky T0LOCAL 09:00", "shaky T0LOCAL 09:00"]


async def test_a_job_says_nothing_of_what_it_read_before_something_was_taken_out_and_is_planned_anew(
    start: StartTrial,
) -> None:
    RUNS.clear()
    told = job("plans")

    async def plan(context: WorkspaceContext) -> Run | PutOff | None:
        RUNS.append("planned")
        if len(RUNS) == 1:
            await write(context.store, scrub_later, context.team_id)
        return await told.plan(context)

    async with start(features=[*FEATURES, Feature("timed", jobs=[replace(told, plan=plan)])]) as trial:
        await trial.bot.tick()
        assert RUNS == ["planned"]
        await trial.pass_time()
        assert [each.text for each in trial.slack.workspace.channels["CGENERAL"].messages.values()] == ["It is Monday."]
    assert RUNS == ["planned", "planned", "plans T0LOCAL 09:00"]


async def test_what_a_job_asks_of_slack_leaves_calls_to_people(start: StartTrial) -> None:
    told: list[bool] = []

    async def plan(_context: WorkspaceContext) -> Run | None:
        told.append(is_timed())
        return None

    async with start(features=[*FEATURES, Feature("timed", jobs=[Job("look", str, plan)])]) as trial:
        await trial.bot.tick()
        assert (told, is_timed()) == ([True], False)


async def test_a_job_that_does_a_part_does_that_and_is_counted_as_put_off(start: StartTrial) -> None:
    RUNS.clear()
    whole = job("in part")
    feature = Feature("timed", jobs=[Job(whole.name, whole.period, lambda context: _in_part(whole, context))])
    async with start(features=[*FEATURES, feature]) as trial:
        await trial.bot.tick()
        counted = generate_latest(trial.bot.boundary.services.measures.registry).decode()
    assert RUNS == ["in part T0LOCAL 09:00"]
    assert 'common_ground_jobs_total{job_name="in part",outcome="put off"} 1.0' in counted


async def _in_part(whole: Job, context: WorkspaceContext) -> PutOff:
    run = await whole.plan(context)
    assert callable(run)
    return PutOff(run)


async def test_a_job_that_says_where_is_planned_nowhere_else_and_not_again_in_its_period(start: StartTrial) -> None:
    RUNS.clear()

    def only(team_id: str) -> Job:
        return replace(job(team_id), where=lambda _reader, _services: {team_id})

    jobs = [only("T0LOCAL"), only("TOTHER")]
    async with start(features=[*FEATURES, Feature("timed", jobs=jobs)]) as trial:
        await trial.bot.tick()
        due = await trial.bot.jobs.timed.due(jobs, ["T0LOCAL", "TOTHER"])
    assert RUNS == ["T0LOCAL T0LOCAL 09:00"]
    assert {team_id: [each.name for each in found] for team_id, found in due.items()} == {"TOTHER": ["TOTHER"]}
