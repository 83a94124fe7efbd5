"""Weekly summaries: when each is due, what each told, and who hears of it before."""

from storage.engine.interface import Database
from storage.workspaces import summaries
from storage.workspaces.summaries import Notice, Run, Schedule
from tests.writing import write


def a_run(period: str, subject: str = "C1") -> Run:
    return Run(
        id=f"{subject} {period}", team_id="T1", subject=subject, period=period, begins_at="2026-01-01",
        ends_at="2026-01-05", state="posted", figures={"duties": 3}, keys=("a", "b"), thread="t",
    )  # fmt: skip


def a_notice(due_at: str, person: str = "UANA") -> Notice:
    return Notice(
        team_id="T1", subject="C1", period=due_at, due_at=due_at, person=person, count=2, listed="workspace C1"
    )


async def test_the_last_choice_of_a_day_counts_until_it_is_taken_back(store: Database) -> None:
    first = Schedule(team_id="T1", subject="C1", weekday=0, at="09:00", tz="UTC", set_by="UANA", set_at="2026-01-05")
    last = first.model_copy(update={"weekday": 4, "is_always": True, "is_naming": True})
    other = first.model_copy(update={"subject": "C2"})
    for each in (first, last, other):
        await write(store, summaries.choose, each)
    assert summaries.schedule(store.reader, "T1", "C1") == last
    assert summaries.schedules(store.reader, "T1") == [last, other]
    assert summaries.schedules(store.reader, "T2") == []
    assert await write(store, summaries.stop, "T1", "C1") is True
    assert await write(store, summaries.stop, "T1", "C1") is False
    assert summaries.schedule(store.reader, "T1", "C1") is None


async def test_a_period_is_told_once(store: Database) -> None:
    first, second = a_run("2026-01-05"), a_run("2026-01-12")
    assert [await write(store, summaries.add_run, each) for each in (first, second)] == [True, True]
    assert await write(store, summaries.add_run, first.model_copy(update={"id": "another"})) is False
    assert summaries.runs(store.reader, "T1", "C1") == [second, first]
    assert summaries.runs(store.reader, "T1", "C1", 1) == [second]
    assert summaries.run_of(store.reader, "T1", first.id) == first
    assert summaries.run_of(store.reader, "T2", first.id) is None
    assert summaries.runs(store.reader, "T1", "C2") == []


async def test_notices_say_what_a_summary_lists_and_stand_until_they_are_forgotten(store: Database) -> None:
    soon, later = a_notice("2026-01-05"), a_notice("2026-01-12", "UBEN")
    for _ in range(2):
        await write(store, summaries.note_notices, [later, soon])
    assert summaries.notices_since(store.reader, "T1", "2026-01-04") == [soon, later]
    assert summaries.notices_since(store.reader, "T1", "2026-01-05") == [later]
    assert soon.shows == {"workspace", "C1"}
    assert await write(store, summaries.forget_notices, "2026-01-06") == 1
