"""A target is what people call it, and where one speaks of it."""

from handlers.hooks.reports import Target


def test_a_component_has_no_thread_and_no_sides() -> None:
    found = Target("T1", "component", "c1", "berth model", "workspace")
    assert (found.channel, found.thread, found.sides) == ("", "", ())
