"""Two replicas on one database, between which each request may change: people see one bot."""

import asyncio

from bot.clock import Clock
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Feature, Job
from storage import open_store
from storage.workspaces.leases import LEASE, is_any_alive
from tests.postgres import Server
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
        planned.append(context.services.outbox)

    timed = Feature("timed", jobs=[Job("probe", lambda now: now.isoformat(), plan)])
    async with replicas(clock, url, features=[timed]) as two:
        first, second = two.bots
        for each in (first, second, second, first):
            await each.tick()
        assert planned == [first.relay, first.relay]
        clock.move(LEASE)
        for each in (second, first):
            await each.tick()
        assert planned == [first.relay, first.relay, second.relay]
        await second.jobs.stop()
        await first.tick()
        assert planned == [first.relay, first.relay, second.relay, first.relay]


async def test_a_replica_says_that_it_lives_from_its_start_until_it_has_stopped(clock: Clock, url: str) -> None:
    async with replicas(clock, url, count=1) as started:
        assert await started.bots[0].store.read(is_any_alive, clock.now())
    store = open_store(url)
    assert not await store.read(is_any_alive, clock.now())
    await store.close()


async def test_each_replica_sends_its_part_of_what_one_may_for_as_long_as_there_is_another(
    clock: Clock, url: str
) -> None:
    async with replicas(clock, url) as two:
        first, second = two.bots
        assert first.jobs.shared == first.relay.share
        told: list[int] = []
        first.jobs.shared = told.append
        await first.tick()
        await second.jobs.stop()
        await first.tick()
        assert told == [2, 1]


async def test_an_event_that_slack_sends_to_both_at_once_is_answered_once(two: Replicas) -> None:
    ben, general = two.slack.workspace.user_named("ben"), two.slack.workspace.channel_named("#general")
    two.turn_to(0)
    two.slack.people.say(ben, general, "@Common Ground define drift")
    two.turn_to(1)
    two.slack.wire.event(two.slack.wire.sent[-1])
    await two.quiet()
    answers = [each.text for each in general.messages.values() if each.bot_id]
    assert [each.partition(" ")[0] for each in answers] == ["drift"]


async def press_at_once(two: Replicas, *lines: str) -> str:
    """Have people press, each at another replica, before any of them has an answer; return what is seen then."""

    async def press(by: int, line: str) -> None:
        two.turn_to(by)
        await two.script.act(line)

    await asyncio.gather(*(press(*each) for each in enumerate(lines)))
    await two.quiet()
    return "\n".join(two.screen.news())


async def test_of_two_who_press_at_once_at_two_replicas_both_count(two: Replicas) -> None:
    await two.do("chloe in #general: /decision Retrain monthly", by=0)
    await two.do("chloe submits", by=1)
    seen = await press_at_once(two, 'ben presses "Agree"', 'dev presses "Agree"')
    assert all(f"    {each} agrees\n" in seen for each in ("Ben Okafor", "Dev Patel"))


async def test_who_presses_twice_and_reaches_two_replicas_changes_it_once(two: Replicas) -> None:
    for line in (
        "dev in #general: /decision Serve the churn model in batch only",
        'dev presses "More"',
        'dev enters "Decided or proposed?": Proposed: people can agree or object',
        'dev enters "Who decides?": eli',
        'dev enters "Answer by": 2026-01-09',
        "dev submits",
        "dev closes",
    ):
        await two.do(line, by=0)
    await press_at_once(two, 'eli presses "Accept"', 'eli presses "Accept"')
    rows = two.bots[0].store.reader.all("SELECT what FROM decision_events ORDER BY version")
    assert [row["what"] for row in rows] == ["proposed", "accept"]


async def test_replicas_that_begin_at_once_on_an_empty_database_bring_one_glossary(
    clock: Clock, postgres: Server
) -> None:
    with postgres.database() as empty, postgres.database() as other:
        async with replicas(clock, empty, 3) as three, replicas(clock, other, 1) as one:
            counts = [
                [each.store.reader.one(f"SELECT count(*) AS rows FROM {table}") for table in ("senses", "workspaces")]
                for each in (three.bots[0], one.bots[0])
            ]
    assert counts[0] == counts[1]
