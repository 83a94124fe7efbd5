"""What anybody can bring about is logged once, and not each time."""

from handlers.slack.log_rate import OnceAMinute


def test_what_comes_again_at_once_is_not_said_again() -> None:
    log_rate = OnceAMinute()
    assert [log_rate.may_speak() for _ in range(3)] == [True, False, False]
    assert OnceAMinute().may_speak()
