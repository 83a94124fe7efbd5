"""Where nobody can be told anything, it is looked again when somebody may be, or once something has changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers.hooks.reminders import Reminder
from handlers.nudges.rules import resting
from handlers.nudges.rules.choosing import Recipient, Situation
from storage.engine.interface import to_text
from tests.handlers.nudges.rules.test_choosing import nudge, reminder, situation

NOW = datetime(2026, 2, 2, 9, 4, 30, tzinfo=UTC)
OLD = to_text(NOW - timedelta(days=20))


def again(*reminders: dict[str, str], now: datetime = NOW, tz: str = "Europe/Berlin") -> str:
    given = [reminder(**{"active_at": OLD, **each}) for each in reminders]
    return f"{resting.again_at(given, situation(now, UNEW=Recipient(tz))):%H:%M:%S}"


@pytest.mark.parametrize(
    ("tz", "begins"),
    [("America/New_York", "10:00:00"), ("Asia/Kolkata", "09:30:00"), ("Asia/Kathmandu", "09:15:00")],
)
def test_an_hour_begins_when_it_does_where_somebody_is(tz: str, begins: str) -> None:
    assert again({}, tz=tz) == begins


def test_what_becomes_somebodys_business_within_the_hour_is_not_waited_for_until_it_ends() -> None:
    in_a_while = to_text(NOW + timedelta(minutes=20))
    a_day_before = to_text(NOW + timedelta(minutes=8) - timedelta(days=1))
    assert again({"ripe_at": in_a_while}, {}) == "09:24:30"
    assert again({"ripe_at": in_a_while}, {"active_at": a_day_before}) == "09:12:30"
    assert again({"ripe_at": OLD}, {"ripe_at": to_text(NOW + timedelta(hours=3))}) == "10:00:00"


def until(at: resting.RemindersAt, it: Situation, *heard: str, latest: timedelta = timedelta(hours=23)) -> str:
    found = resting.until((at(it.now), it), at, heard, it.now + latest)
    return f"{found - it.now.replace(hour=0, minute=0, second=0, microsecond=0)}"


def late(_moment: datetime) -> list[Reminder]:
    return [reminder(active_at=OLD)]


def at(day: int, hour: int, minute: int = 0) -> Situation:
    return situation(datetime(2026, 2, day, hour, minute, tzinfo=UTC))


def test_a_workspace_rests_until_the_day_of_somebody_begins_who_may_be_told() -> None:
    # In Berlin it is an hour later; the 3rd is a holiday.
    assert until(late, at(4, 5, 20)) == "8:00:00"
    assert until(late, at(2, 17)) == "1 day, 16:00:00"
    assert until(lambda _moment: [], at(4, 5, 20)) == "1 day, 4:20:00"
    assert until(lambda _moment: [reminder("1", "UNOBODY", lead="")], at(4, 5, 20)) == "1 day, 4:20:00"


def test_who_has_heard_something_hears_no_more_that_day() -> None:
    assert until(late, at(4, 9)) == "10:00:00"
    assert until(late, at(4, 9), "UANA") == "1 day, 8:00:00"
    told_before = replace(at(4, 9), log=[nudge(-1.99, subject="2")])
    assert until(late, told_before) == "1 day, 8:00:00"


def test_whoever_may_hear_late_in_the_day_hears_it_before_the_day_ends() -> None:
    # Ana was told a week ago at half past four; her day ends at five.
    told_before = replace(at(4, 9), log=[nudge(4.729)])
    assert until(late, told_before) == "15:50:00"


def test_what_becomes_somebodys_business_ends_the_rest() -> None:
    ripe = reminder(active_at=OLD, ripe_at="2026-02-04T20:07:00+00:00")
    assert until(lambda _moment: [ripe], at(4, 5, 20)) == "20:07:00"
    changed = reminder(active_at="2026-02-03T07:30:00+00:00")
    assert until(lambda _moment: [changed], at(4, 5, 20)) == "7:30:00"


@pytest.mark.parametrize("begins", [6, 7, 12, 20, 23])
def test_what_time_alone_brings_is_looked_at_in_its_hour(begins: int) -> None:
    def overdue(moment: datetime) -> list[Reminder]:
        return [reminder("1", "UNOBODY", lead="")] if moment.hour >= begins or moment.day > 4 else []

    assert until(overdue, at(4, 5, 20)) == f"{begins}:00:00"


def test_each_workspace_has_a_turn_of_its_own_in_a_day() -> None:
    turns = {resting.daily(f"T{number}", NOW) for number in range(1000)}
    assert len(turns) > 100
    assert all(timedelta() < each - NOW <= timedelta(days=1) and not each.minute % 10 for each in turns)
    (turn,) = {resting.daily("T1", NOW)}
    assert resting.daily("T1", turn) == turn + timedelta(days=1)
    assert resting.daily("T1", turn - timedelta(seconds=1)) == turn


def test_slots_are_ten_minutes_long() -> None:
    assert resting.slot(NOW) == "2026-02-02T09:0"
    assert resting.slot(resting.next_slot(NOW)) == "2026-02-02T09:1"
