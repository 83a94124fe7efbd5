"""Answers agents with the rights of their person: the same viewpoint, guard and look-ups as in Slack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s

from pydantic import ValidationError

from handlers.access.permissions import Actor
from handlers.access.recipients import Destination, post
from handlers.access.visibility import Viewpoint
from handlers.checks.outcomes import Refused
from handlers.framework import tools
from handlers.framework.boundary import Boundary
from handlers.framework.caught import Caught
from handlers.framework.context import Context, GoneError, UnknownPersonError
from handlers.framework.services import Services
from handlers.framework.tools import Answer, AnyTool, Proposed
from handlers.slack.cache import Waiting, waiting
from handlers.slack.hearing import catch_up
from handlers.slack.interactions import Ask, Place
from storage.engine.interface import WORKSPACE, Transaction
from storage.outbox import claims, deliveries
from storage.workspaces.workspaces import Workspace, hold

#: An agent waits longer than Slack does for an acknowledgement, and is told then what Slack did not say.
_PATIENCE = Waiting(5.0, 10.0)
_NOT_INSTALLED = Refused("Common Ground isn't installed in that workspace.")
_NOBODYS = Refused("This token is bound to nobody, so there is nobody to confirm that.")
_SENT_ALREADY = Refused("That was sent to your person already; they haven't confirmed it yet, or have.")
#: So many messages an hour are sent to somebody for their agents.
_AN_HOUR = 10
_TOO_MUCH = Refused(f"Your person was sent {_AN_HOUR} such messages this hour. Try again in an hour.")
#: Nothing is said in a place: what a person asks alone is told to nobody else.
_NOWHERE = Place("", "private")


@dataclass(frozen=True, slots=True)
class Caller:
    """In whose name an agent asks (a user id of a workspace).

    ``is_public``: what it asks is answered as for nobody, with what every member may see, as long as whoever made its
    token is one. Without a user id the machine's owner asks, who has the store.
    """

    team_id: str
    user_id: str
    is_public: bool = False


class Agents:
    """Runs tools for callers, and returns their answers, or why there is none."""

    def __init__(self, boundary: Boundary, offered: Sequence[AnyTool]) -> None:
        self._boundary = boundary
        self.tools = {each.name: each for each in offered}

    async def call(self, caller: Caller, name: str, arguments: Mapping[str, object]) -> Answer | Refused:
        """Answer what an agent asks of a tool."""
        tool = self.tools.get(name)
        if tool is None:
            return Refused(f"There is no tool {tools.plain(name, 60)}.")
        try:
            asked = tool.takes.model_validate(arguments)
        except ValidationError as error:
            return Refused(_why_invalid(error))
        with waiting(_PATIENCE):
            done = await self._boundary.guarded(self._answered(caller, tool, asked))
        return Refused(done.sentence) if isinstance(done, Caught) else done

    async def _answered(self, caller: Caller, tool: AnyTool, asked: tools.Arguments) -> Answer | Refused:
        services = await self._boundary.services.at(caller.team_id)
        if services is None:
            return _NOT_INSTALLED
        await catch_up(services.store, services.directory, caller.team_id)
        known = await self._boundary.workspace_of(caller.team_id)
        if known is None or known.uninstalled_at:
            return _NOT_INSTALLED
        context = await _begun(services, caller, known)
        if tool.proposes and (refused := await _why_not(context)):
            return refused
        try:
            told = await tool.run(context, asked)
        except GoneError as error:
            return Refused(f"{error} {context.doubt}".strip())
        if isinstance(told, Proposed):
            return await _sent(context, told)
        return tools.in_doubt(told, context.doubt)


async def _sent(context: Context[Ask], proposed: Proposed) -> Answer | Refused:
    """Send a person what their agent would have them do, unless they were sent much already, or just this."""
    team_id, user_id, now = context.team_id, context.user_id, context.now
    message = post(Destination(team_id, user_id), proposed.message, now)
    hour = [_name(user_id, f"{now:%Y-%m-%dT%H}", str(place)) for place in range(_AN_HOUR)]

    def write(transaction: Transaction) -> Answer | Refused:
        if not hold(transaction, team_id):
            return _NOT_INSTALLED
        this = (_name(user_id, str(message.body)),)
        if not claims.claim(transaction, team_id, this, now):
            return _SENT_ALREADY
        if not any(claims.claim(transaction, team_id, (each,), now) for each in hour):
            claims.unclaim(transaction, team_id, this)
            return _TOO_MUCH
        deliveries.add(transaction, [message], context.services.origin())
        return proposed.answer

    return await context.store.write(write)


def _name(*told: str) -> str:
    """Return the name of something that happens once, in which nobody is named."""
    return f"agent:{blake2s(chr(0).join(told).encode(), digest_size=12).hexdigest()}"


async def _begun(services: Services, caller: Caller, known: Workspace) -> Context[Ask]:
    """Return what a tool has at hand. Raises UnknownPersonError for who may see nothing."""
    team_id, now = caller.team_id, services.now()
    context = Context(services, team_id, now, Ask(team_id, caller.user_id, _NOWHERE, "", ()), known)
    if not caller.is_public:
        await context.viewpoint()
        return context
    if caller.user_id and WORKSPACE not in (await context.viewpoint()).visibilities:
        raise UnknownPersonError
    nobody = Actor(team_id, "", is_admin=False, stewards=(), admins=frozenset(), directory=services.directory)
    everyones = Viewpoint((WORKSPACE,), (WORKSPACE,), _no_home, is_alone=True)
    interaction = replace(context.interaction, user_id="")
    return Context(services, team_id, now, interaction, known, [nobody], [everyones])


async def _why_not(context: Context[Ask]) -> Refused | None:
    """Say why nothing is proposed in somebody's name; None where it may be."""
    return await (await context.actor()).why_barred() if context.user_id else _NOBODYS


async def _no_home() -> str:
    return ""


def _why_invalid(error: ValidationError) -> str:
    """Say what is wrong with the arguments, without repeating them."""
    told = error.errors(include_url=False, include_input=False, include_context=False)
    named = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'arguments'}: {each['msg']}" for each in told[:5])
    return tools.plain(f"I can't read that: {named}.")
