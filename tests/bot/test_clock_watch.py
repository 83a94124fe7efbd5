"""Whoever runs replicas is told where the clock of one differs from the database's."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock_watch import ClockWatch, ahead_by
from storage.engine.interface import Database
from tests.conftest import START, on_postgres, on_sqlite

SECOND = timedelta(seconds=1)


class Wrong:
    """A machine's clock that is wrong by so much."""

    def __init__(self, by: timedelta) -> None:
        self.by = by

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by


@on_postgres
@pytest.mark.parametrize("hours", [1, -1])
async def test_it_is_told_how_far_a_clock_is_ahead_or_behind(store: Database, hours: int) -> None:
    by = timedelta(hours=hours)
    assert timedelta() <= abs(by) - abs(await ahead_by(store, Wrong(by).now)) < timedelta(minutes=1)


@on_postgres
async def test_a_question_that_takes_long_makes_no_clock_wrong(store: Database) -> None:
    told = iter([datetime.now(UTC) - 5 * SECOND, datetime.now(UTC) + timedelta(hours=1)])
    assert await ahead_by(store, lambda: next(told)) == timedelta()


@on_sqlite
async def test_a_store_on_the_same_machine_has_its_clock(store: Database) -> None:
    assert await ahead_by(store, Wrong(timedelta(days=2)).now) == timedelta()


@on_postgres
async def test_a_clock_that_is_wrong_is_warned_of_once_until_it_was_right(store: Database) -> None:
    machine = Wrong(timedelta())
    watch, warned = ClockWatch(store, machine.now), []
    for hours in (0, 1, 1, 0, -1):
        machine.by = timedelta(hours=hours)
        with capture_logs() as lines:
            await watch.look(START)
        warned.append([round(each["seconds_ahead"] / 3600) for each in lines])
    assert warned == [[], [1], [], [], [-1]]
