"""The Web API answers as Slack's does: with its errors, its scopes, its limits."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Channel
from bot.manifest import read_manifest
from tests.local_slack.apps import call, error_of

Json = dict[str, Any]
SECTION: Json = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}
MODAL: Json = {"type": "modal", "title": {"type": "plain_text", "text": "A form"}, "blocks": [SECTION]}
INPUT: Json = {
    "type": "input",
    "label": {"type": "plain_text", "text": "Name"},
    "element": {"type": "plain_text_input", "action_id": "name"},
}


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with serving(seeded(sample(), read_manifest(), clock.now)) as served:
        yield served


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("xoxb-other", "auth.test", "invalid_auth"),
        ("xapp-local", "auth.test", "not_allowed_token_type"),
        ("xoxb-local", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-local", "chat.meMessage", "unknown_method"),
    ],
)
async def test_tokens_and_methods_that_do_not_fit(slack: LocalSlack, token: str, method: str, error: str) -> None:
    assert (await call(slack, method, token))["error"] == error


async def test_without_a_token_nothing_is_done(slack: LocalSlack) -> None:
    async with ClientSession() as session, session.get(f"{slack.api_url}auth.test") as response:
        assert await response.json() == {"ok": False, "error": "not_authed"}


async def test_an_unknown_method_is_told_on_the_page_too(slack: LocalSlack) -> None:
    await call(slack, "chat.meMessage")
    assert slack.workspace.warnings == ["the app called chat.meMessage, which this Slack does not know"]


async def test_every_answer_names_the_scopes_and_the_request(slack: LocalSlack) -> None:
    headers = {"Authorization": "Bearer xoxb-local"}
    async with ClientSession() as session, session.get(f"{slack.api_url}users.list", headers=headers) as response:
        assert "chat:write" in response.headers["x-oauth-scopes"].split(",")
        assert (response.headers["x-accepted-oauth-scopes"], response.headers["x-slack-req-id"]) == (
            "users:read",
            "req-0001",
        )


@pytest.mark.parametrize(
    ("method", "arguments", "missing"),
    [
        ("chat.update", {"channel": "CGENERAL", "text": "x"}, "ts"),
        ("conversations.info", {}, "channel"),
        ("users.info", {}, "user"),
    ],
)
async def test_an_argument_that_is_missing_is_named(
    slack: LocalSlack, method: str, arguments: Json, missing: str
) -> None:
    told = await call(slack, method, **arguments)
    assert (told["error"], told["response_metadata"]["messages"]) == (
        "invalid_arguments",
        [f"[ERROR] missing required field: {missing}"],
    )


async def test_slack_can_fail_by_itself(slack: LocalSlack) -> None:
    slack.faults.arm("auth.test", Fault("refused", error="service_unavailable"))
    assert await error_of(slack, "auth.test") == "service_unavailable"
    assert (await call(slack, "auth.test"))["ok"]


async def test_a_scope_that_was_not_granted_is_named(slack: LocalSlack) -> None:
    slack.workspace.app.refused_scopes = {"chat:write", "channels:history"}
    body = await call(slack, "chat.postMessage", channel="CGENERAL", text="hello")
    assert (body["error"], body["needed"]) == ("missing_scope", "chat:write")
    body = await call(slack, "conversations.history", channel="CGENERAL")
    assert (body["error"], body["needed"]) == ("missing_scope", "channels:history")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "CNOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "CRANDOM", "text": "x"}, "not_in_channel"),
        ({"channel": "CGENERAL"}, "no_text"),
        ({"channel": "CGENERAL", "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": "CGENERAL", "text": "x", "blocks": {}}, "invalid_blocks_format"),
        ({"channel": "CGENERAL", "text": "x", "blocks": [{"type": "poem"}]}, "invalid_blocks"),
        ({"channel": "CGENERAL", "text": "x", "metadata": []}, "invalid_metadata_format"),
        (
            {
                "channel": "CGENERAL",
                "text": "x",
                "metadata": {"event_type": "a", "event_payload": {"long": "x" * 20_000}},
            },
            "metadata_too_large",
        ),
    ],
)
async def test_a_message_that_slack_would_not_take(slack: LocalSlack, arguments: Json, error: str) -> None:
    assert await error_of(slack, "chat.postMessage", **arguments) == error


async def test_an_archived_channel_takes_nothing(slack: LocalSlack) -> None:
    slack.workspace.channels["CGENERAL"].is_archived = True
    assert await error_of(slack, "chat.postMessage", channel="CGENERAL", text="x") == "is_archived"


async def test_a_message_to_a_person_opens_a_direct_conversation(slack: LocalSlack) -> None:
    body = await call(slack, "chat.postMessage", channel="UANA", text="hello")
    assert body["channel"] == "DANA"
    assert [each.text for each in slack.workspace.channels["DANA"].messages.values()] == ["hello"]


async def test_blocks_without_a_text_are_flagged(slack: LocalSlack) -> None:
    await call(slack, "chat.postMessage", channel="CGENERAL", blocks=[SECTION])
    assert slack.workspace.warnings == [
        "a message has blocks but no text: screen readers and notifications get nothing"
    ]


async def test_history_and_replies_give_what_was_said_after_a_time(slack: LocalSlack) -> None:
    first = (await call(slack, "chat.postMessage", channel="CGENERAL", text="first"))["ts"]
    for text in ("second", "third"):
        await call(slack, "chat.postMessage", channel="CGENERAL", text=text, thread_ts=first)
    last = (await call(slack, "chat.postMessage", channel="CGENERAL", text="last"))["ts"]
    history = await call(slack, "conversations.history", channel="CGENERAL")
    assert [each["text"] for each in history["messages"]] == ["last", "first"]
    replies = await call(slack, "conversations.replies", channel="CGENERAL", ts=first, limit=2)
    assert ([each["text"] for each in replies["messages"]], replies["has_more"]) == (["first", "second"], True)
    newer = await call(slack, "conversations.history", channel="CGENERAL", oldest=first)
    assert [each["ts"] for each in newer["messages"]] == [last]
    assert await error_of(slack, "conversations.replies", channel="CGENERAL", ts="1.1") == "thread_not_found"
    assert await error_of(slack, "conversations.history", channel="CRANDOM") == "not_in_channel"
    assert await error_of(slack, "conversations.history", channel="CGENERAL", limit="many") == "invalid_arguments"
    assert await error_of(slack, "conversations.history", channel="CGENERAL", limit=1000) == "invalid_limit"


async def test_people_and_where_they_belong(slack: LocalSlack) -> None:
    slack.workspace.channels["CHIDDEN"] = Channel("CHIDDEN", "hidden", "private", {"UANA"})
    gus = (await call(slack, "users.info", user="UGUS"))["user"]
    assert (gus["is_restricted"], gus["is_admin"], gus["tz"]) == (True, False, "Europe/Berlin")
    private = await call(slack, "users.conversations", user="UANA", types="private_channel")
    assert [each["id"] for each in private["channels"]] == ["CSECRETLAUNCH"]
    assert await error_of(slack, "users.info", user="UNOBODY") == "user_not_found"
    assert await error_of(slack, "conversations.info", channel="CHIDDEN") == "channel_not_found"
    slack.workspace.direct_channel("UANA")
    slack.workspace.users["UELI"].is_stranger = True
    assert (await call(slack, "users.info", user="UELI"))["user"]["is_stranger"] is True
    slack.workspace.app.refused_scopes = {"channels:read"}
    assert await error_of(slack, "conversations.info", channel="CGENERAL") == "missing_scope"


async def test_a_trigger_opens_one_form_within_three_seconds(slack: LocalSlack, clock: Clock) -> None:
    fresh, stale = slack.workspace.new_trigger("UANA"), slack.workspace.new_trigger("UANA")
    assert (await call(slack, "views.open", trigger_id=fresh, view=json.dumps(MODAL)))["view"]["type"] == "modal"
    assert await error_of(slack, "views.open", trigger_id=fresh, view=MODAL) == "exchanged_trigger_id"
    clock.move(timedelta(seconds=4))
    assert await error_of(slack, "views.open", trigger_id=stale, view=MODAL) == "expired_trigger_id"
    assert await error_of(slack, "views.open", trigger_id="none", view=MODAL) == "invalid_trigger_id"


@pytest.mark.parametrize(
    ("view", "message"),
    [
        ({**MODAL, "blocks": [INPUT]}, "missing required field: submit [json-pointer:/view]"),
        (
            {**MODAL, "title": {"type": "plain_text", "text": "x" * 25}},
            "must be less than 25 characters [json-pointer:/view/title/text]",
        ),
        ({"type": "modal", "blocks": [SECTION]}, "missing required field: title [json-pointer:/view]"),
        ({**MODAL, "blocks": [{"type": "table"}]}, "unsupported type: table [json-pointer:/view/blocks/0/type]"),
        ({**MODAL, "blocks": []}, "no less than 1 items required [json-pointer:/view/blocks]"),
        ({**MODAL, "colour": "red"}, "invalid additional property: colour [json-pointer:/view]"),
    ],
)
async def test_a_form_that_slack_would_not_open(slack: LocalSlack, view: Json, message: str) -> None:
    body = await call(slack, "views.open", trigger_id=slack.workspace.new_trigger("UANA"), view=view)
    assert (body["error"], body["response_metadata"]["messages"]) == ("invalid_arguments", [f"[ERROR] {message}"])


def block_error(pointer: str, problem: str) -> str:
    return f"[ERROR] {problem} [json-pointer:/blocks/0{pointer}]"


BUTTON: Json = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"type": "section"}, block_error("", "missing required field: text")),
        ({"type": "section", "text": "hello"}, block_error("/text/type", "unsupported type: nothing")),
        (
            {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}},
            block_error("/text/text", "must be less than 3001 characters"),
        ),
        (
            {"type": "section", "text": {"type": "mrkdwn", "text": ""}},
            block_error("/text/text", "must be more than 0 characters"),
        ),
        (
            {"type": "section", "text": {"type": "mrkdwn", "text": 5}},
            block_error("/text/text", "must be a valid string"),
        ),
        (
            {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
            block_error("/text/type", "unsupported type: mrkdwn"),
        ),
        (
            {"type": "header", "text": {"type": "plain_text", "text": "x", "emoji": "yes"}},
            block_error("/text/emoji", "must be a valid boolean"),
        ),
        (
            INPUT | {"element": {"type": "file_input", "action_id": "f"}},
            block_error("/element/type", "unsupported type: file_input"),
        ),
        ({"type": "markdown", "text": "x" * 12_001}, block_error("/text", "must be less than 12001 characters")),
        (
            {"type": "table", "rows": [[{"type": "raw_number", "value": "1", "text": "x"}]]},
            block_error("/rows/0/0/value", "must be a valid number"),
        ),
        ({"type": "actions", "elements": [BUTTON] * 26}, block_error("/elements", "no more than 25 items allowed")),
        ({"type": "actions", "elements": {}}, block_error("/elements", "must be a valid list")),
        ({"type": "actions", "elements": [BUTTON] * 2}, block_error("/elements", "action_id go already exists")),
        (
            {"type": "actions", "elements": [{**BUTTON, "style": "green"}]},
            block_error("/elements/0/style", "must be 'primary' or 'danger'"),
        ),
        (
            {"type": "actions", "elements": [{**BUTTON, "confirm": "sure"}]},
            block_error("/elements/0/confirm", "must be a valid dictionary"),
        ),
        (
            {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [], "border": "1"}]},
            block_error("/elements/0/border", "must be a valid integer"),
        ),
        (INPUT | {"type": "text_input"}, block_error("/type", "unsupported type: text_input")),
    ],
)
async def test_a_block_that_slack_would_not_show(slack: LocalSlack, block: Json, message: str) -> None:
    body = await call(slack, "chat.postMessage", channel="CGENERAL", text="x", blocks=[block])
    assert (body["error"], body["response_metadata"]["messages"]) == ("invalid_blocks", [message])


async def test_a_block_id_stands_once(slack: LocalSlack) -> None:
    twice = [{**SECTION, "block_id": "a"}, {**SECTION, "block_id": "a"}]
    body = await call(slack, "chat.postMessage", channel="CGENERAL", text="x", blocks=twice)
    assert body["response_metadata"]["messages"] == [
        "[ERROR] block_id a already exists [json-pointer:/blocks/1/block_id]"
    ]


async def test_tables_and_charts_of_one_message_have_limits_together(slack: LocalSlack) -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 3000}]]}
    pie = {"type": "pie", "segments": [{"label": "a", "value": 1}]}
    chart = {"type": "data_visualization", "title": "x", "chart": pie}
    body = await call(slack, "chat.postMessage", channel="CGENERAL", text="x", blocks=[*[table] * 4, *[chart] * 3])
    assert body["response_metadata"]["messages"] == [
        "[ERROR] all blocks of type table may have 10000 characters together [json-pointer:/blocks]",
        "[ERROR] no more than 1 of type table allowed [json-pointer:/blocks]",
        "[ERROR] no more than 2 of type data_visualization allowed [json-pointer:/blocks]",
    ]


async def test_a_home_has_no_table_and_no_chart(slack: LocalSlack) -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    pie = {"type": "pie", "segments": [{"label": "a", "value": 1}]}
    for block in (table, {"type": "data_visualization", "title": "x", "chart": pie}):
        assert (await call(slack, "chat.postMessage", channel="CGENERAL", text="x", blocks=[block]))["ok"]
        body = await call(slack, "views.publish", user_id="UANA", view={"type": "home", "blocks": [block]})
        assert body["response_metadata"]["messages"] == [
            f"[ERROR] unsupported type: {block['type']} [json-pointer:/view/blocks/0/type]"
        ]


async def test_what_is_said_in_a_thread_that_is_not_there_is_no_documented_error(slack: LocalSlack) -> None:
    assert (await call(slack, "chat.postMessage", channel="CGENERAL", text="x", thread_ts="1.1"))["ok"]
