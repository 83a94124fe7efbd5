"""Who asks, what they are shown there, and who can be named in a record."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from handlers.access import placement
from handlers.access.permissions import Actor
from handlers.access.recipients import Audience, Facts, audience_of, may_hear
from handlers.framework.context import Context, GoneError
from handlers.slack.interactions import Ask, Interaction
from storage.engine.interface import Reader

#: Slack is asked about so many people before something is said to them; of others the store knows.
_ASKED_AT_ONCE = 20
_THEY_NOT_SEEN = "I can't see them in the channel that this belongs to. Invite them, or try again in a minute."
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asker:
    """A person at an interaction, whom Slack knows. ``visible`` are the visibilities that they are shown there.

    It is private where only they see the answer: what a button, a form or a shortcut shows comes to who used it alone.
    """

    context: Context[Interaction]
    actor: Actor
    visible: tuple[str, ...]

    @property
    def user_id(self) -> str:
        return self.context.user_id

    @property
    def team_id(self) -> str:
        return self.context.team_id

    @property
    def is_private(self) -> bool:
        return is_private(self.context.interaction)

    async def wanted(self, find: Callable[[Reader, str, str, tuple[str, ...]], T | None], name: str, told: str) -> T:
        """Return what a button or a form names, as far as it may be seen. Raises GoneError with what is said then."""
        found = await self.context.read(find, self.team_id, name, self.visible)
        if found is None:
            raise GoneError(told)
        return found

    async def names_of(self, people: Iterable[str]) -> dict[str, str]:
        """Return how people are called, for what everybody reads and for tables."""
        return await self.context.names_of(people)

    async def facts(self, visibility: str, named: Iterable[str] = (), told: Iterable[str] = ()) -> Facts:
        """Ask Slack before a write who may hear of a record, how people are called, and who of those told has left."""
        context, likely = self.context, [each for each in dict.fromkeys(told) if each][:_ASKED_AT_ONCE]
        audience = await audience_of(context.directory, self.team_id, visibility)
        names = await self.names_of([*named, *likely, self.user_id])
        left = await asyncio.gather(*(self.actor.has_left(each) for each in likely))
        admins = await context.directory.admins(self.team_id) | context.admins
        return Facts(
            by=self.user_id,
            now=context.now,
            audience=audience,
            names=names,
            visible=self.visible,
            admins=tuple(sorted(admins)),
            left=frozenset(each for each, has_left in zip(likely, left, strict=True) if has_left),
            is_admin=self.actor.is_admin,
            team_url=context.team_url,
        )

    async def may_hold(self, channel_id: str, visibility: str) -> bool:
        """Tell whether a record may stand in a channel: what is the workspace's not where guests read."""
        is_held = await placement.may_hold(self.context.directory, self.team_id, channel_id, visibility)
        return is_held and not await self.context.is_limited(channel_id, visibility)

    async def unfit(self, user_id: str, audience: Audience) -> str:
        """Say why somebody cannot be named in a record of which these people may hear; empty when they can."""
        if unfit := await self.actor.why_unfit(user_id):
            return unfit
        return "" if may_hear(audience, user_id) else _THEY_NOT_SEEN


A = TypeVar("A", bound=Asker)


async def asking(kind: type[A], context: Context[Interaction]) -> A:
    """Return a feature's view of who asks. Raises UnknownPersonError."""
    visible = await visible_to(context)
    return kind(context, await context.actor(), visible)


async def visible_to(context: Context[Interaction]) -> tuple[str, ...]:
    """Return the visibilities that may stand in what is answered there. Raises UnknownPersonError."""
    viewpoint = await context.viewpoint()
    is_alone = viewpoint.is_alone or is_private(context.interaction)
    return viewpoint.visibilities if is_alone else viewpoint.shown_to_all


def is_private(interaction: Interaction) -> bool:
    return interaction.is_private or not isinstance(interaction, Ask)
