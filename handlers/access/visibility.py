"""Who may see what: asked by every feature, decided here and nowhere else.

A record belongs to the workspace or to one channel. A private channel's records are shown in that channel, or
privately, to someone who is a member of it now, whatever a button or a form says of where it stands. Guests and people
of other organisations see only what belongs to the channels that they share.
"""

import asyncio
from collections.abc import Awaitable, Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial

from handlers.slack import error_messages
from handlers.slack.channels import Belonging
from handlers.slack.directory import Directory
from handlers.slack.interactions import Ask, Interaction, Place, SlackEvent
from storage.engine.interface import WORKSPACE
from storage.workspaces.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """What may be shown in answer to an interaction: the records of these visibilities and no others.

    ``shown_to_all`` is the part that may be shown to everybody in the conversation. ``home`` asks which visibility a
    record made by this interaction gets. Where nobody else reads what is said there, it ``is_alone``. ``doubt`` tells
    whoever asked what Slack does not say, so that something may be left out.
    """

    visibilities: tuple[str, ...]
    shown_to_all: tuple[str, ...]
    home: Callable[[], Awaitable[str]]
    is_alone: bool = False
    doubt: str = ""

    @property
    def is_limited(self) -> bool:
        """Tell whether the workspace's own records are hidden here."""
        return WORKSPACE not in self.visibilities


@dataclass(frozen=True, slots=True)
class Alone:
    """What somebody may be shown where nobody else reads, and what Slack does not say, so that some may be left out."""

    visibilities: tuple[str, ...] = ()
    doubt: str = ""


_NOWHERE = Belonging()


async def viewpoint(interaction: Interaction, directory: Directory, workspace: Workspace) -> Viewpoint | None:
    """Return what the person who made the interaction may be shown there.

    None where Slack does not say who they are, or says that they are deactivated.
    """
    team_id, places, told = interaction.team_id, frozenset(workspace.places), interaction.place
    at = frozenset([told.channel_id])
    is_with_bot = bool(places) and not interaction.is_private and await _is_with_the_bot_alone(interaction, directory)
    is_private = interaction.is_private or bool(is_with_bot)
    asked = places if is_private else places & at
    person, place = directory.person_known(team_id, interaction.user_id), told
    if person is not None and _is_told(interaction):
        mine = await _belongs(interaction, directory, asked) if asked else _NOWHERE
    else:
        # Side by side, since Slack waits for all.
        person, place, mine = await asyncio.gather(
            directory.person(team_id, interaction.user_id),
            _place_of(interaction, directory),
            _belongs(interaction, directory, asked),
        )
    if person is None or person.has_left:
        return None
    interaction = interaction if place is told else replace(interaction, place=place)
    here, everyones = mine.places & at, set() if person.is_guest or place.is_shared else {WORKSPACE}
    own = set() if person.is_guest else {WORKSPACE}
    home = partial(_home_of, interaction, directory, is_limited=not everyones)
    shown = mine.places | own if is_private else here | everyones
    unknown = mine.unknown if is_with_bot is not None else mine.unknown | at
    is_known = directory.channel_known(team_id, told.channel_id) is not None
    is_described = place is told or is_known or told.channel_id.startswith("D")
    doubt = _doubt(unknown, told.channel_id, is_described=is_described, is_shut_out=at <= mine.shut)
    return Viewpoint(_ordered(shown), _ordered(here | everyones), home, is_private, doubt)


def _doubt(unknown: frozenset[str], here: str, *, is_described: bool, is_shut_out: bool = False) -> str:
    """Say what Slack does not say of where somebody is; empty where it says all that was asked."""
    if not is_described:
        return error_messages.WHAT_IS_THIS
    if here in unknown and not here.startswith("D"):
        return error_messages.WHO_IS_HERE
    if is_shut_out:
        return error_messages.NOT_IN_IT_TO_SHOW
    return error_messages.WHERE_ARE_YOU if unknown else ""


async def _place_of(interaction: Interaction, directory: Directory) -> Place:
    """Return where it was done."""
    if _is_told(interaction):
        return interaction.place
    return await directory.described(interaction.team_id, interaction.place)


def _is_told(interaction: Interaction) -> bool:
    """Tell whether Slack's payload says enough of where it was done: of a command or a mention it does."""
    return isinstance(interaction, Ask | SlackEvent) or not interaction.place.channel_id


async def _belongs(interaction: Interaction, directory: Directory, places: frozenset[str]) -> Belonging:
    """Return in which places the person is now."""
    at = frozenset([interaction.place.channel_id])
    elsewhere = directory.belongs(interaction.team_id, interaction.user_id, places - at)
    if not places & at:
        return await elsewhere
    here, others = await asyncio.gather(_belongs_at(interaction, directory), elsewhere)
    return Belonging(others.places | here.places, others.unknown | here.unknown, here.shut)


async def _is_with_the_bot_alone(interaction: Interaction, directory: Directory) -> bool | None:
    """Tell whether nobody else reads there, in a person's own direct messages with the bot; None where nobody knows."""
    at = interaction.place.channel_id
    return at.startswith("D") and await directory.is_own_direct(interaction.team_id, interaction.user_id, at)


async def _belongs_at(interaction: Interaction, directory: Directory) -> Belonging:
    """Return whether the person is where they seem to be; of direct messages only the bot's own with them counts."""
    team_id, user_id, at = interaction.team_id, interaction.user_id, interaction.place.channel_id
    if not at.startswith("D"):
        return await directory.belongs_now(team_id, user_id, at)
    is_own, here = await _is_with_the_bot_alone(interaction, directory), frozenset([at])
    return Belonging(unknown=here) if is_own is None else Belonging(here if is_own else frozenset())


async def visible_alone(directory: Directory, workspace: Workspace, user_id: str) -> Alone:
    """Return what a person may be shown where nobody else reads: the Home, or a summary of their own."""
    person = await directory.person(workspace.team_id, user_id)
    if person is None or person.is_guest:
        return Alone()
    found = await directory.belongs(workspace.team_id, user_id, workspace.places)
    return Alone((WORKSPACE, *sorted(found.places)), _doubt(found.unknown, "", is_described=True))


def may_hear(members: frozenset[str] | None, user_id: str) -> bool:
    """Tell whether somebody may be told of a record, by the members of its channel; with None everybody may."""
    return members is None or user_id in members


async def _home_of(interaction: Interaction, directory: Directory, *, is_limited: bool) -> str:
    """Return the workspace only for what comes from an open channel and from a member; else the channel."""
    if is_limited:
        return interaction.place.channel_id
    place = await directory.described(interaction.team_id, interaction.place, afresh=True)
    return WORKSPACE if place.is_open else interaction.place.channel_id


def _ordered(visibilities: AbstractSet[str]) -> tuple[str, ...]:
    return tuple(sorted(visibilities))
