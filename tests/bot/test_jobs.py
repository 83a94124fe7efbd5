"""What time asks for is done in every workspace, whatever becomes of it in another one."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from prometheus_client import generate_latest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.jobs import Jobs
from bot.trial.run import Trial
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Ended, Feature, Job, Run
from handlers.framework.timed import Timed
from storage.engine.interface import StoreUnavailableError, Transaction
from storage.outbox.deliveries import Delivery
from storage.workspaces.workspaces import connect_workspace, is_finished
from tests.conftest import START, StartTrial
from tests.writing import write

HOUR = timedelta(hours=1)


def _nothing(_transaction: Transaction, _team_id: str, _now: datetime) -> Sequence[Delivery]:
    return ()


class SlowOrBroken:
    """A job that waits in the workspace TSLOW until it is let go, and fails in TBROKEN."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, str]] = []
        self.let_go = asyncio.Event()
        self.last_done = asyncio.Event()

    async def plan(self, context: WorkspaceContext) -> Run:
        self.begun.append((context.team_id, f"{context.now:%H}"))
        if context.team_id == "TSLOW":
            await self.let_go.wait()
        if context.team_id == "TBROKEN":
            raise RuntimeError("a bug")
        return _nothing

    async def note(self, context: WorkspaceContext) -> None:
        if context.team_id == "TZ":
            self.last_done.set()

    def feature(self) -> Feature:
        def hour(now: datetime) -> str:
            return f"{now:%H}"

        return Feature("timed", jobs=[Job("slow", hour, self.plan), Job("last", hour, self.note)])


async def test_a_workspace_that_is_slow_or_fails_keeps_no_other_waiting_round_after_round(start: StartTrial) -> None:
    timed = SlowOrBroken()
    async with start(features=[timed.feature()]) as trial:
        store = trial.bot.store
        for team_id in ("TSLOW", "TBROKEN", "TZ"):
            await write(store, connect_workspace, team_id, team_id, "U0BOT", START)
        for hour in ("09", "10"):
            await trial.bot.jobs.start()
            await timed.last_done.wait()
            timed.last_done.clear()
            assert is_finished(store.reader, "TZ", "slow", hour)
            assert not is_finished(store.reader, "TSLOW", "slow", "09")
            trial.bot.clock.move(HOUR)
        assert timed.begun.count(("TSLOW", "09")) == 1
        timed.let_go.set()
        await trial.bot.tick()
        assert [is_finished(store.reader, "TSLOW", "slow", hour) for hour in ("09", "10", "11")] == [True, False, True]
        assert [hour for team_id, hour in timed.begun if team_id == "TBROKEN"] == ["09", "10", "11"]


async def test_what_is_not_done_at_a_stop_is_done_at_the_next_start(start: StartTrial) -> None:
    timed = SlowOrBroken()
    async with start(features=[timed.feature()]) as first:
        await write(first.bot.store, connect_workspace, "TSLOW", "Slow", "U0BOT", START)
        await write(first.bot.store, connect_workspace, "TZ", "Last", "U0BOT", START)
        await first.bot.jobs.start()
        await timed.last_done.wait()
    timed.let_go.set()
    async with start(features=[timed.feature()]) as second:
        await second.bot.tick()
        assert is_finished(second.bot.store.reader, "TSLOW", "slow", "09")
    assert timed.begun.count(("TSLOW", "09")) == 2


async def test_a_chore_that_goes_wrong_is_logged_and_counted_so_and_keeps_no_other_from_being_done(
    running: Trial,
) -> None:
    done: list[str] = []

    async def break_down(_now: datetime) -> Ended:
        raise KeyError("a bug")

    async def be_down(_now: datetime) -> Ended:
        raise StoreUnavailableError("database or disk is full")

    async def fail(_now: datetime) -> Ended:
        return "failed"

    async def work(_now: datetime) -> Ended:
        done.append("work")
        return "done"

    chores = {"bad": break_down, "full": be_down, "failing": fail, "good": work}
    jobs = Jobs(Timed(running.bot.boundary), (), chores)
    with capture_logs(processors=[merge_contextvars]) as logged:
        for _ in range(2):
            await jobs.start()
            await jobs.done()
    assert done == ["work"] * 2
    assert sorted({(each["chore"], each["event"]) for each in logged if "chore" in each}) == [
        ("bad", "something escaped a handler or a job"),
        ("full", "the store does not answer"),
    ]
    counted = generate_latest(running.bot.boundary.services.measures.registry).decode()
    for name, outcome in (("bad", "fault"), ("full", "store down"), ("failing", "failed"), ("good", "done")):
        assert f'common_ground_jobs_total{{job_name="{name}",outcome="{outcome}"}} 2.0' in counted
