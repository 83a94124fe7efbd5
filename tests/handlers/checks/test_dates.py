from datetime import UTC, date, datetime

import pytest

from handlers.checks.dates import age, day_in, first_today, is_past, today, wrong_ahead, zone

_TODAY = date(2026, 3, 1)


def test_a_day_in_iso_form_is_read() -> None:
    assert day_in("2026-01-31") == date(2026, 1, 31)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "20260131",
        "2026-W05-6",
        "2026-1-31",
        " 2026-01-31",
        "2026-01-31\n",
        "31.01.2026",
        "\u0662\u0660\u0662\u0666-01-31",
    ],
)
def test_a_day_in_another_form_is_none_because_records_compare_days_as_text(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize(
    ("tz", "day"),
    [
        ("America/Los_Angeles", date(2026, 2, 28)),
        ("UTC", date(2026, 3, 1)),
        ("Pacific/Kiritimati", date(2026, 3, 1)),
        ("Asia/Nowhere", date(2026, 3, 1)),
        ("", date(2026, 3, 1)),
        ("../etc/passwd", date(2026, 3, 1)),
        ("Europe", date(2026, 3, 1)),
    ],
)
def test_today_is_the_day_of_the_zone_and_of_utc_where_the_zone_is_unknown(tz: str, day: date) -> None:
    assert today(datetime(2026, 3, 1, 7, 59, tzinfo=UTC), tz) == day


def test_a_day_begins_first_on_islands_in_the_pacific() -> None:
    for hour, minute in ((9, 59), (10, 0)):
        now = datetime(2026, 3, 1, hour, minute, tzinfo=UTC)
        assert first_today(now) == today(now, "Pacific/Kiritimati")


def test_an_unknown_zone_is_utc() -> None:
    assert zone("Asia/Nowhere").key == "UTC"
    assert zone("Asia/Tokyo").key == "Asia/Tokyo"


@pytest.mark.parametrize(("day", "found"), [("2026-02-28", True), ("2026-03-01", False), ("2026-03-02", False)])
def test_today_is_not_past(day: str, *, found: bool) -> None:
    assert is_past(day, _TODAY) is found


@pytest.mark.parametrize("text", ["", "soon", "20260101"])
def test_what_is_no_day_is_not_past(text: str) -> None:
    assert is_past(text, _TODAY) is False


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-02-28", "That day is in the past. Choose a day ahead."),
        ("2026-03-01", ""),
        ("2027-01-01", ""),
        ("", "Choose a day."),
        ("soon", "Choose a day."),
    ],
)
def test_what_is_wrong_with_a_day_that_should_lie_ahead(day: str, said: str) -> None:
    assert wrong_ahead(day, _TODAY) == said


def test_each_place_says_in_its_own_words_how_to_write_a_day() -> None:
    assert wrong_ahead("soon", _TODAY, "Write a day such as 2026-12-24.") == "Write a day such as 2026-12-24."


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2026-03-01T23:59:59.000000+00:00", "today"),
        ("2026-02-28T00:00:00.000000+00:00", "1 day"),
        ("2026-02-17", "12 days"),
        ("2026-02-15", "2 weeks"),
        ("2025-12-29", "8 weeks"),
        ("2025-12-28", "2 months"),
        ("2026-03-02", ""),
        ("", ""),
        ("soon", ""),
    ],
)
def test_how_old_something_is_in_words(since: str, said: str) -> None:
    assert age(since, _TODAY) == said
