"""Signed HTTP: what is not Slack's is refused with a 4xx, probes answer, and nothing is a 500."""

import io
import json
import time
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.local_slack.wire.delivery import signature
from bot.transport.http import EVENTS_PATH, HttpTransport
from bot.transport.in_flight import InFlight
from bot.trial.run import Trial
from storage.glossary import questions
from tests.conftest import StartTrial

SECRET = "local-signing-secret"
FORM = "application/x-www-form-urlencoded"
COMMAND = {
    "command": "/define",
    "text": "bias",
    "user_id": "UANA",
    "team_id": "T0LOCAL",
    "channel_id": "CGENERAL",
    "channel_name": "general",
    "trigger_id": "t1",
}


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(use_http=True) as started:
        yield started


async def send(
    trial: Trial, body: str | bytes | io.BytesIO, kind: str = FORM, headers: Mapping[str, str] | None = None
) -> tuple[int, str]:
    signed = signature(SECRET, body) if isinstance(body, str) else {}
    url = f"http://127.0.0.1:{trial.bot.port}{EVENTS_PATH}"
    async with (
        ClientSession() as session,
        session.post(url, data=body, headers={"Content-Type": kind, **signed, **(headers or {})}) as response,
    ):
        return response.status, await response.text()


async def probe(trial: Trial, path: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{trial.bot.port}{path}") as response:
        return response.status, await response.text()


async def test_a_signed_command_is_answered_in_the_response_itself(trial: Trial) -> None:
    status, body = await send(trial, urlencode(COMMAND))
    answer = json.loads(body)
    assert (status, answer["response_type"]) == (200, "ephemeral")
    assert answer["text"].startswith("bias · data science: ")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"X-Slack-Request-Timestamp": "yesterday"}, 401),
        ({"X-Slack-Request-Timestamp": ""}, 401),
        ({"X-Slack-Request-Timestamp": "²"}, 401),
        ({"X-Slack-Request-Timestamp": "9" * 400}, 401),
        ({"X-Slack-Signature": "v0=ünsigned"}, 401),
        ({"X-Slack-Signature": "v0=0123"}, 401),
        ({"X-Slack-Signature": ""}, 401),
    ],
)
async def test_what_slack_did_not_sign_is_refused(trial: Trial, headers: Mapping[str, str], expected: int) -> None:
    status, _ = await send(trial, urlencode(COMMAND), headers=headers)
    assert status == expected


async def test_a_signature_older_than_five_minutes_is_refused(trial: Trial) -> None:
    body = urlencode(COMMAND)
    old = signature(SECRET, body, int(time.time()) - 301)
    assert (await send(trial, body, headers=old))[0] == 401


async def test_a_body_that_is_not_utf8_is_refused(trial: Trial) -> None:
    stamp = signature(SECRET, "")
    assert (await send(trial, b"\xff\xfe", headers=stamp))[0] == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"type": ', "application/json"),
        ("[1, 2]", "application/json"),
        ("payload=%7B", FORM),
        (urlencode({"payload": "5"}), FORM),
        ('{"type": "event_callback", "event": 5}', "application/json"),
        (urlencode({"payload": '{"type": "block_actions"}'}), FORM),
        (urlencode({"payload": '{"type": "view_submission", "view": []}'}), FORM),
        ("command=%2Fdefine", FORM),
    ],
)
async def test_a_signed_body_of_the_wrong_shape_is_refused(trial: Trial, body: str, kind: str) -> None:
    status, _ = await send(trial, body, kind)
    assert status == 400


@pytest.mark.parametrize(
    ("body", "kind", "answer"),
    [
        ('{"type": "url_verification", "challenge": "abc"}', "application/json", '{"challenge": "abc"}'),
        ('{"type": "event_callback", "event": {"type": "app_mention"}}', "application/json", ""),
        (urlencode({"ssl_check": "1", "token": "x"}), FORM, ""),
        ('{"type": "event_callback", "team_id": "T0LOCAL", "event": {"type": "dnd_updated"}}', "application/json", ""),
        (urlencode({"payload": '{"type": "workflow_step_edit", "user": {"id": "U1"}}'}), FORM, ""),
    ],
)
async def test_what_needs_no_answer_of_ours_is_acknowledged(trial: Trial, body: str, kind: str, answer: str) -> None:
    status, told = await send(trial, body, kind)
    assert (status, told) == (200, answer)


async def test_a_body_of_more_than_a_megabyte_is_refused(trial: Trial) -> None:
    assert (await send(trial, io.BytesIO(b"x" * 1_100_000), headers=signature(SECRET, "")))[0] == 413


async def test_the_probes_answer(trial: Trial) -> None:
    assert await probe(trial, "/healthz") == (200, "ok\n")
    assert await probe(trial, "/readyz") == (200, "ready\n")
    assert (await probe(trial, EVENTS_PATH))[0] == 405


async def test_the_bot_is_not_ready_when_slack_did_not_answer_last(trial: Trial) -> None:
    slack = trial.bot.boundary.services.slack
    slack.base_url = "http://127.0.0.1:1/api/"
    await send(trial, urlencode(COMMAND))
    assert await probe(trial, "/readyz") == (503, "Slack did not answer when it was last called\n")
    slack.base_url = trial.slack.api_url
    await send(trial, urlencode(COMMAND))
    assert await probe(trial, "/readyz") == (200, "ready\n")


async def test_in_socket_mode_there_are_the_probes_alone(running: Trial) -> None:
    assert (await probe(running, "/readyz"))[0] == 200
    assert (await send(running, urlencode(COMMAND)))[0] == 404


async def test_a_request_that_is_replayed_has_no_second_effect(trial: Trial) -> None:
    body = urlencode({**COMMAND, "text": "zugzwang"})
    signed = signature(SECRET, body)
    assert [(await send(trial, body, headers=signed))[0] for _ in range(2)] == [200, 200]
    await trial.bot.idle()
    (miss,) = questions.unanswered(trial.bot.store.reader, trial.bot.identity.team_id, ["workspace"])
    assert (miss.word, miss.times) == ("zugzwang", 1)


async def break_down(_request: AsyncBoltRequest, _answer: BoltResponse, _then: object) -> None:
    raise RuntimeError("a bug outside of the boundary")


async def test_a_fault_of_ours_is_a_500_and_is_not_blamed_on_who_asks() -> None:
    bolt = AsyncApp(token="xoxb-none", process_before_response=True, request_verification_enabled=False)
    bolt.use(break_down)
    application = web.Application()
    application.router.add_post(EVENTS_PATH, HttpTransport(bolt, SECRET, InFlight()).take)
    body = urlencode(COMMAND)
    async with TestClient(TestServer(application)) as client:
        answer = await client.post(EVENTS_PATH, data=body, headers={"Content-Type": FORM, **signature(SECRET, body)})
        assert answer.status == 500
