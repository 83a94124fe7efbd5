"""Where Bolt hands over: what was asked finds its handler, and every request gets an answer."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.framework.boundary import Boundary
from handlers.framework.context import Context
from handlers.framework.middleware import Identity, Middleware
from handlers.framework.routing import Command, Feature, Phrase, join
from handlers.framework.services import Services
from handlers.slack import error_messages
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say
from storage.engine.interface import StoreUnavailableError
from storage.outbox import backlog, deliveries, lanes
from tests.conftest import START

TEAM = "T0LOCAL"
OUTDATED = "This is from an older version of me and no longer works. Start again with its command."
Says = Callable[[Context[Ask]], Awaitable[Reply]]


def says(name: str) -> Says:
    async def handler(context: Context[Ask]) -> Reply:
        return Reply(Say(Message(f"{name}: {context.interaction.text}")))

    return handler


PROBE = Feature(
    "probe",
    commands=[
        Command("define", says("define"), "", takes_names=True, subcommands={"list": says("list"), "all": says("all")}),
        Command("decision", says("decision"), "", subcommands={"list": says("list"), "health": says("health")}),
        Command("common-ground", says("help"), ""),
    ],
    phrases=[Phrase(re.compile(r"what does (?P<text>.+) mean\?"), "define", "all")],
)


@pytest.fixture
def middleware(services: Services) -> Middleware:
    identity = Identity(TEAM, "Harbour", "U0BOT", "B0BOT")
    return Middleware(Boundary(services), join([PROBE]), identity.addressed_by, "cg-")


async def never() -> BoltResponse:
    raise AssertionError("nothing stands behind this")


async def pass_on(middleware: Middleware, body: Mapping[str, Any]) -> BoltResponse:
    request = AsyncBoltRequest(body=json.dumps(body), headers={"content-type": ["application/json"]})
    return await middleware.async_process(req=request, resp=BoltResponse(status=404), next=never)


async def told(middleware: Middleware, command: str, text: str) -> str:
    """Return what a slash command is answered."""
    body = {"command": command, "text": text, "user_id": "UANA", "channel_id": "CGENERAL", "trigger_id": text}
    request = AsyncBoltRequest(body=urlencode(body))
    answer = await middleware.async_process(req=request, resp=BoltResponse(status=404), next=never)
    assert answer.status == 200
    return str(json.loads(answer.body)["text"])


@pytest.mark.parametrize(
    ("command", "text", "answer"),
    [
        ("/cg-define", "drift", "define: drift"),
        ("/define", "drift", "define: drift"),
        ("/cg-decision", "HEALTH of it", "health: of it"),
        (
            "/cg-decision",
            "helth",
            "I don't know that. Did you mean /cg-decision health? If not, add a few words.",
        ),
        ("/cg-decision", "helth of it", "decision: helth of it"),
        ("/cg-define", "lits", "define: lits"),
        ("/cg-zugzwang", "drift", "help: drift"),
    ],
)
async def test_a_command_finds_its_handler_and_a_slip_of_the_hand_is_asked_about(
    middleware: Middleware, command: str, text: str, answer: str
) -> None:
    assert await told(middleware, command, text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<@U0BOT> what does drift mean?", "all: drift"),
        ("<@U0BOT> decision health of it", "health: of it"),
        ("<@U0BOT> cg-decision health of it", "health: of it"),
        (
            "<@U0BOT> decision helth",
            "I don't know that. Did you mean /cg-decision health? If not, add a few words.",
        ),
        ("<@U0BOT> please help me", "help: help"),
    ],
)
async def test_a_mention_finds_its_handler_and_is_answered_in_its_thread(
    middleware: Middleware, services: Services, text: str, answer: str
) -> None:
    event = {"type": "app_mention", "user": "UANA", "channel": "CGENERAL", "ts": "1.1", "text": text}
    answered = await pass_on(middleware, {"type": "event_callback", "event_id": "Ev1", "event": event})
    assert (answered.status, answered.body) == (200, "")
    (said,) = services.store.reader.all("SELECT id FROM outbox")
    row = deliveries.delivery(services.store.reader, said["id"])
    assert row is not None
    assert row.body == {"channel": "CGENERAL", "thread_ts": "1.1", "text": answer}


@pytest.mark.parametrize(("text", "answer"), [("thanks", "You're welcome."), ("sing a song", "I didn't get that.")])
async def test_a_mention_that_asks_for_nothing_is_answered_to_who_wrote_it_alone(
    middleware: Middleware, services: Services, text: str, answer: str
) -> None:
    event = {"type": "app_mention", "user": "UANA", "channel": "CGENERAL", "ts": "1.1", "text": f"<@U0BOT> {text}"}
    await pass_on(middleware, {"type": "event_callback", "event_id": "Ev1", "event": event})
    (row,) = services.store.reader.all("SELECT act, lane, body FROM outbox")
    assert (row["act"], row["lane"]) == ("whisper", "UANA")
    assert json.loads(row["body"])["text"].startswith(answer)


async def test_a_button_or_a_form_of_an_older_version_says_so(middleware: Middleware, services: Services) -> None:
    url = "http://127.0.0.1:1/respond/1"
    pressed = {
        "type": "block_actions",
        "user": {"id": "UANA"},
        "trigger_id": "1",
        "response_url": url,
        "container": {"is_ephemeral": True, "message_ts": "1.2"},
        "channel": {"id": "CGENERAL", "name": "general"},
        "actions": [{"type": "button", "action_id": "of_old:3", "value": "x"}],
    }
    assert (await pass_on(middleware, pressed)).status == 200
    (row,) = services.store.reader.all("SELECT lane, body FROM outbox")
    assert (row["lane"], json.loads(row["body"])["text"]) == (url, OUTDATED)
    view = {"id": "V1", "hash": "h1", "callback_id": "of_old", "state": {"values": {}}, "private_metadata": ""}
    answered = await pass_on(middleware, {"type": "view_submission", "user": {"id": "UANA"}, "view": view})
    shown = json.loads(answered.body)["view"]["blocks"]
    assert shown == [{"type": "section", "text": {"type": "mrkdwn", "text": OUTDATED}}]


async def test_slack_is_shown_that_the_address_is_ours(middleware: Middleware) -> None:
    answered = await pass_on(middleware, {"type": "url_verification", "challenge": "abc"})
    assert (answered.status, json.loads(answered.body)) == (200, {"challenge": "abc"})


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback", "event_id": "Ev1", "event": {"type": "team_join", "user": {"id": "UANA"}}},
        {"type": "event_callback", "event_id": "Ev1", "event": {"type": "message", "subtype": "channel_join"}},
        {"type": "workflow_step_edit"},
    ],
)
async def test_what_no_feature_listens_to_is_acknowledged_and_nothing_is_said(
    middleware: Middleware, services: Services, body: Mapping[str, Any]
) -> None:
    answered = await pass_on(middleware, body)
    assert (answered.status, answered.body) == (200, "")
    assert backlog.count_open(services.store.reader) == 0
    event = {"type": "app_mention", "user": "UANA", "channel": "CGENERAL", "ts": "1.1", "text": "<@U0BOT> hello"}
    await pass_on(middleware, {"type": "event_callback", "event_id": "Ev1", "event": event})
    assert lanes.due(services.store.reader, START) == ([], lanes.BEGIN)
    assert backlog.count_open(services.store.reader) == 1


@pytest.mark.parametrize(
    "body", [{"type": "event_callback"}, {"type": "block_actions", "actions": []}, {"type": "shortcut"}]
)
async def test_what_slack_does_not_document_is_refused_and_is_no_bug_of_ours(
    middleware: Middleware, body: Mapping[str, Any]
) -> None:
    answered = await pass_on(middleware, body)
    assert (answered.status, answered.body) == (400, "the body is not what Slack sends")


async def test_where_the_store_does_not_say_whose_a_request_is_people_are_told_so_and_events_come_again(
    services: Services,
) -> None:
    async def away(_: object) -> Identity | None:
        raise StoreUnavailableError("locked")

    middleware = Middleware(Boundary(services), join([PROBE]), away, "cg-")
    assert await told(middleware, "/define", "drift") == error_messages.STORE_DOWN
    said = {"type": "app_mention", "user": "UANA", "text": "<@U0BOT> drift", "channel": "CGENERAL", "ts": "1.2"}
    mention = {"type": "event_callback", "event_id": "Ev1", "team_id": TEAM, "event": said}
    assert (await pass_on(middleware, mention)).status == 503
    assert (await pass_on(middleware, {**mention, "event": {**said, "ts": {}}})).status == 400
