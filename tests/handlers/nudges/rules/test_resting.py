"""Where nobody can be told anything, it is looked again when an hour begins for somebody, or a thing is theirs."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.nudges.rules import resting
from handlers.nudges.rules.choosing import Recipient
from storage.engine.interface import to_text
from tests.handlers.nudges.rules.test_choosing import reminder, situation

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


def test_the_slots_that_begin_before_then_are_left_out() -> None:
    it = situation(NOW)
    assert resting.slots([], it) == [f"2026-02-02T09:{number}" for number in range(1, 6)]
    soon = reminder(active_at=OLD, ripe_at=to_text(NOW + timedelta(minutes=20)))
    assert resting.slots([soon], it) == ["2026-02-02T09:1", "2026-02-02T09:2"]
    assert resting.slots([], situation(datetime(2026, 2, 2, 9, 59, tzinfo=UTC))) == []
    assert resting.slot(NOW) == "2026-02-02T09:0"
