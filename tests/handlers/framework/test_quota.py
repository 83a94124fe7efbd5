"""Where one bot serves many workspaces, one that asks for very much at once keeps no other waiting."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.framework.boundary import Boundary
from handlers.framework.context import Context
from handlers.framework.middleware import Identity, Middleware
from handlers.framework.quota import MOST, Quota
from handlers.framework.routing import Command, Feature, join
from handlers.framework.services import Reach, Services
from handlers.slack.blocks import Message
from handlers.slack.error_messages import TOO_MANY
from handlers.slack.interactions import Ask
from handlers.slack.payloads import Payload
from handlers.slack.replies import Reply, Say
from storage.workspaces.workspaces import connect_workspace
from tests.conftest import START
from tests.writing import write

HARBOUR, QUAY = "T0LOCAL", "T0QUAY"


class Crowd:
    """People of two workspaces, whom a bot for many answers, or for one, once it is ``let_go``."""

    def __init__(self, services: Services, *, is_for_many: bool = True) -> None:
        async def reaching(_team_id: str) -> Reach:
            return Reach(services.slack, services.directory)

        self.let_go, self.came = asyncio.Event(), 0
        waiting = Feature(
            "probe", commands=[Command("define", self._answer, ""), Command("common-ground", self._answer, "")]
        )
        boundary = Boundary(replace(services, reaching=reaching if is_for_many else None))
        self._middleware = Middleware(boundary, join([waiting]), _addressed, "")

    async def _answer(self, _context: Context[Ask]) -> Reply:
        await self.let_go.wait()
        return Reply(Say(Message("answered")))

    async def asks(self, team_id: str) -> str:
        """Return what a slash command is answered."""
        self.came += 1
        told = {"command": "/define", "text": "x", "user_id": "UANA", "channel_id": "CGENERAL", "team_id": team_id}
        return str(json.loads((await self._sends(urlencode({**told, "trigger_id": f"t{self.came}"}))).body)["text"])

    async def mentions(self, team_id: str) -> int:
        event = {"type": "app_mention", "user": "UANA", "channel": "CGENERAL", "ts": "1.1", "text": "<@U0BOT> define x"}
        told = {"type": "event_callback", "event_id": "Ev1", "team_id": team_id, "event": event}
        return (await self._sends(json.dumps(told), {"content-type": ["application/json"]})).status

    async def _sends(self, body: str, headers: dict[str, str | Sequence[str]] | None = None) -> BoltResponse:
        request = AsyncBoltRequest(body=body, headers=headers)
        return await self._middleware.async_process(req=request, resp=BoltResponse(status=404), next=_never)


async def _addressed(body: Payload) -> Identity:
    return Identity(body["team_id"], "", "U0BOT", "B0BOT")


async def _never() -> BoltResponse:
    raise AssertionError("nothing stands behind this")


async def _begun(crowd: Crowd, number: int) -> list[asyncio.Task[str]]:
    tasks = [asyncio.create_task(crowd.asks(HARBOUR)) for _ in range(number)]
    await asyncio.sleep(0)
    return tasks


async def test_what_is_too_much_at_once_in_one_workspace_is_put_off_and_another_is_answered(services: Services) -> None:
    await write(services.store, connect_workspace, QUAY, "Quay", "U0BOT", START)
    crowd = Crowd(services)
    tasks = await _begun(crowd, MOST)
    assert (await crowd.asks(HARBOUR), await crowd.mentions(HARBOUR)) == (TOO_MANY, 503)
    asked = asyncio.create_task(crowd.asks(QUAY))
    crowd.let_go.set()
    assert await asyncio.gather(asked, *tasks) == ["answered"] * (MOST + 1)
    assert (await crowd.asks(HARBOUR), await crowd.mentions(HARBOUR)) == ("answered", 200)


async def test_the_only_workspace_is_answered_however_much_it_asks(services: Services) -> None:
    crowd = Crowd(services, is_for_many=False)
    tasks = await _begun(crowd, MOST + 5)
    crowd.let_go.set()
    assert await asyncio.gather(*tasks) == ["answered"] * (MOST + 5)


def test_a_place_is_free_again_however_it_was_left() -> None:
    quota, found = Quota(most=1), list[bool]()

    def go_wrong() -> None:
        with quota.place("T1") as first, quota.place("T1") as second:
            found.extend((first, second))
            raise ValueError("wrong")

    for _ in range(2):
        with pytest.raises(ValueError, match="wrong"):
            go_wrong()
    assert found == [True, False, True, False]
