"""How often words are asked for, counted in memory until somebody takes the counts."""

from handlers.framework.usage_counter import UsageCounter


def test_each_words_uses_are_counted_in_each_workspace() -> None:
    usage = UsageCounter()
    for team_id, key in (("T1", "drift"), ("T1", "drift"), ("T1", "bias"), ("T2", "drift")):
        usage.add(team_id, key)
    assert usage.take() == {("T1", "drift"): 2, ("T1", "bias"): 1, ("T2", "drift"): 1}


def test_what_was_taken_is_not_counted_again() -> None:
    usage = UsageCounter()
    usage.add("T1", "drift")
    taken = usage.take()
    usage.add("T1", "drift")
    assert (taken, usage.take(), usage.take()) == ({("T1", "drift"): 1}, {("T1", "drift"): 1}, {})
