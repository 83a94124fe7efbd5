"""Where guests read: what is said to all in such a channel leaves out the workspace's records."""

import asyncio

from handlers.slack.directory import Directory
from handlers.slack.interactions import Place
from storage.engine.interface import Database
from storage.workspaces import preferences

#: What an admin's permission for a channel is kept as.
ALLOWED = "yes"


async def has_guests(directory: Directory, team_id: str, channel_id: str) -> bool:
    """Tell whether guests, or people of other organisations, read a channel; yes where Slack does not say."""
    members, guests, described = await asyncio.gather(
        directory.members(team_id, channel_id),
        directory.guests(team_id),
        directory.described(team_id, Place(channel_id)),
    )
    return guests is None or not members or described.is_shared or not members.isdisjoint(guests)


async def is_limited(store: Database, directory: Directory, team_id: str, channel_id: str) -> bool:
    """Tell whether what is said to all in a channel is the channel's own alone: guests read it, and no admin allows it.

    Alone with the bot nobody else reads.
    """
    if channel_id.startswith("D"):
        return False
    allowed = await store.read(preferences.choice, team_id, channel_id, preferences.GUESTS_READ)
    return allowed != ALLOWED and await has_guests(directory, team_id, channel_id)
