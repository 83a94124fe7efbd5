"""A door, used: by what Slack sends, by what an agent asks, or by what a program reports."""

import json
from dataclasses import dataclass

from aiohttp import ClientSession

from bot.local_slack.workspace.state import Json
from handlers.agreements.reported import named
from handlers.checks.outcomes import Refused
from handlers.framework import tools
from handlers.framework.agents import Agents, Caller
from handlers.framework.caught import Caught
from handlers.framework.reports import Reports
from handlers.hooks.reports import Target
from handlers.reports.service import follow
from storage.engine.interface import to_text
from storage.records.ids import new_id
from storage.workspaces import webhooks
from storage.workspaces.webhooks import Webhook
from tests.privacy.askers import Asker, Where
from tests.privacy.pressing import Door, request
from tests.privacy.seed import BELONGS, TEAM
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
    elif door.way == "report":
        told = await _of_reports(world, door, asker)
        asked, body, problem, expected = json.loads(door.told), told, "", ""
    else:
        request_of = request(world, door, asker, where)
        answer = await world.trial.slack.wire.request(request_of.kind, request_of.payload)
        asked, body, problem, expected = request_of.payload, answer.body, answer.problem, request_of.expected
    await world.trial.quiet()
    shown = [Shown("acknowledged", frozenset({asker.user_id}), body)] if body else []
    return Sent(asked, problem, expected, [*world.watch.news(), *shown])


async def _of_reports(world: World, door: Door, asker: Asker) -> Json:
    """Return what a program is told: with a web hook of the record where the person sees it, else of an open one.

    Who sees none of them has no secret.
    """
    place = BELONGS["w" if door.about in asker.hidden else door.about]
    target = _target(world, door.route.rpartition(" ")[0], place)
    if target is None:
        return {}
    about = {"team_id": TEAM, "target_kind": target.kind, "target_id": target.id, "made_by": asker.user_id}
    sealed = {"sealed": "", "sealed_by": "", "created_at": to_text(world.bot.clock.now())}
    webhook = Webhook.model_validate({"id": new_id(), **about, **sealed})
    await world.bot.store.write(lambda transaction: webhooks.add(transaction, webhook))
    door_of = Reports(world.bot.boundary, world.bot.routes.reports, follow)
    if "w" in asker.hidden:
        answered = await _unsigned(world, webhook, door.told)
    else:
        answer = await door_of.take(webhook, "once", json.loads(door.told))
        answered = answer.sentence if isinstance(answer, Caught) else getattr(answer, "told", "")
    await world.bot.store.write(lambda transaction: webhooks.end(transaction, TEAM, webhook.id))
    return {"answered": answered}


async def _unsigned(world: World, webhook: Webhook, body: str) -> str:
    url = f"http://127.0.0.1:{world.bot.port}/hooks/{webhook.id}"
    async with ClientSession() as session, session.post(url, data=body) as got:
        return f"{got.status} {await got.text()}"


def _target(world: World, kind: str, place: str) -> Target | None:
    """Return a model, or a data request, of a place."""
    reader = world.bot.store.reader
    sql = (
        "SELECT id FROM components WHERE kind = 'model'"
        if kind == "component"
        else "SELECT number AS id FROM data_requests"
    )
    where = "AND" if kind == "component" else "WHERE thread <> '' AND"
    rows = reader.all(f"{sql} {where} visibility = :place ORDER BY created_at, id", place=place)
    found = [target for row in rows for target in named(reader, TEAM, row["id"], None)]
    return found[0] if found else None


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
