"""The events by which Slack tells of changes in people and conversations."""

from collections.abc import Mapping
from typing import Any

PEOPLE = ("user_change", "team_join")
#: What replicas tell one another of who was deactivated; Slack has no event of this name.
LEFT = "user_left"
#: Somebody has come into a conversation.
JOINED = "member_joined_channel"
#: The events after which Slack is asked anew what a conversation is and who is in it.
PLACES = (
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "channel_shared",
    "channel_unarchive",
    "channel_unshared",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    JOINED,
)
#: The events that keep exact what is known: https://docs.slack.dev/reference/events
HEARD = (*PEOPLE, *PLACES, "member_left_channel", "team_access_revoked")


def named_in(event: Mapping[str, Any]) -> list[str]:
    """Return the conversations that an event is about; a renamed one is described whole."""
    told = [event.get(name) for name in ("channel", "old_channel_id", "new_channel_id")]
    return [str(each["id"] if isinstance(each, dict) else each) for each in told if each]
