"""What was done by a clock that was ahead counts as done now, and its own time is free again."""

from datetime import UTC, datetime, timedelta

from storage.engine.interface import Database, to_text
from storage.records.ids import new_id
from storage.workspaces import nudges, rests, summaries, workspaces
from storage.workspaces.ahead import bring_back
from storage.workspaces.nudges import Nudge
from storage.workspaces.rests import Rest
from storage.workspaces.summaries import Run
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


def a_run(period: str, begins_at: datetime, ends_at: datetime) -> Run:
    told = {"begins_at": to_text(begins_at), "ends_at": to_text(ends_at), "figures": {}, "keys": ()}
    return Run.model_validate(
        {"id": new_id(), "team_id": "T1", "subject": "C1", "period": period, **told, "state": "posted"}
    )


async def test_a_summary_that_came_too_early_stays_and_its_day_is_free(store: Database) -> None:
    past = a_run("2026-01-05", NOW - WEEK, NOW)
    early = [a_run("2026-01-12", NOW, NOW + WEEK), a_run("2026-01-19", NOW, NOW + 2 * WEEK)]
    for each in (past, *early):
        assert await write(store, summaries.add_run, each)
    assert await write(store, bring_back, NOW + HOUR) == 2
    told = summaries.runs(store.reader, "T1", "C1")
    assert {each.id for each in told} == {past.id, *(each.id for each in early)}
    assert {each.ends_at for each in told} == {to_text(NOW), to_text(NOW + HOUR)}
    for each in early:
        assert await write(store, summaries.add_run, a_run(each.period, NOW, NOW + WEEK))
    assert not await write(store, summaries.add_run, a_run(past.period, NOW, NOW + WEEK))


async def test_who_was_reminded_too_early_was_reminded_now(store: Database) -> None:
    about = {"team_id": "T1", "person": "U1", "kind": "due", "visibility": "workspace"}
    for subject, at in (("before", NOW - WEEK), ("ahead", NOW + WEEK)):
        await write(store, nudges.record, [Nudge(id=new_id(), subject=subject, at=to_text(at), **about)])
    assert await write(store, bring_back, NOW) == 1
    found = {each.subject: each.at for each in nudges.open_nudges(store.reader, "T1")}
    assert found == {"before": to_text(NOW - WEEK), "ahead": to_text(NOW)}


async def test_a_period_that_ended_within_an_hour_from_now_was_done(store: Database) -> None:
    for period, at in (("done", NOW + HOUR), ("claimed", NOW + 3 * HOUR)):
        await write(store, workspaces.claim_period, "T1", "job", period, at)
    assert await write(store, bring_back, NOW) == 1
    assert workspaces.is_finished(store.reader, "T1", "job", "done")
    assert not workspaces.is_finished(store.reader, "T1", "job", "claimed")


async def test_a_workspace_that_went_to_rest_ahead_of_its_time_is_awake(store: Database) -> None:
    for team_id, ahead in (("T1", HOUR), ("T2", 5 * HOUR)):
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)
        soon, until = to_text(NOW + ahead), to_text(NOW + ahead + WEEK)
        await write(store, rests.note_rest, Rest(team_id=team_id, soon=soon, until=until, seen=0))
    assert await write(store, bring_back, NOW) == 1
    assert rests.where_awake(store.reader, NOW, ()) == {"T2"}
