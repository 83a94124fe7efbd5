"""Two replicas on one database, between which each request may change: people see one bot."""

from bot.clock import Clock
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Feature, Job
from storage.workspaces.leases import LEASE
from tests.replicas.side_by_side import Replicas, replicas

_CAPSTAN = "What a ship is hauled in by"


async def test_a_word_that_is_defined_by_one_is_answered_by_the_other_at_once(two: Replicas) -> None:
    assert "isn't defined yet" in await two.do("ben in #general: /define capstan", by=1)
    await two.do('ben presses "Define it"', by=0)
    await two.do('ben enters "Discipline": operations', by=0)
    await two.do(f'ben enters "Definition in one line": {_CAPSTAN}', by=0)
    await two.do("ana in #general: /define bias", by=1)
    await two.do("ben submits", by=0)
    assert _CAPSTAN in await two.do("ben in #general: /define capstan", by=1)


async def test_who_leaves_a_private_channel_is_shown_nothing_of_it_by_any_replica(two: Replicas) -> None:
    await two.do("ana joins #secret-launch", by=0)
    await two.do("ana in #secret-launch: /decision Ship the falcon in May", by=0)
    await two.do("ana submits", by=0)
    for by in (0, 1):
        assert "falcon" in await two.do("ana to the bot: decision list", by=by)
    await two.do("ana leaves #secret-launch", by=0)
    for by in (1, 0):
        assert "falcon" not in await two.do("ana to the bot: decision list", by=by)


async def test_timed_work_is_done_by_one_and_by_the_other_once_that_one_is_silent(clock: Clock, url: str) -> None:
    planned: list[object] = []

    async def plan(context: WorkspaceContext) -> None:
        planned.append(context.store)

    timed = Feature("timed", jobs=[Job("probe", lambda now: now.isoformat(), plan)])
    async with replicas(clock, url, features=[timed]) as two:
        first, second = two.bots
        for each in (first, second, second, first):
            await each.tick()
        assert planned == [first.store, first.store]
        clock.move(LEASE)
        for each in (second, first):
            await each.tick()
        assert planned == [first.store, first.store, second.store]
        await second.jobs.stop()
        await first.tick()
        assert planned == [first.store, first.store, second.store, first.store]
