"""What Slack says of a conversation, and what holds where it says two things."""

import pytest

from handlers.slack.channels import Channel, as_channel, stricter, unknown
from handlers.slack.interactions import Place

OPEN = {"id": "C1", "is_channel": True}


@pytest.mark.parametrize(
    ("told", "place"),
    [
        (OPEN, Place("C1", "public")),
        ({**OPEN, "is_private": True}, Place("C1", "private")),
        ({"id": "C1", "is_group": True}, Place("C1", "private")),
        ({**OPEN, "is_ext_shared": True}, Place("C1", "public", is_shared=True)),
        ({**OPEN, "is_pending_ext_shared": True}, Place("C1", "public", is_shared=True)),
        ({**OPEN, "is_org_shared": True}, Place("C1", "public", is_shared=True)),
    ],
)
def test_a_channel_is_open_and_nobody_elses_only_where_slack_says_so(told: dict[str, object], place: Place) -> None:
    assert as_channel(told, has_bot=True) == Channel(place, has_bot=True)


def test_what_is_not_known_counts_as_closed_and_read_by_others() -> None:
    assert unknown("C1") == Channel(Place("C1", "private", is_shared=True), has_bot=False)


def test_of_two_things_the_stricter_holds() -> None:
    closed, shared = Place("C1", "private"), Place("C1", "public", is_shared=True)
    assert stricter(closed, shared) == stricter(shared, closed) == Place("C1", "private", is_shared=True)


@pytest.mark.parametrize(("place", "is_within"), [(Place("C1", "public"), True), (Place("C1", "private"), False)])
def test_what_is_said_where_the_bot_is_not_may_be_kept_only_if_it_is_open(place: Place, *, is_within: bool) -> None:
    assert Channel(place, has_bot=False).is_within_reach is is_within
    assert Channel(place, has_bot=True).is_within_reach
