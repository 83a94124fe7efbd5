"""What a request has at hand, made once by the boundary: for what people do in Slack, and for what time asks for."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Concatenate, Generic, ParamSpec, TypeVar

from handlers.access import guests, visibility
from handlers.access.names import names_of
from handlers.access.permissions import Actor, is_admin
from handlers.access.placement import is_away, is_outside, why_outside
from handlers.access.visibility import Viewpoint
from handlers.checks import dates
from handlers.framework.services import Services
from handlers.hooks.offers import CommandHelp, Hooks
from handlers.slack import error_messages
from handlers.slack.directory import Directory
from handlers.slack.interactions import Ask, Interaction
from handlers.slack.replies import Reply
from storage.engine.interface import WORKSPACE, Database, Reader
from storage.workspaces.workspaces import Workspace, stewards_of

I_co = TypeVar("I_co", bound=Interaction, covariant=True)
P = ParamSpec("P")
T = TypeVar("T")


class UnknownPersonError(Exception):
    """Slack does not say who somebody is, so nothing can be shown to them; the boundary tells them."""


class GoneError(Exception):
    """What a button or a form names is gone, or may not be seen there; the boundary says it in these words."""


@dataclass(frozen=True, slots=True)
class WorkspaceContext:
    """What a job or a gatherer has at hand for one workspace, at one moment (UTC)."""

    services: Services
    team_id: str
    now: datetime

    @property
    def store(self) -> Database:
        return self.services.store

    @property
    def directory(self) -> Directory:
        return self.services.directory

    @property
    def hooks(self) -> Hooks:
        return self.services.hooks

    @property
    def admins(self) -> frozenset[str]:
        """Return those whom the setting ADMINS names, besides Slack's own admins."""
        return self.services.admins

    async def names_of(self, people: Iterable[str]) -> dict[str, str]:
        """Return the names of people by user id, as far as the bot or Slack knows them."""
        return await names_of(self.store, self.directory, self.team_id, people)

    async def is_limited(self, channel_id: str, visibility: str = WORKSPACE) -> bool:
        """Tell whether a record is left out of what is said to all in a channel: the workspace's is; in doubt, too."""
        if visibility != WORKSPACE:
            return False
        return await guests.leaves_out(self.store, self.directory, self.team_id, channel_id) is not False

    async def read(self, question: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask the store for a primary key or a short range: ``await context.read(decisions.by_id, team_id, id)``."""
        return await self.services.store.read(question, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Context(WorkspaceContext, Generic[I_co]):
    """What a handler has at hand: what somebody did, and what can be asked about them, once a request."""

    interaction: I_co
    workspace: Workspace
    _actor: list[Actor] = field(default_factory=list, repr=False)
    _viewpoint: list[Viewpoint] = field(default_factory=list, repr=False)

    @property
    def user_id(self) -> str:
        return self.interaction.user_id

    @property
    def command_prefix(self) -> str:
        return self.services.command_prefix

    @property
    def team_url(self) -> str:
        return self.services.team_url

    @property
    def commands(self) -> Mapping[str, CommandHelp]:
        return self.services.hooks.commands

    async def actor(self) -> Actor:
        """Return what the person may do for the workspace."""
        if not self._actor:
            person = await self.directory.person(self.team_id, self.user_id)
            stewards = await self.read(stewards_of, self.team_id)
            may_all = is_admin(person, self.admins)
            self._actor.append(Actor(self.team_id, self.user_id, may_all, stewards, self.admins, self.directory))
        return self._actor[0]

    async def today(self) -> date:
        """Return which day it is for the person, in their time zone."""
        person = await self.directory.person(self.team_id, self.user_id)
        return dates.today(self.now, person.tz if person is not None else "UTC")

    async def viewpoint(self) -> Viewpoint:
        """Return what may be shown in answer. Raises UnknownPersonError."""
        if not self._viewpoint:
            found = await visibility.viewpoint(self.interaction, self.directory, self.workspace)
            if found is None:
                raise UnknownPersonError
            self._viewpoint.append(found)
        return self._viewpoint[0]

    @property
    def doubt(self) -> str:
        """Return what Slack did not say of who reads here, as whoever asked is told it; empty where it said all."""
        return self._viewpoint[0].doubt if self._viewpoint else ""

    @property
    def about(self) -> tuple[str, ...]:
        """Return the visibilities whose records may stand in the answer; nobody leaves a direct message."""
        seen = self._viewpoint[0].visibilities if self._viewpoint else ()
        return tuple([each for each in seen if not each.startswith("D")])

    async def viewpoint_now(self) -> Viewpoint:
        """Return the same, with Slack asked afresh who reads here: before something is shown to everybody."""
        if self.interaction.place.channel_id:
            await self.directory.channel_now(self.team_id, self.interaction.place.channel_id)
            self._viewpoint.clear()
        return await self.viewpoint()

    async def why_not_here(self) -> str:
        """Say why nothing is saved from where this is done; empty where it may be."""
        place = self.interaction.place
        if await is_outside(self.directory, self.team_id, place.channel_id, self.user_id):
            return why_outside(self.directory, self.team_id, place.channel_id)
        is_elsewhere = await is_away(self.directory, self.team_id, place, self.user_id)
        return error_messages.NOT_SEEN_THERE if is_elsewhere else ""


def put_otherwise(context: Context[Ask], text: str) -> Context[Ask]:
    """Return the context of the same question in other words, such as those that are left for a subcommand."""
    ask = context.interaction
    return context if text == ask.text else replace(context, interaction=replace(ask, text=text))


#: Answers one kind of interaction: what a button's handler takes, a command cannot be given.
Handler = Callable[[Context[I_co]], Awaitable[Reply]]
