"""How often each caller may ask in a minute."""

from bot.transport.quota import Quota


def test_each_caller_has_so_many_calls_a_minute_and_hears_for_how_long_nothing_more_is_answered() -> None:
    now = [0.0]
    quota = Quota(2, lambda: now[0])
    assert [quota.left_out("ana") for _ in range(3)] == [0, 0, 60]
    assert quota.left_out("ben") == 0
    now[0] = 59.9
    assert quota.left_out("ana") == 1
    now[0] = 60.0
    assert quota.left_out("ana") == 0


def test_callers_without_end_fill_no_memory() -> None:
    quota = Quota(1, lambda: 0.0)
    for number in range(20_000):
        quota.left_out(number)
    assert len(quota._counts) <= 10_000  # noqa: SLF001 - what is held is what this is about
