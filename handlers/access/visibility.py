"""Who may see what: asked by every feature, decided here and nowhere else.

A record belongs to the workspace or to one channel. A private channel's records are shown in that channel, or
privately to someone who is a member of it now. Guests and people of other organisations see only what belongs to
the channels that they share.
"""

from collections.abc import Awaitable, Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial

from handlers.slack.directory import Directory
from handlers.slack.interactions import BlockAction, Interaction, Shortcut, ViewSubmission
from storage.engine.interface import WORKSPACE
from storage.workspaces.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """What may be shown in answer to an interaction: the records of these visibilities and no others.

    ``shown_to_all`` is the part that may be shown to everybody in the conversation. ``home`` asks which visibility a
    record made by this interaction gets.
    """

    visibilities: tuple[str, ...]
    shown_to_all: tuple[str, ...]
    home: Callable[[], Awaitable[str]]

    @property
    def is_limited(self) -> bool:
        """Tell whether the workspace's own records are hidden here."""
        return WORKSPACE not in self.visibilities


async def viewpoint(interaction: Interaction, directory: Directory, workspace: Workspace) -> Viewpoint | None:
    """Return what the person who made the interaction may be shown there; None when Slack does not say who they are."""
    person = await directory.person(interaction.team_id, interaction.user_id)
    if person is None:
        return None
    if isinstance(interaction, BlockAction | ViewSubmission | Shortcut) and interaction.place.channel_id:
        interaction = replace(interaction, place=await directory.described(interaction.team_id, interaction.place))
    places = frozenset(workspace.places)
    here = places & {interaction.place.channel_id}
    everyones = set() if person.is_guest or interaction.place.is_shared else {WORKSPACE}
    home = partial(_home_of, interaction, directory, is_limited=not everyones)
    if not interaction.is_private:
        return Viewpoint(_ordered(here | everyones), _ordered(here | everyones), home)
    own = set() if person.is_guest else {WORKSPACE}
    elsewhere = places - here
    if elsewhere:
        elsewhere &= await directory.private_channels(interaction.team_id, interaction.user_id)
    return Viewpoint(_ordered(here | own | elsewhere), _ordered(here | everyones), home)


async def visible_alone(directory: Directory, workspace: Workspace, user_id: str) -> tuple[str, ...]:
    """Return what a person may be shown where nobody else reads: the Home, or a summary of their own."""
    person = await directory.person(workspace.team_id, user_id)
    if person is None or person.is_guest:
        return ()
    places = frozenset(workspace.places)
    private = await directory.private_channels(workspace.team_id, user_id) if places else frozenset()
    return (WORKSPACE, *sorted(places & private))


def may_hear(members: frozenset[str] | None, user_id: str) -> bool:
    """Tell whether somebody may be told of a record, by the members of its channel; with None everybody may."""
    return members is None or user_id in members


async def _home_of(interaction: Interaction, directory: Directory, *, is_limited: bool) -> str:
    """Return the workspace only for what comes from an open channel and from a member; else the channel."""
    if is_limited:
        return interaction.place.channel_id
    place = await directory.described(interaction.team_id, interaction.place)
    return WORKSPACE if place.openness == "public" and not place.is_shared else interaction.place.channel_id


def _ordered(visibilities: AbstractSet[str]) -> tuple[str, ...]:
    return tuple(sorted(visibilities))
