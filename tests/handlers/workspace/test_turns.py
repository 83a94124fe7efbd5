"""What is done once a day comes in each workspace at another minute of the small hours."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from handlers.workspace.rules import turns

MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)
TEAMS = [f"T{number}" for number in range(1000)]


def of_minute(minute: int) -> set[str]:
    return {each for each in TEAMS if turns.has_come(each, MIDNIGHT + timedelta(minutes=minute))}


def test_each_minute_it_is_the_turn_of_a_few_until_all_have_had_theirs() -> None:
    had = [of_minute(minute) for minute in range(240)]
    assert all(before <= after for before, after in pairwise(had))
    assert max(Counter(next(turn for turn, some in enumerate(had) if each in some) for each in TEAMS).values()) < 20
    assert had[-1] == of_minute(24 * 60 - 1) == {*TEAMS}


def test_the_turn_comes_anew_each_day() -> None:
    late, tomorrow = next(each for each in TEAMS if each not in of_minute(200)), MIDNIGHT + timedelta(days=1)
    assert not turns.has_come(late, tomorrow + timedelta(minutes=200))
    assert turns.has_come(late, tomorrow + timedelta(minutes=240))
