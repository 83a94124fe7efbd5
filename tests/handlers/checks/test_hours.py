"""Working hours are a person's own, in their own time zone."""

from datetime import UTC, datetime

import pytest

from handlers.checks.hours import Hours, end_of_day, is_working_time, read_hours

NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tz", "moment", "is_so"),
    [
        # A Monday, a Saturday, and the hours at both ends.
        ("Europe/Berlin", "2026-02-02T07:59", False),
        ("Europe/Berlin", "2026-02-02T08:00", True),
        ("Europe/Berlin", "2026-02-02T15:59", True),
        ("Europe/Berlin", "2026-02-02T16:00", False),
        ("Europe/Berlin", "2026-02-07T10:00", False),
        # Before and after the clock change of spring and of autumn: 9 o'clock is another hour in UTC.
        ("Europe/Berlin", "2026-03-27T07:30", False),
        ("Europe/Berlin", "2026-03-30T07:30", True),
        ("Europe/Berlin", "2026-10-23T07:30", True),
        ("Europe/Berlin", "2026-10-26T07:30", False),
        ("America/New_York", "2026-03-06T13:30", False),
        ("America/New_York", "2026-03-09T13:30", True),
        ("Asia/Kolkata", "2026-03-09T03:30", True),
        ("Asia/Kolkata", "2026-03-09T03:29", False),
        ("Pacific/Auckland", "2026-02-01T21:00", True),
        ("Europe/Berlin", "2026-02-03T10:00", False),
        ("No/Where", "2026-02-02T09:00", True),
    ],
)
def test_working_hours_are_the_person_s_own(tz: str, moment: str, is_so: bool) -> None:  # noqa: FBT001
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert is_working_time(Hours(), tz, {"2026-02-03"}, now) is is_so


@pytest.mark.parametrize(
    ("text", "hours"), [("8-16", Hours(8, 16)), ("", Hours()), ("17-9", Hours()), ("a-b", Hours())]
)
def test_hours_are_read_as_they_are_kept(text: str, hours: Hours) -> None:
    assert read_hours(text) == hours


def test_the_working_day_ends_by_the_person_s_own_clock() -> None:
    assert end_of_day(Hours(), "Europe/Berlin", NOW) == datetime(2026, 2, 2, 16, tzinfo=UTC)
    assert end_of_day(Hours(9, 24), "Europe/Berlin", NOW) == datetime(2026, 2, 2, 22, 59, tzinfo=UTC)
