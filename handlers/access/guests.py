"""Where guests read: what is said to all in such a channel leaves out the workspace's records."""

import asyncio

from handlers.slack.directory import Directory
from handlers.slack.interactions import Place
from storage.engine.interface import Database
from storage.workspaces import preferences

#: What an admin's permission for a channel is kept as.
ALLOWED = "yes"


async def has_guests(directory: Directory, team_id: str, channel_id: str) -> bool | None:
    """Tell whether guests, or people of other organisations, read a channel; None where Slack does not say."""
    guests, described = await asyncio.gather(directory.guests(team_id), directory.described(team_id, Place(channel_id)))
    # Who is in a channel is asked for only where a guest could be.
    are_there = None if guests is None else await directory.has_any(team_id, channel_id, guests)
    return None if are_there is None else described.is_shared or are_there


async def leaves_out(store: Database, directory: Directory, team_id: str, channel_id: str) -> bool | None:
    """Tell whether what is said to all in a channel leaves out the workspace's records; None where Slack does not say.

    It does where guests read and no admin allows it. Alone with the bot nobody else reads.
    """
    if channel_id.startswith("D"):
        return False
    allowed = await store.read(preferences.choice, team_id, channel_id, preferences.GUESTS_READ)
    return False if allowed == ALLOWED else await has_guests(directory, team_id, channel_id)
