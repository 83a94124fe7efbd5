"""What an app or a browser sends wrong is told as Slack tells it, and everything goes on."""

import io
import json
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Channel, Json, User
from tests.local_slack.apps import (
    MANIFEST,
    Recorder,
    button,
    call,
    connected,
    error_of,
    field_of,
    modal,
    option,
    plain,
    workspace,
)
from tests.local_slack.test_interactions import opened, post

SECTION = {"type": "section", "text": plain("x")}
NAME = field_of({"type": "plain_text_input", "action_id": "name"})


async def page(slack: LocalSlack, me: str = "UANA") -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"{slack.url}/screen?me={me}&in=CGENERAL") as response:
        return response.status, await response.text()


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("files.completeUploadExternal", {"files": {}}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": ["x"]}, "invalid_arguments"),
        ("conversations.history", {"channel": "CGENERAL", "oldest": "abc"}, "invalid_ts_oldest"),
        ("conversations.history", {"channel": "CGENERAL", "latest": "abc"}, "invalid_ts_latest"),
        ("conversations.history", {"channel": "CGENERAL", "limit": "²"}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": "5"}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": ["F1"]}, "invalid_arguments"),
        ("conversations.open", {"users": 5}, "user_not_found"),
        ("views.publish", {"user_id": "UANA", "view": "[]"}, "invalid_arguments"),
        ("views.publish", {"user_id": "UANA", "view": {"type": "home", "blocks": [], "@x": 1}}, "invalid_arguments"),
        ("api.test", {"error": "my_error"}, "my_error"),
        ("bots.info", {"bot": "B9"}, "bot_not_found"),
    ],
)
async def test_arguments_that_do_not_fit(slack: LocalSlack, method: str, arguments: Json, error: str) -> None:
    assert await error_of(slack, method, **arguments) == error


async def test_arguments_that_say_nothing_are_taken_as_missing(slack: LocalSlack) -> None:
    assert (await call(slack, "conversations.history", channel="CGENERAL", oldest="", latest=""))["ok"]
    assert (await call(slack, "dnd.teamInfo", users=5))["users"] == {}
    assert (await call(slack, "conversations.open", channel="CGENERAL"))["channel"]["id"] == "CGENERAL"
    assert (await call(slack, "auth.revoke", test=True))["revoked"] is False
    assert (await call(slack, "auth.test"))["ok"]
    headers = {"Authorization": "Basic /w=="}
    async with (
        ClientSession() as session,
        session.post(f"{slack.api_url}oauth.v2.access", headers=headers, data={}) as response,
    ):
        assert (await response.json())["error"] == "invalid_client_id"


async def test_a_name_with_our_own_mark_is_pointed_at_as_others(slack: LocalSlack) -> None:
    told = await call(slack, "views.publish", user_id="UANA", view={"type": "home", "blocks": [{**SECTION, "@x": 1}]})
    assert told["response_metadata"]["messages"] == [
        "[ERROR] invalid additional property: @x [json-pointer:/view/blocks/0]"
    ]


async def test_an_app_that_subscribes_to_nothing_is_told_nothing(clock: Clock) -> None:
    async with workspace(clock.now, {**MANIFEST, "settings": {}}) as slack:
        assert (await call(slack, "chat.postMessage", channel="CGENERAL", text="x"))["ok"]
        assert slack.wire.sent == []
    async with workspace(clock.now) as slack:
        assert (await call(slack, "chat.postMessage", channel="CGENERAL", text="x"))["ok"]
        assert [each["event"]["type"] for each in slack.wire.sent] == ["message"]


@pytest.mark.parametrize(
    "content",
    [
        {"text": "<|foo> hi"},
        {"text": "<!date^99999999999999999^{date}|x> <!date^²^{date}|y> <!date^1^{ago} {date_slash}|z>"},
        {"text": "a \ud800 surrogate"},
        {"blocks": [{"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"}]},
        {"blocks": [{"type": "context", "elements": [{"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"}]}]},
        {"blocks": [{"type": "data_visualization", "title": "x", "chart": {
            "type": "pie", "segments": [{"label": "a", "value": 0}]}}]},
        {"blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "date", "timestamp": 10**15, "format": "{date}"}]}]}]},
    ],
)  # fmt: skip
async def test_the_page_shows_what_slack_takes(slack: LocalSlack, content: Json) -> None:
    assert (await call(slack, "chat.postMessage", channel="CGENERAL", **{"text": "x", **content}))["ok"]
    assert (await page(slack))[0] == 200


@pytest.mark.parametrize(
    "element",
    [
        {"type": "datepicker", "initial_date": "banana"},
        {"type": "timepicker", "initial_time": "99:99"},
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "abc"},
        {"type": "rich_text_input", "initial_value": "foo"},
        {"type": "button", "text": plain("x"), "url": "javascript:alert(1)"},
    ],
)
async def test_values_of_another_form_are_refused(slack: LocalSlack, element: Json) -> None:
    block = (
        {**SECTION, "accessory": element} if element["type"] == "button" else field_of({**element, "action_id": "x"})
    )
    slack.workspace.triggers["t"] = slack.workspace.triggers[slack.workspace.new_trigger("UANA")]
    assert await error_of(slack, "views.open", trigger_id="t", view=modal(block)) == "invalid_arguments"


async def test_what_is_chosen_at_first_is_one_of_the_options(slack: LocalSlack) -> None:
    one, two = option("One"), option("Two")
    grouped = [{"label": plain("a"), "options": [one]}]
    for more, is_fit in (
        ({"options": [one], "initial_option": two}, False),
        ({"option_groups": grouped, "initial_option": two}, False),
        ({"option_groups": grouped, "initial_option": one}, True),
    ):
        block = {**SECTION, "accessory": {"type": "static_select", "action_id": "x", **more}}
        told = await call(slack, "chat.postMessage", channel="CGENERAL", text="x", blocks=[block])
        assert told["ok"] is is_fit


@pytest.mark.parametrize("body", [[1], "ok", 5])
async def test_an_answer_that_is_no_object_is_no_answer(
    slack: LocalSlack, ana: User, general: Channel, body: Any
) -> None:
    opened(slack, NAME)
    async with connected(slack, Recorder(lambda _payload: body)):
        await slack.interactions.submit(ana, {"name": "Ana"})
        await slack.interactions.run_command(ana, general, "/test")
        assert not await slack.wire.verify(str(slack.wire.request_url))
    assert "trouble connecting" in slack.workspace.views["UANA"][-1].banner
    assert "dispatch_failed" in list(general.ephemerals.values())[-1].text


@pytest.mark.parametrize("body", [{"option_groups": ["x"]}, {"option_groups": {"a": 1}}, [1], {"options": 5}])
async def test_suggestions_of_another_shape_are_not_shown(slack: LocalSlack, ana: User, body: Any) -> None:
    view = opened(slack, field_of({"type": "external_select", "action_id": "word", "min_query_length": 1}))
    async with connected(slack, Recorder(lambda _payload: body)):
        assert await slack.interactions.suggest(ana, view, "word", "one") == []
    async with connected(slack, Recorder(lambda _payload: {"options": [option("One")]})):
        assert await slack.interactions.suggest(ana, view, "word", "one") == [option("One")]
    for path in ("suggest", "attach", "do"):
        told = {"me": "UANA", "view": "V9", "action_id": "word", "what": "use"}
        async with ClientSession() as session, session.post(f"{slack.url}/{path}", json=told) as response:
            assert response.status == 400


async def test_a_bug_of_ours_is_not_told_as_a_mistake_of_a_person(slack: LocalSlack) -> None:
    async with ClientSession() as session:
        async with session.post(f"{slack.url}/do", json={"me": "UANA", "what": "message", "who": "U9"}) as response:
            assert response.status == 500
        async with session.post(f"{slack.url}/do", json={"me": "UANA", "what": "wait", "until": "soon"}) as response:
            assert response.status == 400


async def test_a_command_answered_with_a_place_alone_shows_nothing(
    slack: LocalSlack, ana: User, general: Channel
) -> None:
    async with connected(slack, Recorder(lambda _payload: {"response_type": "in_channel"})):
        await slack.interactions.run_command(ana, general, "/test")
    assert (general.messages, general.ephemerals, slack.workspace.warnings) == ({}, {}, [])
    async with connected(slack, Recorder(lambda _payload: {"response_type": "in_channel", "text": "hello"})):
        await slack.interactions.run_command(ana, general, "/test")
    assert [each.text for each in general.messages.values()][-1] == "hello"


async def test_a_form_that_opens_another_before_it_is_answered_stays_under_none(slack: LocalSlack, ana: User) -> None:
    opened(slack, NAME)

    class Hasty(Recorder):
        async def take(self, request: web.Request) -> web.Response:
            sent = json.loads(str((await request.post())["payload"]))
            await call(slack, "views.open", trigger_id=sent["trigger_id"], view=modal(NAME, callback_id="next"))
            return web.Response()

    async with connected(slack, Hasty()):
        await slack.interactions.submit(ana, {"name": "Ana"})
    assert [view.content["callback_id"] for view in slack.workspace.views["UANA"]] == ["next"]


async def test_the_banner_goes_after_a_press_that_is_answered(slack: LocalSlack, ana: User) -> None:
    go = {"type": "actions", "elements": [button("Go", "go")]}
    await call(slack, "views.publish", user_id=ana.id, view={"type": "home", "blocks": [go]})
    home = slack.workspace.homes[ana.id]
    slack.people.open_home(ana)
    await slack.interactions.use(ana, home, "go")
    async with ClientSession() as session, session.get(f"{slack.url}/screen?me=UANA&in=DANA&tab=home") as response:
        assert "trouble connecting" in await response.text()
    async with connected(slack, Recorder()):
        await slack.interactions.use(ana, home, "go")
    assert home.banner == ""


async def test_a_new_window_of_one_forgets_nothing_of_another(slack: LocalSlack, ana: User, general: Channel) -> None:
    await slack.interactions.run_command(ana, general, "/dance")
    async with ClientSession() as session:
        for path, left in (("/", 1), ("/?me=UBEN", 1), ("/?me=UANA", 0)):
            async with session.get(f"{slack.url}{path}"):
                assert len(general.ephemerals) == left


async def test_the_page_keeps_what_a_field_begins_with_whatever_its_block_is_called(slack: LocalSlack) -> None:
    element = {"type": "plain_text_input", "action_id": "name", "initial_value": "HELLO"}
    opened(slack, {**field_of(element), "block_id": "card/1"})
    assert 'value="HELLO"' in (await page(slack))[1]


async def test_what_is_chosen_of_an_external_select_is_kept(slack: LocalSlack, ana: User) -> None:
    alpha, beta = ({"text": plain(name), "value": name} for name in ("alpha", "beta"))
    one = {"type": "external_select", "action_id": "word", "initial_option": alpha}
    many = {"type": "multi_external_select", "action_id": "word", "initial_options": [alpha]}
    view = opened(slack, {**field_of(one), "block_id": "a"}, {**field_of(many), "block_id": "b"})
    offers = iter([[beta], [{"text": plain("gamma"), "value": "gamma"}]])
    async with connected(slack, app := Recorder(lambda told: {"options": next(offers)} if "value" in told else None)):
        for typed in ("beta", "gamma"):
            await slack.interactions.suggest(ana, view, "b/word", typed)
        await slack.interactions.submit(ana, {"a/word": "alpha", "b/word": ["alpha", "beta", "gamma"]})
    values = app.sent[-1]["view"]["state"]["values"]
    assert values["a"]["word"]["selected_option"] == alpha
    assert [each["value"] for each in values["b"]["word"]["selected_options"]] == ["alpha", "beta", "gamma"]


async def test_a_hundred_options_of_each_group_are_offered(slack: LocalSlack, ana: User) -> None:
    view = opened(slack, field_of({"type": "external_select", "action_id": "word"}))
    options = [{"text": plain(f"o{number}"), "value": f"o{number}"} for number in range(60)]
    groups = {"option_groups": [{"label": plain(name), "options": options} for name in ("a", "b")]}
    async with connected(slack, Recorder(lambda _payload: groups)):
        assert len(await slack.interactions.suggest(ana, view, "word", "ooo")) == 120


async def test_the_stone_of_a_thread_is_slackbots(slack: LocalSlack, ana: User, general: Channel) -> None:
    first = await post(slack, SECTION)
    slack.people.say(ana, general, "reply", first.ts)
    slack.people.react(ana, general, first, "eyes")
    await call(slack, "chat.update", channel="CGENERAL", ts=first.ts, text="other")
    async with connected(slack, app := Recorder()):
        await call(slack, "chat.delete", channel="CGENERAL", ts=first.ts)
        await slack.wire.idle()
    (told,) = app.events("message")
    assert (told["subtype"], told["message"]["subtype"]) == ("message_changed", "tombstone")
    assert told["message"]["user"] == "USLACKBOT"
    assert not told["message"].keys() & {"reactions", "edited", "bot_id", "blocks"}
    update = await error_of(slack, "chat.update", channel="CGENERAL", ts=first.ts, text="risen")
    assert update == "cant_update_message"
    assert "Slackbot" in (await page(slack))[1]


async def test_a_private_channel_has_events_of_its_own(slack: LocalSlack, ana: User) -> None:
    hidden = slack.people.create(ana, "hush", "private")
    slack.people.join(hidden, slack.workspace.bot)
    async with connected(slack, app := Recorder()):
        slack.people.rename(hidden, ana, "quiet")
        slack.people.archive(hidden, ana)
        await slack.wire.idle()
        assert app.events("channel_rename") == app.events("channel_archive") == []
        slack.people.rename(slack.workspace.channels["CDATA"], ana, "figures")
        slack.people.archive(slack.workspace.channels["CDATA"], ana)
        await slack.wire.idle()
    assert [len(app.events(each)) for each in ("channel_rename", "channel_archive")] == [1, 1]


async def test_a_reply_that_the_channel_sees_is_in_its_history(slack: LocalSlack, ana: User, general: Channel) -> None:
    first = slack.people.say(ana, general, "first")
    slack.people.say(ana, general, "hidden", first.ts)
    slack.people.say(ana, general, "shown", first.ts, subtype="thread_broadcast")
    told = await call(slack, "conversations.history", channel="CGENERAL")
    assert [each["text"] for each in told["messages"]] == ["shown", "first"]


async def test_ids_of_a_home_are_its_own(slack: LocalSlack, ana: User) -> None:
    opened(slack, NAME, external_id="form")
    home = {"type": "home", "blocks": [SECTION], "external_id": "home"}
    for _ in range(2):
        told = (await call(slack, "views.publish", user_id=ana.id, view=home))["view"]
    assert told["root_view_id"] == told["id"]
    assert await error_of(slack, "views.update", view_id="form", view=modal(NAME)) == "not_found"
    assert (await call(slack, "views.update", external_id="form", view=modal(NAME)))["ok"]


async def test_large_files_and_several_channels_are_taken(slack: LocalSlack, ana: User, general: Channel) -> None:
    given = slack.people.upload(ana, "a.csv", b"")
    url, large = f"{slack.url}/upload/{given.id}", io.BytesIO(b"x" * 2_000_000)
    async with ClientSession() as session, session.post(url, data=large) as response:
        assert (response.status, len(given.content)) == (200, 2_000_000)
    told = await call(slack, "files.completeUploadExternal", files=[{"id": given.id}], channels="CGENERAL,CDATA")
    assert (told["ok"], given.channels) == (True, ["CGENERAL", "CDATA"])
    assert [each.files for each in general.messages.values()] == [[given.id]]


async def test_ids_of_a_later_run_are_slacks_too(slack: LocalSlack, clock: Clock, ana: User) -> None:
    slack.workspace.start_run(clock.now().replace(microsecond=999_999))
    channel = slack.people.create(ana, "pilot")
    said = slack.people.say(ana, channel, "see #pilot")
    assert channel.id.isalnum()
    assert said.text == f"see <#{channel.id}|>"
    assert len(said.ts.partition(".")[2]) == 6
