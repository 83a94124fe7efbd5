"""How long things waited, week by week."""

from datetime import UTC, datetime

from handlers.hooks.waits import Wait
from handlers.nudges.rules import helping
from handlers.nudges.rules.helping import Waited

NOW = datetime(2026, 3, 30, 9, tzinfo=UTC)


def wait(begin: str, end: str = "", what: str = "unclear", component: str = "c1") -> Wait:
    begins, ends = (f"2026-{each}T09:00:00+00:00" if each else "" for each in (begin, end))
    return Wait(what, component, begins, ends)  # type: ignore[arg-type]


def test_twelve_weeks_end_now() -> None:
    ends = helping.week_ends(NOW)
    assert (len(ends), ends[-1], ends[0]) == (12, NOW, datetime(2026, 1, 12, 9, tzinfo=UTC))


def test_what_still_waits_counts_with_the_days_so_far() -> None:
    assert helping.waited([wait("03-10"), wait("03-28")], NOW) == {"unclear": Waited(2, 11.0)}


def test_what_ended_in_the_week_counts_with_all_its_days_and_what_ended_before_does_not() -> None:
    ended, before = wait("03-20", "03-26"), wait("01-01", "03-22")
    assert helping.waited([ended, before], NOW) == {"unclear": Waited(1, 6.0)}


def test_a_week_that_is_over_knows_nothing_of_what_came_later() -> None:
    weeks = helping.over_weeks([wait("03-10", "03-25")], NOW)
    assert list(weeks.values())[-3:] == [
        {"unclear": Waited(1, 6.0)},
        {"unclear": Waited(1, 13.0)},
        {"unclear": Waited(1, 15.0)},
    ]
    assert next(iter(weeks.values())) == {}


def test_kinds_and_components_are_told_apart() -> None:
    waits = [wait("03-28"), wait("03-29", what="breach", component="c2")]
    assert helping.waited(waits, NOW) == {"unclear": Waited(1, 2.0), "breach": Waited(1, 1.0)}
    assert {key: len(of) for key, of in helping.by_component(waits).items()} == {"c1": 1, "c2": 1}
