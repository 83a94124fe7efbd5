"""When a summary is due: over clock changes, at the turn of the year, after a restart and after a week of downtime."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from handlers.checks.dates import age
from handlers.hooks.digest import Digest, Group, Line, Section
from handlers.weekly_summary.rules import (
    Due,
    Wanted,
    begin_of,
    change,
    due,
    is_near,
    is_nothing,
    keys_of,
    last_due,
    next_due,
    wanted,
)
from storage.engine.interface import to_text
from storage.workspaces.summaries import Run, Schedule, State

MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def a_schedule(tz: str = "UTC", weekday: int = 0, at: str = "09:00", set_at: datetime | None = None) -> Schedule:
    since = to_text(set_at or MONDAY - timedelta(days=400))
    return Schedule(team_id="T", subject="C1", weekday=weekday, at=at, tz=tz, set_by="UANA", set_at=since)


def a_run(period: str, end: datetime, state: State = "posted", *keys: str) -> Run:
    of = {"id": period, "team_id": "T", "subject": "C1", "period": period, "state": state, "keys": keys}
    return Run.model_validate({**of, "begins_at": "", "ends_at": to_text(end), "figures": {}})


def periods(schedule: Schedule, start: datetime, hours: int, minutes: int = 20) -> list[tuple[str, str]]:
    """Tick through some hours as the clock does; return each period that came due, once, and when in local time."""
    told: list[Run] = []
    found = []
    for step in range(0, hours * 60, minutes):
        now = start + timedelta(minutes=step)
        ready = due(schedule, told, now)
        if ready is not None:
            told.insert(0, a_run(ready.period, now))
            found.append((ready.period, f"{ready.due_at.astimezone(ZoneInfo(schedule.tz)):%Y-%m-%d %H:%M}"))
    return found


@pytest.mark.parametrize("tz", ["Europe/Berlin", "America/New_York", "Asia/Kolkata"])
def test_a_week_is_told_once_whatever_the_zone(tz: str) -> None:
    told = periods(a_schedule(tz), datetime(2026, 1, 3, tzinfo=UTC), 3 * 7 * 24)
    assert told == [(day, f"{day} 09:00") for day in ("2025-12-29", "2026-01-05", "2026-01-12", "2026-01-19")]


@pytest.mark.parametrize(
    ("tz", "day", "change_day"),
    [
        ("Europe/Berlin", datetime(2026, 3, 23, tzinfo=UTC), "2026-03-29"),
        ("Europe/Berlin", datetime(2026, 10, 19, tzinfo=UTC), "2026-10-25"),
        ("America/New_York", datetime(2026, 3, 2, tzinfo=UTC), "2026-03-08"),
        ("America/New_York", datetime(2026, 10, 26, tzinfo=UTC), "2026-11-01"),
    ],
)
@pytest.mark.parametrize("at", ["00:30", "01:30", "02:30", "03:00", "09:00"])
def test_a_clock_change_neither_repeats_nor_skips_a_summary(tz: str, day: datetime, change_day: str, at: str) -> None:
    # Clocks change on a Sunday, so that is the day of the summary here.
    schedule = a_schedule(tz, weekday=6, at=at, set_at=day)
    told = periods(schedule, day, 15 * 24, minutes=10)
    assert [period for period, _ in told][:1] == [change_day]
    assert len(told) == 2
    hour = told[1][1].split()[1]
    assert hour == at


@pytest.mark.parametrize("tz", ["Pacific/Auckland", "Europe/Madrid", "America/Los_Angeles"])
def test_at_midnight_on_new_years_eve_the_summary_belongs_to_the_new_year_of_its_zone(tz: str) -> None:
    # 1 January 2026 is a Thursday.
    schedule = a_schedule(tz, weekday=3, at="00:00", set_at=datetime(2025, 12, 28, tzinfo=UTC))
    told = periods(schedule, datetime(2025, 12, 30, tzinfo=UTC), 5 * 24, minutes=10)
    assert told == [("2026-01-01", "2026-01-01 00:00")]


def test_what_was_due_before_it_was_asked_for_is_not_told() -> None:
    schedule = a_schedule(set_at=MONDAY + timedelta(minutes=1))
    assert due(schedule, [], MONDAY + timedelta(hours=1)) is None
    assert due(schedule, [], MONDAY + timedelta(days=7)) is not None


def test_after_a_restart_it_is_told_once_and_after_three_days_it_is_folded_into_the_next() -> None:
    schedule = a_schedule()
    at_nine = due(schedule, [], MONDAY + timedelta(minutes=5))
    assert at_nine == Due(schedule, "2026-01-05", MONDAY, to_text(MONDAY - timedelta(days=7)))
    assert not at_nine.is_late(MONDAY + timedelta(days=2, hours=23))
    assert at_nine.is_late(MONDAY + timedelta(days=3))
    told = [a_run("2026-01-05", MONDAY)]
    assert due(schedule, told, MONDAY + timedelta(days=6)) is None
    # A week of downtime: the next one tells of all the time since the last that was said.
    folded = [a_run("2026-01-12", MONDAY + timedelta(days=11), "folded"), *told]
    later = due(schedule, folded, MONDAY + timedelta(days=14))
    assert later is not None
    assert (later.period, later.begin) == ("2026-01-19", to_text(MONDAY))
    assert begin_of([], MONDAY) == to_text(MONDAY - timedelta(days=7))


def test_a_summary_is_near_once_the_working_day_before_it_has_begun_anywhere() -> None:
    day, moment = next_due(a_schedule(), MONDAY - timedelta(days=3))
    assert (day.isoformat(), moment) == ("2026-01-05", MONDAY)
    friday = datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=14)))
    assert is_near(day, (), friday)
    assert not is_near(day, (), friday - timedelta(minutes=1))
    assert is_near(day, ("2026-01-02",), friday - timedelta(days=1))
    assert not is_near(day, ("2026-01-02",), friday - timedelta(days=1, minutes=1))


def test_an_unknown_zone_counts_as_utc() -> None:
    assert last_due(a_schedule("Mars/Olympus"), MONDAY) == (MONDAY.date(), MONDAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", Wanted()), ("weekly monday 09:00", Wanted()), ("weekly fri 16.30", Wanted(4, "16:30")),
        ("every tuesday at 8am", Wanted(1, "08:00")),
        ("sunday 12 pm always naming", Wanted(6, "12:00", is_always=True, is_naming=True)),
        ("12am", Wanted(0, "00:00")), ("t 9:00", "Give a day and a time, such as: monday 09:00"),
        ("someday", "Give a day and a time, such as: monday 09:00"),
        ("monday 25:00", "That isn't a time of day. Write it as 09:00."),
        ("monday at noon", "Give a day and a time, such as: monday 09:00"),
    ],
)  # fmt: skip
def test_people_say_when_they_want_it_in_their_words(text: str, said: Wanted | str) -> None:
    assert wanted(text) == said


def told(*groups: Group) -> list[Digest]:
    return [Digest(Section("c", "C", groups))]


def test_a_week_in_which_nothing_changed_is_quiet() -> None:
    waiting = told(Group("open", [Line("a open", "a")], is_waiting=True))
    asked = told(Group("asked most", [Line("asked bias", "bias")], is_news=False))
    assert is_nothing(told(), None)
    assert is_nothing(asked, None)
    assert not is_nothing(waiting, None)
    assert is_nothing(waiting, a_run("2026-01-05", MONDAY, "posted", *keys_of(waiting)))
    # What the last summary told as done and this one does not is no news.
    assert is_nothing(waiting, a_run("2026-01-05", MONDAY, "posted", "a open", "b made"))
    assert not is_nothing(waiting, a_run("2026-01-05", MONDAY, "posted", "b made"))


def test_ages_and_changes_are_said_in_words() -> None:
    ages = [
        age(since, MONDAY.date())
        for since in ("", "2026-01-05", "2026-01-04T23:00:00+00:00", "2025-12-01", "2026-02-01")
    ]
    assert ages == ["", "today", "1 day", "5 weeks", ""]
    assert [change(3, {"n": 1}, "n"), change(1, {"n": 1}, "n"), change(0, {"n": 1}, "n"), change(1, {}, "n")] == [
        " (2 more)", " (unchanged)", " (1 fewer)", "",
    ]  # fmt: skip
