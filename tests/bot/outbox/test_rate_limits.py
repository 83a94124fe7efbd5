"""How fast Slack takes messages: a burst and then one a second in a lane, and nothing before Slack's time."""

from datetime import timedelta

from bot.outbox.rate_limits import RateLimits
from tests.conftest import START

SECOND = timedelta(seconds=1)


def test_a_lane_has_a_burst_and_then_a_turn_a_second() -> None:
    rate_limits = RateLimits(burst=2)
    turns = [rate_limits.take_turn("C1", "post", START) - START for _ in range(4)]
    assert turns == [timedelta(), timedelta(), SECOND, 2 * SECOND]
    assert rate_limits.take_turn("C2", "post", START) == START
    assert rate_limits.take_turn("C1", "post", START + 10 * SECOND) == START + 10 * SECOND


def test_a_held_method_waits_in_every_lane() -> None:
    rate_limits = RateLimits()
    rate_limits.hold("post", START + 5 * SECOND)
    assert rate_limits.take_turn("C1", "post", START) == START + 5 * SECOND
    assert rate_limits.take_turn("C1", "respond", START) == START


def test_lanes_that_are_at_rest_are_forgotten() -> None:
    rate_limits = RateLimits(burst=1)
    for number in range(10_002):
        rate_limits.take_turn(f"C{number}", "post", START)
    later = START + 2 * SECOND
    assert rate_limits.take_turn("C1", "post", later) == later
    assert rate_limits.lanes_kept == 1


def test_looking_at_the_next_turn_does_not_take_it() -> None:
    rate_limits = RateLimits(burst=1)
    assert [rate_limits.next_turn("C1", "post", START) for _ in range(2)] == [START, START]
    assert rate_limits.take_turn("C1", "post", START) == START
    assert rate_limits.next_turn("C1", "post", START) == START + SECOND


def test_a_turn_that_slack_holds_is_one_of_the_burst_all_the_same() -> None:
    rate_limits = RateLimits(burst=2)
    rate_limits.hold("post", START + 5 * SECOND)
    turns = [rate_limits.take_turn("C1", "post", START) - START for _ in range(3)]
    assert turns == [5 * SECOND, 5 * SECOND, 5 * SECOND]
    assert rate_limits.take_turn("C1", "respond", START) == START + 2 * SECOND


def test_another_gap_is_kept() -> None:
    rate_limits = RateLimits(burst=1, gap=timedelta(minutes=1))
    assert [rate_limits.take_turn("C1", "post", START) - START for _ in range(2)] == [timedelta(), timedelta(minutes=1)]
