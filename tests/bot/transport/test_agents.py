"""Agents ask at /mcp in the name of a token, or of whom Slack signs for; nobody else is answered."""

import json
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from mcp_types import TextResourceContents

from bot.transport.agents import A_MINUTE, AgentsTransport
from bot.transport.quota import Quota
from bot.trial.run import Trial
from tests.agents import by_slack, called, client, posted, signed, token_of, url_of
from tests.conftest import StartTrial
from tests.handlers.access.secrets import SECRET, remove, seeded
from tests.playing import play

PROPOSING = {"ask_definition", "propose_decision", "report_feedback"}
READING = {"define", "explain_text", "who_owns", "find", "decision", "contract", "requirements", "open_items"}
DRIFT = called("define", {"word": "drift"})


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    """Over signed HTTP, with records of a private channel of Ana and Chloe."""
    async with start(mcp=True, use_http=True) as running:
        yield await seeded(running)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_the_official_client_lists_and_calls_the_tools(trial: Trial, mode: str) -> None:
    async with client(trial, await token_of(trial, "ana"), mode) as agent:
        listed = (await agent.list_tools()).tools
        told = await agent.call_tool("define", {"word": "falcon"})
    assert {each.name for each in listed} == READING | PROPOSING
    for each in listed:
        assert each.title
        assert each.output_schema is not None
        assert each.annotations is not None
        assert each.annotations.open_world_hint is False
    assert {each.name for each in listed if each.annotations and each.annotations.read_only_hint} == READING
    assert not told.is_error
    assert told.structured_content["items"][0]["says"] == "The falcon flies in May"
    assert "The falcon flies in May" in str(told.content)


async def test_a_record_is_read_by_its_address(trial: Trial) -> None:
    async with client(trial, await token_of(trial, "ana")) as agent:
        templates = (await agent.list_resource_templates()).resource_templates
        found = await agent.call_tool("decision", {"decision": "falcon"})
        (item,) = found.structured_content["items"]
        (content,) = (await agent.read_resource(item["uri"])).contents
    assert {each.uri_template for each in templates} == {
        f"common-ground://{kind}/{{name}}" for kind in ("definition", "decision", "data-request", "card", "component")
    }
    assert isinstance(content, TextResourceContents)
    assert json.loads(content.text)["items"] == [item]


async def test_each_token_sees_what_its_person_sees(trial: Trial) -> None:
    told = {}
    for who, kind in (("ana", "new"), ("ben", "new"), ("ana", "public")):
        async with client(trial, await token_of(trial, who, kind)) as agent:
            told[who, kind] = str(await agent.call_tool("define", {"word": "falcon"}))
    assert "flies in May" in told["ana", "new"]
    assert "flies in May" not in told["ben", "new"]
    assert "flies in May" not in told["ana", "public"]


async def test_slack_asks_in_the_name_of_whom_it_signs_for(trial: Trial) -> None:
    assert "flies in May" in (await by_slack(trial, "UANA", "define", word="falcon")).told
    assert "isn't in the glossary" in (await by_slack(trial, "UBEN", "define", word="falcon")).told
    await remove(trial, "ana", SECRET)
    assert "isn't in the glossary" in (await by_slack(trial, "UANA", "define", word="falcon")).told


async def test_slack_asks_in_nobodys_name_for_nothing_but_the_list(trial: Trial) -> None:
    listing = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
    assert '"define"' in (await posted(trial, listing, signed(trial, listing))).text
    named: list[dict[str, object] | None] = [None, {}, {"user_id": "UANA"}, {"user_id": ["U"], "team_id": "T0LOCAL"}]
    for slack in named:
        body = called("define", {"word": "drift"}, slack)
        assert (await posted(trial, body, signed(trial, body))).told == "Slack didn't say in whose name this is asked."


async def test_whom_slack_names_is_not_believed_where_slack_did_not_sign(trial: Trial) -> None:
    body = called("define", {"word": "falcon"}, {"team_id": "T0LOCAL", "user_id": "UANA"})
    assert (await posted(trial, body, {})).status == 401
    told = (await posted(trial, body, bearer(await token_of(trial, "ben")))).told
    assert "isn't in the glossary" in told


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": "Bearer \udcff"},
        {"Authorization": "Basic dXNlcjpwYXNz"},
        {"Authorization": "Bearer " + "x" * 5000},
        {"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "1"},
        {"X-Slack-Signature": "ü", "X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Signature": "v0=00"},
    ],
)
async def test_who_has_neither_a_token_nor_slacks_signature_is_refused(trial: Trial, headers: dict[str, str]) -> None:
    told = await posted(trial, DRIFT, headers)
    assert told.status == 401
    assert "drift has" not in told.text


async def test_a_signature_that_is_old_or_of_another_body_is_refused(trial: Trial) -> None:
    body = called("define", {"word": "drift"}, {"team_id": "T0LOCAL", "user_id": "UANA"})
    assert (await posted(trial, body, signed(trial, body))).status == 200
    assert (await posted(trial, body, signed(trial, body, int(time.time()) - 600))).status == 401
    assert (await posted(trial, body.replace(b"UANA", b"UBEN"), signed(trial, body))).status == 401


async def test_a_revoked_token_opens_nothing(trial: Trial) -> None:
    token = await token_of(trial, "ana")
    assert "drift has" in (await posted(trial, DRIFT, bearer(token))).told
    await play(trial, "ana in #general: /common-ground tokens", 'ana presses "Revoke"')
    assert (await posted(trial, DRIFT, bearer(token))).status == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Accept": "text/html"}, 406),
        ({"Content-Type": "text/plain"}, 400),
        ({"MCP-Protocol-Version": "yesterday"}, 400),
        ({"MCP-Protocol-Version": "\udcff"}, 400),
        ({"Origin": "https://evil.example"}, 403),
    ],
)
async def test_a_junk_header_is_refused(trial: Trial, headers: dict[str, str], status: int) -> None:
    token = await token_of(trial, "ana")
    assert (await posted(trial, DRIFT, {**bearer(token), **headers})).status == status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"[" * 5000, 400),
        (b"x" * 70_000, 413),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/drop"}', 200),
    ],
)
async def test_a_body_that_is_no_call_is_refused(trial: Trial, body: bytes, status: int) -> None:
    got = await posted(trial, body, bearer(await token_of(trial, "ana")))
    assert got.status == status
    assert "result" not in got.text


async def test_who_asks_too_often_is_told_when_to_ask_again(trial: Trial) -> None:
    ana, ben = await token_of(trial, "ana"), await token_of(trial, "ben")
    agents = trial.bot.condition.agents
    assert isinstance(agents, AgentsTransport)
    agents.quota = Quota(2)
    got = [await posted(trial, DRIFT, bearer(ana)) for _ in range(3)]
    assert [each.status for each in got] == [200, 200, 429]
    assert 1 <= int(got[2].headers["Retry-After"]) <= 60
    assert (await posted(trial, DRIFT, bearer(ben))).status == 200
    assert A_MINUTE > 2
    told = [(await by_slack(trial, "UANA", "define", word="drift")).told for _ in range(3)]
    assert [each.startswith("That's too many questions") for each in told] == [False, False, True]


async def test_what_is_no_post_is_refused(trial: Trial) -> None:
    async with ClientSession() as session, session.get(url_of(trial)) as got:
        assert got.status == 405


async def test_the_door_is_shut_until_it_is_switched_on(running: Trial) -> None:
    assert (await posted(running, DRIFT, {})).status == 404
