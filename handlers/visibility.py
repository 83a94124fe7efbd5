"""Who may see what: asked by every feature, decided here and nowhere else.

A record belongs to the workspace or to one channel. A private channel's records are shown in that channel, or
privately to someone who is a member of it now. Guests and people of other organisations see only what belongs to
the channels that they share.
"""

from dataclasses import dataclass

from handlers.directory import Directory
from handlers.gestures import Gesture
from storage.database import WORKSPACE
from storage.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """What may be shown in answer to a gesture: the records of these visibilities and no others.

    ``shown_to_all`` is the part that may be shown to everybody in the conversation; ``home`` is the visibility that
    a record made by this gesture gets.
    """

    visibilities: tuple[str, ...]
    shown_to_all: tuple[str, ...]
    home: str

    @property
    def is_limited(self) -> bool:
        """Tell whether the workspace's own records are hidden here."""
        return WORKSPACE not in self.visibilities


async def viewpoint(gesture: Gesture, directory: Directory, workspace: Workspace) -> Viewpoint | None:
    """Return what the person who made the gesture may be shown there; None when Slack does not say who they are."""
    person = await directory.person(gesture.team_id, gesture.user_id)
    if person is None:
        return None
    here = gesture.place.channel_id
    shown_to_all = (here,) if person.is_guest or gesture.place.is_shared else (WORKSPACE, here)
    visible = {here} if person.is_guest else {WORKSPACE, here}
    if gesture.is_private:
        visible |= await _other_private_places(gesture, directory, workspace)
    else:
        visible &= set(shown_to_all)
    is_limited = WORKSPACE not in visible
    is_open = not is_limited and await directory.openness(gesture.team_id, gesture.place) == "public"
    return Viewpoint(tuple(sorted(visible)), shown_to_all, WORKSPACE if is_open else here)


async def _other_private_places(gesture: Gesture, directory: Directory, workspace: Workspace) -> frozenset[str]:
    places = frozenset(workspace.private_places) - {gesture.place.channel_id}
    if not places:
        return frozenset()
    return places & await directory.private_channels(gesture.team_id, gesture.user_id)
