"""A target is what people call it, and where one speaks of it, however it has been changed since."""

from dataclasses import replace

from handlers.hooks.reports import Target
from tests.handlers.responsibilities.making import a_component


def test_a_component_has_no_thread_and_no_sides_and_stays_the_same_when_it_is_changed() -> None:
    found = Target("T1", "component", "c1", "berth model", "workspace", a_component())
    assert (found.channel, found.thread, found.sides) == ("", "", ())
    assert found == replace(found, record=a_component(team="pilots"))
