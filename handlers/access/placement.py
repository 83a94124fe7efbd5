"""Where a decision may be written down, and who sees it there."""

from enum import Enum, auto

from handlers.access.visibility import Viewpoint
from handlers.slack import error_messages
from handlers.slack.directory import Directory
from handlers.slack.interactions import BlockAction, Place, Shortcut
from storage.engine.interface import WORKSPACE


class Placed(Enum):
    """How the bot stands to a conversation: in it or in the open, alone with one person, or outside of it."""

    HERE = auto()
    ALONE = auto()
    OUTSIDE = auto()


async def placed(directory: Directory, team_id: str, channel_id: str, user_id: str) -> Placed:
    """Say how the bot stands to a conversation; what belongs to a private one that it is not in, it could not keep."""
    if not channel_id:
        return Placed.ALONE
    if channel_id.startswith("D"):
        is_own = await directory.is_own_direct(team_id, user_id, channel_id)
        return Placed.ALONE if is_own else Placed.OUTSIDE
    channel = await directory.channel_now(team_id, channel_id)
    return Placed.HERE if channel.is_within_reach else Placed.OUTSIDE


async def is_outside(directory: Directory, team_id: str, channel_id: str, user_id: str) -> bool:
    """Tell whether nothing may be kept of a conversation; Slack is asked only where it has not said better lately."""
    known = None if is_alone(channel_id) else directory.channel_known(team_id, channel_id)
    if known is not None and known.is_within_reach:
        return False
    return await placed(directory, team_id, channel_id, user_id) is Placed.OUTSIDE


def why_outside(directory: Directory, team_id: str, channel_id: str) -> str:
    """Say why nothing is kept of a conversation that the bot is outside of, or that Slack has just not described."""
    is_known = is_alone(channel_id) or directory.channel_known(team_id, channel_id) is not None
    return error_messages.NOT_IN_IT if is_known else error_messages.NO_WORD_OF_IT


def is_alone(channel_id: str) -> bool:
    """Tell whether somebody is alone with the bot there; nothing is saved from where other people talk without it."""
    return not channel_id or channel_id.startswith("D")


async def is_away(directory: Directory, team_id: str, place: Place, user_id: str) -> bool:
    """Tell whether somebody is not in the conversation in which they seem to write; in doubt they are not.

    A form may have been open for days, and a form or a button can be made to name any place.
    """
    if not place.channel_id or place.channel_id.startswith("D"):
        return False
    is_open = (await directory.described(team_id, place)).is_open
    return not is_open and not await directory.is_member(team_id, user_id, place.channel_id)


async def visibility_at(directory: Directory, team_id: str, channel_id: str, viewpoint: Viewpoint) -> str:
    """Return who sees what is decided there: the workspace where it is in the open, else the channel alone."""
    if viewpoint.is_limited:
        return channel_id
    if is_alone(channel_id):
        return WORKSPACE
    return WORKSPACE if (await directory.channel_now(team_id, channel_id)).place.is_open else channel_id


async def may_hold(directory: Directory, team_id: str, channel_id: str, visibility: str) -> bool:
    """Tell whether a record may stand in a channel: what is everybody's in an open one that no outsiders read.

    What belongs to a channel stands there and nowhere else. The bot has to be in it, and it must not be archived.
    """
    if not channel_id:
        return False
    channel = await directory.channel_now(team_id, channel_id)
    if not channel.has_bot or visibility != WORKSPACE:
        return channel.has_bot and channel_id == visibility
    return channel.place.is_open


async def has_bot(directory: Directory, press: BlockAction | Shortcut) -> bool:
    """Tell whether the bot is in the conversation where somebody pressed, so that it can say something of its own."""
    channel_id = press.place.channel_id
    if channel_id.startswith("D"):
        return bool(await directory.is_own_direct(press.team_id, press.user_id, channel_id))
    return await directory.has_bot(press.team_id, channel_id)
