"""The events of changes, and the conversations that they name."""

import pytest

from handlers.slack import changes


@pytest.mark.parametrize(
    ("event", "named"),
    [
        ({"channel": "C1"}, ["C1"]),
        ({"channel": {"id": "C1", "name": "new name"}}, ["C1"]),
        ({"old_channel_id": "C1", "new_channel_id": "C2"}, ["C1", "C2"]),
        ({"user": "UANA"}, []),
    ],
)
def test_an_event_names_each_conversation_that_it_is_about(event: dict[str, object], named: list[str]) -> None:
    assert changes.named_in(event) == named


def test_all_that_keeps_what_is_known_exact_is_heard() -> None:
    assert {*changes.PEOPLE, *changes.PLACES} < set(changes.HEARD)
