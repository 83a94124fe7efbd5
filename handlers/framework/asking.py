"""Who makes a gesture, what they are shown there, and who can be named in a record."""

from dataclasses import dataclass, field
from typing import TypeVar

from handlers.access.permissions import Acting
from handlers.access.visibility import Viewpoint, may_hear
from handlers.framework.routing import Means
from handlers.slack.interactions import Ask, Press, Shortcut, Submission
from storage.engine.interface import Reader

NOT_SEEN_THERE = "I cannot see you in the channel that this belongs to. Join it, or try again in a minute."
_THEY_NOT_SEEN = "I cannot see them in the channel that this belongs to. Invite them, or try again in a minute."


@dataclass(frozen=True, slots=True)
class Asking:
    """A person at a gesture. ``visible`` are the visibilities of which they are shown records there."""

    means: Means
    acting: Acting
    user_id: str
    visible: tuple[str, ...]
    team_url: str = ""
    is_private: bool = field(default=True)

    @property
    def reader(self) -> Reader:
        return self.means.store.reader

    async def unfit(self, user_id: str, members: frozenset[str] | None) -> str:
        """Say why somebody cannot be named in a record whose channel has these members; empty when they can."""
        if unfit := await self.acting.why_unfit(user_id):
            return unfit
        return "" if may_hear(members, user_id) else _THEY_NOT_SEEN


A = TypeVar("A", bound=Asking)


def asking(
    kind: type[A], gesture: Ask | Press | Submission | Shortcut, viewpoint: Viewpoint, acting: Acting, means: Means
) -> A:
    """Say who asks; what a button, a form or a shortcut shows comes to who used it alone, wherever it stands."""
    is_private = gesture.is_private or not isinstance(gesture, Ask)
    visible = viewpoint.visibilities if is_private else viewpoint.shown_to_all
    return kind(means, acting, gesture.user_id, visible, is_private=is_private)
