"""The way to the app: deadlines, retries, sockets; and what people see when the app does not answer well."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import ClientSession, WSMsgType, web

from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.wire import delivery as wire_module
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Json, OpenView
from bot.manifest import read_manifest
from bot.trial.screen import Screen
from bot.trial.script import Script, ScriptError

Answer = Callable[[web.Request], Awaitable[web.Response]]


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with serving(seeded(sample(), read_manifest(), clock.now)) as served:
        yield served


@asynccontextmanager
async def app(slack: LocalSlack, answer: Answer) -> AsyncIterator[None]:
    """Connect an app that answers every request alike."""
    application = web.Application()
    application.router.add_post("/", answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.wire.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield
    await runner.cleanup()


def answering(body: Json | str | None = None, status: int = 200) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        if isinstance(body, dict):
            return web.json_response(body, status=status)
        return web.Response(text=body or "", status=status)

    return answer


def script_of(slack: LocalSlack, clock: Clock) -> Script:
    return Script(slack.workspace, slack.people, slack.interactions, clock.move)


async def play(slack: LocalSlack, clock: Clock, *lines: str) -> list[str]:
    script, screen = script_of(slack, clock), Screen(slack.workspace)
    for line in lines:
        await script.act(line)
    await slack.wire.idle()
    return screen.news()


async def test_a_command_may_be_answered_with_plain_text(slack: LocalSlack, clock: Clock) -> None:
    async with app(slack, answering("hello")):
        seen = await play(slack, clock, "ana in #general: /define bias")
    assert seen == ["#general", "  Common Ground (only visible to Ana Ruiz):", "    hello"]


async def test_a_command_may_be_answered_for_all(slack: LocalSlack, clock: Clock) -> None:
    async with app(slack, answering({"response_type": "in_channel", "text": "hello <!channel>"})):
        seen = await play(slack, clock, "ana in #general: /define bias")
    assert seen == ["#general", "  Common Ground:", "    hello @channel (everybody is notified)"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (answering(status=500), "/define failed with the error “dispatch_failed”"),
        (answering({"blocks": []}), "The app's answer was not one that Slack can show."),
        (answering({"text": "x", "blocks": [{"type": "poem"}]}), "The app's answer was not one that Slack can show."),
    ],
)
async def test_a_bad_answer_to_a_command_is_told_by_slackbot(
    slack: LocalSlack, clock: Clock, answer: Answer, told: str
) -> None:
    async with app(slack, answer):
        seen = await play(slack, clock, "ana in #general: /define bias")
    assert seen == ["#general", "  Slackbot (only visible to Ana Ruiz):", f"    {told}"]


async def test_an_app_that_is_slow_has_timed_out(
    slack: LocalSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire_module, "DEADLINE_SECONDS", 0.01)

    async def never(request: web.Request) -> web.Response:
        await request.read()
        await slack.until(lambda: False)
        raise AssertionError

    async with app(slack, never):
        seen = await play(slack, clock, "ana in #general: /define bias")
    assert "“operation_timeout”" in seen[-1]


async def test_an_app_that_is_not_there_is_told(slack: LocalSlack, clock: Clock) -> None:
    assert "“dispatch_failed”" in (await play(slack, clock, "ana in #general: /define bias"))[-1]
    slack.wire.request_url = "http://127.0.0.1:1/"
    assert "“dispatch_failed”" in (await play(slack, clock, "ana in #general: /define bias"))[-1]
    assert "is not a valid command" in (await play(slack, clock, "ana in #general: /dance"))[-1]


async def test_an_event_is_tried_at_once_after_a_minute_and_after_five(slack: LocalSlack, clock: Clock) -> None:
    numbers: list[str] = []

    async def refuse(request: web.Request) -> web.Response:
        numbers.append(request.headers.get("X-Slack-Retry-Num", "0"))
        return web.Response(status=500)

    async with app(slack, refuse):
        await play(slack, clock, "ana in #general: @Common Ground hello")
        assert numbers == ["0", "1"]
        for minutes, expected in ((1, ["0", "1", "2"]), (4, ["0", "1", "2"]), (1, ["0", "1", "2", "3"])):
            clock.move(timedelta(minutes=minutes))
            slack.wire.retry_due()
            await slack.wire.idle()
            assert numbers == expected
        clock.move(timedelta(days=1))
        slack.wire.retry_due()
        await slack.wire.idle()
    assert numbers == ["0", "1", "2", "3"]


async def test_a_try_says_why_the_one_before_failed_and_the_app_can_ask_for_no_more(
    slack: LocalSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons: list[str] = []

    async def refuse(request: web.Request) -> web.Response:
        reasons.append(request.headers.get("X-Slack-Retry-Reason", ""))
        if len(reasons) == 1:
            raise web.HTTPInternalServerError
        if len(reasons) == 2:
            monkeypatch.setattr(wire_module, "DEADLINE_SECONDS", 0.01)
            await slack.until(lambda: False)
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    async with app(slack, refuse):
        await play(slack, clock, "ana in #general: @Common Ground hello")
        monkeypatch.undo()
        for minutes in (1, 5):
            clock.move(timedelta(minutes=minutes))
            slack.wire.retry_due()
            await slack.wire.idle()
    assert reasons == ["", "http_error", "http_timeout"]


async def test_an_address_is_used_once_it_has_answered_slacks_question(slack: LocalSlack) -> None:
    asked: list[Json] = []

    async def answer(request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            asked.append(dict(await request.post()))
            return web.Response()
        asked.append(told := await request.json())
        return web.json_response({"challenge": told["challenge"]})

    async with app(slack, answer):
        url, slack.wire.request_url = slack.wire.request_url, None
        assert await slack.wire.verify(str(url))
    assert [each.get("ssl_check", each.get("type")) for each in asked] == ["1", "url_verification"]
    assert slack.wire.request_url == url
    async with app(slack, answering("hello")):
        url, slack.wire.request_url = slack.wire.request_url, None
        assert not await slack.wire.verify(str(url))
        assert slack.wire.request_url is None


async def test_whoever_looks_at_the_record_hears_of_each_try(slack: LocalSlack) -> None:
    ana, general = slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"]
    async with app(slack, answering(status=500)):
        slack.people.say(ana, general, "@Common Ground hello")
        watching = asyncio.create_task(slack.changed())
        await slack.wire.idle()
        assert watching.done()
    assert [entry.attempt for entry in slack.wire.record] == [0, 1]


MODAL: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "A form"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "name"},
        }
    ],
}


def with_form(slack: LocalSlack) -> None:
    slack.workspace.views["UANA"] = [OpenView("V1", "UANA", "h1", MODAL)]


SUBMIT = ('ana enters "Name": Ana', "ana submits")


@pytest.mark.parametrize(
    ("answer", "banner", "left"),
    [
        (answering(), None, 0),
        (answering({"response_action": "clear"}), None, 0),
        (answering({"response_action": "errors", "errors": {"name": "No."}}), "", 1),
        (answering({"response_action": "errors", "errors": {"other": "No."}}), "trouble", 1),
        (answering({"response_action": "update", "view": MODAL}), "", 1),
        (answering({"response_action": "push", "view": MODAL}), "", 2),
        (answering({"response_action": "update", "view": {"type": "modal"}}), "trouble", 1),
        (answering({"text": "hello"}), "trouble", 1),
        (answering(status=500), "trouble", 1),
    ],
)
async def test_what_a_form_does_after_each_answer(
    slack: LocalSlack, clock: Clock, answer: Answer, banner: str | None, left: int
) -> None:
    with_form(slack)
    async with app(slack, answer):
        seen = await play(slack, clock, *SUBMIT)
    stack = slack.workspace.views["UANA"]
    assert len(stack) == left
    if banner is not None:
        assert ("trouble" if stack[-1].banner else "") == banner
        assert any("trouble connecting" in line for line in seen) is bool(banner)


async def test_a_required_field_is_minded_by_slack_itself(slack: LocalSlack, clock: Clock) -> None:
    with_form(slack)
    seen = await play(slack, clock, "ana submits")
    assert "      ! Please complete this required field." in seen
    assert slack.wire.record == []
    async with app(slack, answering("")):
        await play(slack, clock, *SUBMIT)
    assert [each.kind for each in slack.wire.record] == ["interactive"]


async def test_a_button_that_is_not_answered_is_told(slack: LocalSlack, clock: Clock) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    body: Json = {"text": "x", "blocks": [{"type": "actions", "elements": [button]}]}
    async with app(slack, answering(body)):
        await play(slack, clock, "ana in #general: /define bias")
    async with app(slack, answering(status=500)):
        seen = await play(slack, clock, 'ana presses "Go"')
    assert "    This app could not answer in time." in seen


async def respond(slack: LocalSlack, key: str, **body: object) -> tuple[int, str]:
    async with ClientSession() as session, session.post(f"{slack.url}/respond/{key}", json=body) as response:
        return response.status, await response.text()


async def test_a_response_url_works_five_times_for_half_an_hour(slack: LocalSlack, clock: Clock) -> None:
    async with app(slack, answering()):
        await play(slack, clock, "ana in #general: /define bias", "ana in #general: /define bias")
    assert [(await respond(slack, "response-0001", text="x"))[0] for _ in range(6)] == [200] * 5 + [404]
    assert await respond(slack, "response-0002", text="") == (400, "no_text")
    assert await respond(slack, "response-0002", text="x", delete_original=True) == (200, "ok")
    clock.move(timedelta(minutes=31))
    assert await respond(slack, "response-0002", text="x") == (404, "expired_url")
    assert await respond(slack, "response-0003", text="x") == (404, "no_such_url")


async def connect(slack: LocalSlack, session: ClientSession) -> str:
    headers = {"Authorization": "Bearer xapp-local"}
    async with session.post(f"{slack.api_url}apps.connections.open", headers=headers) as response:
        url: str = (await response.json())["url"]
        return url


async def test_a_ticket_is_good_for_one_connection(slack: LocalSlack) -> None:
    async with ClientSession() as session:
        url = await connect(slack, session)
        connection = await session.ws_connect(url)
        hello = json.loads((await connection.receive()).data)
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        async with session.get(url.replace("ws", "http", 1)) as again:
            assert again.status == 404
        await connection.close()


async def test_an_app_has_ten_connections_at_most(slack: LocalSlack) -> None:
    async with ClientSession() as session:
        connections = [await session.ws_connect(await connect(slack, session)) for _ in range(11)]
        last = json.loads((await connections[-1].receive()).data)
        assert last == {"type": "disconnect", "reason": "too_many_websockets"}
        for connection in connections:
            await connection.close()


async def test_over_a_socket_an_acknowledgement_must_come_in_time(
    slack: LocalSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire_module, "DEADLINE_SECONDS", 0.01)
    async with ClientSession() as session:
        connection = await session.ws_connect(await connect(slack, session))
        await connection.receive()
        assert "“operation_timeout”" in (await play(slack, clock, "ana in #general: /define bias"))[-1]
        envelope = json.loads((await connection.receive()).data)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        await connection.send_json({"envelope_id": envelope["envelope_id"]})
        await connection.close()
        assert (await connection.receive()).type is WSMsgType.CLOSED


async def test_where_slack_is_strict_an_acknowledgement_comes_over_the_same_socket(
    slack: LocalSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ClientSession() as session:
        pair = [await session.ws_connect(await connect(slack, session)) for _ in range(2)]
        for connection in pair:
            await connection.receive()

        async def over_the_other(asked: int) -> list[str]:
            playing = asyncio.create_task(play(slack, clock, "ana in #general: /define bias"))
            envelope = json.loads((await pair[asked].receive()).data)
            await pair[1 - asked].send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "hello"}})
            return await playing

        assert (await over_the_other(0))[-1] == "    hello"
        slack.wire.is_strict = True
        monkeypatch.setattr(wire_module, "DEADLINE_SECONDS", 0.05)
        assert "“operation_timeout”" in (await over_the_other(1))[-1]
        for connection in pair:
            await connection.close()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ana dances", "I don't know that"),
        ("zoe in #general: hello", "nobody here is called 'zoe'"),
        ("ana in #nowhere: hello", "there is no channel '#nowhere'"),
        ("ana in thread: hello", "Ana Ruiz hasn't said anything yet to start a thread from"),
        ('ana presses "Go"', "Ana Ruiz sees no button 'Go'"),
        ("ana submits", "Ana Ruiz has no form open"),
        ("ana closes", "Ana Ruiz has no form open"),
    ],
)
async def test_a_line_that_cannot_be_done_says_why(slack: LocalSlack, clock: Clock, line: str, told: str) -> None:
    with pytest.raises(ScriptError, match=told):
        await script_of(slack, clock).act(line)


async def test_a_thread_takes_no_commands_and_a_form_no_unknown_field(slack: LocalSlack, clock: Clock) -> None:
    script = script_of(slack, clock)
    await script.act("ana in #general: hello")
    with pytest.raises(ScriptError, match="slash commands do not work in threads"):
        await script.act("ana in thread: /define bias")
    with_form(slack)
    await script.act('ana enters "Colour": red')
    with pytest.raises(ScriptError, match="there is no 'Colour' here to press or fill in"):
        await script.act("ana submits")


async def test_every_block_is_shown_and_an_unknown_one_as_such(slack: LocalSlack) -> None:
    link = {"type": "link", "url": "https://example.org"}
    line = [
        {"type": "text", "text": "see "},
        {"type": "user", "user_id": "UANA"},
        {"type": "channel", "channel_id": "CGENERAL"},
        {"type": "emoji", "name": "wave"},
        link,
        {**link, "text": "there"},
    ]
    blocks: list[Json] = [
        {"type": "header", "text": {"type": "plain_text", "text": "A <b> & c"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "<@UNOBODY> <#CNO|x> <https://a.b|site> <https://c.d>"}]},
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "<#CGENERAL>"}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [
            {"type": "rich_text_section", "elements": line}]}]},
        {"type": "poem"},
    ]  # fmt: skip
    from bot.trial.screen import block_lines  # noqa: PLC0415

    assert list(block_lines(slack.workspace, blocks)) == [
        "A <b> & c",
        "@unknown UNOBODY #unknown site (https://a.b) https://c.d",
        "———",
        "#general",
        "• see @Ana Ruiz#general:wave:https://example.orgthere",
        "[a block of type poem]",
    ]
