"""A door, used: by what Slack sends, or by what an agent asks."""

import json
from dataclasses import dataclass

from bot.local_slack.workspace.state import Json
from handlers.checks.outcomes import Refused
from handlers.framework import tools
from handlers.framework.agents import Agents, Caller
from tests.privacy.askers import Asker, Where
from tests.privacy.pressing import Door, request
from tests.privacy.watching import Shown
from tests.privacy.world import World


@dataclass(frozen=True, slots=True)
class Sent:
    """What was asked, how that ended (``problem``) and should end, and all that was shown; who asks sees the answer."""

    asked: Json
    problem: str
    expected: str
    news: list[Shown]


async def sent(world: World, door: Door, asker: Asker, where: Where) -> Sent:
    if door.way == "agent":
        told: Json | None = await _of_agents(world, door, asker)
        asked, body, problem, expected = json.loads(door.told), told, "", ""
    else:
        request_of = request(world, door, asker, where)
        answer = await world.trial.slack.wire.request(request_of.kind, request_of.payload)
        asked, body, problem, expected = request_of.payload, answer.body, answer.problem, request_of.expected
    await world.trial.quiet()
    shown = [Shown("acknowledged", frozenset({asker.user_id}), body)] if body else []
    return Sent(asked, problem, expected, [*world.watch.news(), *shown])


async def _of_agents(world: World, door: Door, asker: Asker) -> Json:
    """Return what agents are told: of the person, and of a token of theirs for what every member may see."""
    agents, arguments = Agents(world.bot.boundary, world.bot.routes.tools), json.loads(door.told)
    told: Json = {}
    for is_public in (False, True):
        caller = Caller(asker.team_id, asker.user_id, is_public)
        answer = await agents.call(caller, door.route, arguments)
        told[f"public {is_public}"] = (
            answer.told if isinstance(answer, Refused) else [tools.as_text(answer), answer.model_dump(mode="json")]
        )
    return told
