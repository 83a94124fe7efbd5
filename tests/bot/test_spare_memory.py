"""Memory is given back once an hour, also once the clock was set back."""

from datetime import timedelta

from bot.spare_memory import SpareMemory
from tests.conftest import START

_HOUR = timedelta(hours=1)


async def given_back(*moments: timedelta) -> list[timedelta]:
    """Return at which of these moments memory was given back."""
    given, looks = list[timedelta](), list[timedelta]()
    spare = SpareMemory(lambda: given.append(looks[-1]))
    for moment in moments:
        looks.append(moment)
        await spare.look(START + moment)
    return given


async def test_memory_is_given_back_once_an_hour_and_not_at_the_start() -> None:
    quarters = [_HOUR / 4 * number for number in range(10)]
    assert await given_back(*quarters) == [_HOUR, 2 * _HOUR]


async def test_a_clock_that_was_set_back_by_days_stops_nothing() -> None:
    days = timedelta(days=2)
    assert await given_back(days, -days, _HOUR - days) == [-days, _HOUR - days]
