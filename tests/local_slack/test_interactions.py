"""What people do with an app, the payloads that it gets for it, and what its answers do."""

from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.clock import Clock
from bot.local_slack.interactions.acts import TROUBLE
from bot.local_slack.interactions.forms import new_view
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Channel, Json, Message, OpenView, User
from tests.local_slack.apps import (
    Recorder,
    button,
    call,
    connected,
    error_of,
    field_of,
    modal,
    option,
    plain,
)

OPTIONS = [option("One"), option("Two"), option("Three")]
PLACES = ("type", "team", "user", "api_app_id", "token", "enterprise", "is_enterprise_install", "trigger_id")


def opened(slack: LocalSlack, *blocks: Json, **more: object) -> OpenView:
    view = new_view(slack.workspace, "UANA", modal(*blocks, **more))
    slack.workspace.views["UANA"].append(view)
    return view


async def post(slack: LocalSlack, *blocks: Json) -> Message:
    ts = (await call(slack, "chat.postMessage", channel="CGENERAL", text="x", blocks=list(blocks)))["ts"]
    channel = slack.workspace.channels["CGENERAL"]
    return channel.messages[ts]


async def test_a_button_in_a_message_sends_where_it_stands(slack: LocalSlack, ana: User) -> None:
    go = button("Go", "go", value="7", style="primary")
    surface = await post(slack, {"type": "actions", "block_id": "below", "elements": [go]})
    async with connected(slack, app := Recorder()):
        await slack.interactions.use(ana, surface, "go")
    (sent,) = [each for each in app.sent if each["type"] == "block_actions"]
    assert set(PLACES) < set(sent)
    assert sent["container"] == {
        "type": "message", "message_ts": surface.ts, "channel_id": "CGENERAL", "is_ephemeral": False
    }  # fmt: skip
    assert (sent["channel"]["name"], sent["message"]["bot_id"], sent["state"]) == ("general", "B0BOT", {"values": {}})
    (action,) = sent["actions"]
    assert action.pop("action_ts")
    assert action == {"type": "button", "block_id": "below", **{key: go[key] for key in go if key != "type"}}
    assert sent["response_url"].startswith(slack.url)


async def test_what_is_chosen_in_a_message_is_its_state(slack: LocalSlack, ana: User) -> None:
    choose = {"type": "static_select", "action_id": "which", "options": OPTIONS}
    menu = {"type": "overflow", "action_id": "more", "options": OPTIONS}
    text = {"type": "section", "block_id": "s", "text": plain("x"), "accessory": menu}
    surface = await post(slack, {"type": "actions", "block_id": "a", "elements": [choose]}, text)
    async with connected(slack, app := Recorder()):
        await slack.interactions.use(ana, surface, "which", "two")
        await slack.interactions.use(ana, surface, "more", "Three")
    chosen, more = [each for each in app.sent if each["type"] == "block_actions"]
    assert chosen["actions"][0]["selected_option"] == OPTIONS[1]
    assert more["actions"][0]["selected_option"] == OPTIONS[2]
    assert more["state"]["values"] == {"a": {"which": {"type": "static_select", "selected_option": OPTIONS[1]}}}


async def test_feedback_buttons_send_which_one_was_pressed(slack: LocalSlack, ana: User) -> None:
    yes, no = {"text": plain("Helpful"), "value": "y"}, {"text": plain("Not clear"), "value": "n"}
    both = {"type": "feedback_buttons", "action_id": "fb", "positive_button": yes, "negative_button": no}
    surface = await post(slack, {"type": "context_actions", "elements": [both]})
    async with connected(slack, app := Recorder()):
        await slack.interactions.use(ana, surface, "fb")
        await slack.interactions.use(ana, surface, "fb", "negative")
    pressed = [each["actions"][0]["value"] for each in app.sent if each["type"] == "block_actions"]
    assert pressed == ["y", "n"]


FIELDS: list[tuple[Json, object, Json]] = [
    ({"type": "plain_text_input"}, "words", {"value": "words"}),
    ({"type": "number_input", "is_decimal_allowed": True}, "1.5", {"value": "1.5"}),
    ({"type": "email_text_input"}, "a@b.org", {"value": "a@b.org"}),
    ({"type": "url_text_input"}, "https://a.org", {"value": "https://a.org"}),
    ({"type": "static_select", "options": OPTIONS}, "Two", {"selected_option": OPTIONS[1]}),
    (
        {"type": "static_select", "option_groups": [{"label": plain("g"), "options": OPTIONS}]},
        "three",
        {"selected_option": OPTIONS[2]},
    ),
    ({"type": "multi_static_select", "options": OPTIONS}, ["one", "two"], {"selected_options": OPTIONS[:2]}),
    ({"type": "radio_buttons", "options": OPTIONS}, "one", {"selected_option": OPTIONS[0]}),
    ({"type": "checkboxes", "options": OPTIONS}, ["three"], {"selected_options": OPTIONS[2:]}),
    ({"type": "users_select"}, "ben", {"selected_user": "UBEN"}),
    ({"type": "multi_users_select"}, "ana, Ben Okafor", {"selected_users": ["UANA", "UBEN"]}),
    ({"type": "channels_select"}, "#data", {"selected_channel": "CDATA"}),
    ({"type": "multi_channels_select"}, ["CDATA"], {"selected_channels": ["CDATA"]}),
    ({"type": "conversations_select"}, "secret-launch", {"selected_conversation": "CSECRETLAUNCH"}),
    ({"type": "multi_conversations_select"}, ["CDATA"], {"selected_conversations": ["CDATA"]}),
    ({"type": "datepicker"}, "2026-02-03", {"selected_date": "2026-02-03"}),
    ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
    ({"type": "datetimepicker"}, "2026-02-03T09:30", {"selected_date_time": 1770111000}),
    (
        {"type": "rich_text_input"},
        "words",
        {
            "rich_text_value": {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "words"}]}],
            }
        },
    ),
]


@pytest.mark.parametrize(("element", "raw", "state"), FIELDS, ids=[each[0]["type"] for each in FIELDS])
async def test_a_form_sends_every_kind_of_field(
    slack: LocalSlack, ana: User, element: Json, raw: object, state: Json
) -> None:
    opened(slack, field_of({**element, "action_id": "it"}))
    async with connected(slack, app := Recorder()):
        await slack.interactions.submit(ana, {"it": raw})
    (sent,) = app.sent
    assert sent["view"]["state"]["values"] == {"it": {"it": {"type": element["type"], **state}}}
    assert {"id", "hash", "root_view_id", "previous_view_id", "app_id", "callback_id"} < set(sent["view"])


@pytest.mark.parametrize(
    ("element", "initial", "state"),
    [
        ({"type": "plain_text_input"}, {"initial_value": "a"}, {"value": "a"}),
        (
            {"type": "static_select", "options": OPTIONS},
            {"initial_option": OPTIONS[0]},
            {"selected_option": OPTIONS[0]},
        ),
        (
            {"type": "checkboxes", "options": OPTIONS},
            {"initial_options": OPTIONS[:1]},
            {"selected_options": OPTIONS[:1]},
        ),
        ({"type": "multi_users_select"}, {"initial_users": ["UBEN"]}, {"selected_users": ["UBEN"]}),
        ({"type": "datepicker"}, {"initial_date": "2026-02-03"}, {"selected_date": "2026-02-03"}),
        ({"type": "multi_users_select"}, {}, {"selected_users": []}),
        ({"type": "users_select"}, {}, {"selected_user": None}),
        ({"type": "checkboxes", "options": OPTIONS}, {}, {"selected_options": []}),
        ({"type": "datetimepicker"}, {}, {"selected_date_time": None}),
        ({"type": "file_input"}, {}, {"files": []}),
    ],
)
async def test_a_field_that_nobody_touched_sends_what_it_starts_with(
    slack: LocalSlack, ana: User, element: Json, initial: Json, state: Json
) -> None:
    opened(slack, field_of({**element, **initial, "action_id": "it"}, optional=True))
    async with connected(slack, app := Recorder()):
        await slack.interactions.submit(ana, {})
    assert app.sent[0]["view"]["state"]["values"]["it"]["it"] == {"type": element["type"], **state}


REQUIRED = "Please complete this required field."


@pytest.mark.parametrize(
    ("element", "raw", "error"),
    [
        ({"type": "plain_text_input"}, "", REQUIRED),
        ({"type": "multi_users_select"}, [], REQUIRED),
        ({"type": "datetimepicker"}, "", REQUIRED),
        ({"type": "plain_text_input", "max_length": 3}, "four", "Please use 0 to 3 characters."),
        ({"type": "plain_text_input", "min_length": 3}, "no", "Please use 3 to 3000 characters."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a number that fits."),
        (
            {"type": "number_input", "is_decimal_allowed": True, "max_value": "1"},
            "1.5",
            "Please enter a number that fits.",
        ),
        ({"type": "email_text_input"}, "nobody", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "nowhere", "Please enter a valid URL."),
        ({"type": "datepicker"}, "2026-02-31", "Please enter a valid date."),
    ],
)
async def test_slacks_own_client_minds_what_a_field_needs(
    slack: LocalSlack, ana: User, element: Json, raw: object, error: str
) -> None:
    view = opened(slack, field_of({**element, "action_id": "it"}))
    async with connected(slack, app := Recorder()):
        await slack.interactions.submit(ana, {"it": raw})
    assert (view.errors, app.sent) == ({"it": error}, [])


@pytest.mark.parametrize(
    ("element", "raw"), [({"type": "static_select", "options": OPTIONS}, "Four"), ({"type": "users_select"}, "zoe")]
)
async def test_nothing_can_be_chosen_that_is_not_there(slack: LocalSlack, ana: User, element: Json, raw: str) -> None:
    opened(slack, field_of({**element, "action_id": "it"}))
    with pytest.raises(LookupError, match=raw):
        await slack.interactions.submit(ana, {"it": raw})


async def test_a_button_in_a_form_sends_what_was_entered_so_far(slack: LocalSlack, ana: User) -> None:
    more = {"type": "actions", "elements": [button("More", "more")]}
    view = opened(slack, field_of({"type": "plain_text_input", "action_id": "name"}), more)
    view.entered[("name", "name")] = {"type": "plain_text_input", "value": "typed"}
    async with connected(slack, app := Recorder()):
        await slack.interactions.use(ana, view, "more")
    (sent,) = app.sent
    assert sent["container"] == {"type": "view", "view_id": view.id}
    assert sent["view"]["state"]["values"]["name"]["name"]["value"] == "typed"
    assert ("response_url" in sent, "message" in sent) == (False, False)


async def test_what_was_typed_survives_another_content_with_the_same_fields(slack: LocalSlack) -> None:
    name = field_of({"type": "plain_text_input", "action_id": "name"})
    view = opened(slack, name)
    typed = {"type": "plain_text_input", "value": "typed"}
    view.entered = {("name", "name"): typed, ("gone", "gone"): typed}
    extended = modal(name, {"type": "divider"})
    body = await call(slack, "views.update", view_id=view.id, hash=view.hash, view=extended)
    assert body["view"]["state"]["values"] == {"name": {"name": typed}}
    assert await error_of(slack, "views.update", view_id=view.id, hash="old", view=extended) == "hash_conflict"
    assert await error_of(slack, "views.update", view_id="V9", view=extended) == "not_found"


async def test_forms_stack_three_high_and_close_one_by_one_or_all(slack: LocalSlack, ana: User) -> None:
    view = modal({"type": "divider"}, notify_on_close=True)
    first = (await call(slack, "views.open", trigger_id=slack.workspace.new_trigger("UANA"), view=view))["view"]
    for _ in range(2):
        pushed = await call(slack, "views.push", trigger_id=slack.workspace.new_trigger("UANA"), view=view)
    assert (pushed["view"]["root_view_id"], len(slack.workspace.views["UANA"])) == (first["id"], 3)
    assert pushed["view"]["previous_view_id"] not in (None, first["id"])
    assert await error_of(slack, "views.push", trigger_id=slack.workspace.new_trigger("UANA"), view=view) == (
        "push_limit_reached"
    )
    async with connected(slack, app := Recorder()):
        await slack.interactions.close(ana)
        await slack.interactions.close(ana, everything=True)
    assert [(each["type"], each["is_cleared"]) for each in app.sent] == [("view_closed", False), ("view_closed", True)]
    assert slack.workspace.views["UANA"] == []
    assert await error_of(slack, "views.push", trigger_id=slack.workspace.new_trigger("UANA"), view=view) == "not_found"


async def test_a_form_is_known_by_a_name_of_its_own_once(slack: LocalSlack) -> None:
    view = modal({"type": "divider"}, external_id="mine")
    await call(slack, "views.open", trigger_id=slack.workspace.new_trigger("UANA"), view=view)
    assert (await call(slack, "views.update", external_id="mine", view=view))["ok"]
    again = slack.workspace.new_trigger("UBEN")
    assert await error_of(slack, "views.open", trigger_id=again, view=view) == "duplicate_external_id"
    big = modal(*({"type": "section", "text": plain("x" * 3000)} for _ in range(90)))
    assert await error_of(slack, "views.update", external_id="mine", view=big) == "view_too_large"
    home = {"type": "home", "blocks": []}
    assert await error_of(slack, "views.update", external_id="mine", view=home) == "invalid_arguments"


async def test_a_home_is_published_opened_and_pressed_in(slack: LocalSlack, ana: User) -> None:
    async with connected(slack, app := Recorder()):
        slack.people.open_home(ana)
        content = {"type": "home", "blocks": [{"type": "actions", "elements": [button("Go", "go")]}]}
        published = (await call(slack, "views.publish", user_id="UANA", view=content))["view"]
        slack.people.open_home(ana)
        slack.people.open_home(ana, "messages")
        await slack.wire.idle()
        await slack.interactions.use(ana, slack.workspace.homes["UANA"], "go")
    homes = sorted(app.events("app_home_opened"), key=lambda event: event["event_ts"])
    assert [(event["tab"], event.get("view", {}).get("id")) for event in homes] == [
        ("home", None), ("home", published["id"]), ("messages", None)
    ]  # fmt: skip
    assert app.sent[-1]["view"]["type"] == "home"
    assert await error_of(slack, "views.publish", user_id="UANA", view=content, hash="old") == "hash_conflict"
    assert (await call(slack, "views.publish", user_id="UANA", view=content, hash=published["hash"]))["ok"]
    slack.workspace.app.manifest = {**slack.workspace.app.manifest, "features": {"bot_user": {"display_name": "x"}}}
    assert await error_of(slack, "views.publish", user_id="UANA", view=content) == "not_enabled"


async def test_shortcuts_of_a_message_and_from_anywhere(slack: LocalSlack, ana: User) -> None:
    random = slack.workspace.channels["CRANDOM"]
    said = slack.people.say(ana, random, "the model regressed")
    async with connected(slack, app := Recorder()):
        await slack.interactions.shortcut(ana, "note", said)
        await slack.interactions.shortcut(ana, "ask")
    noted, asked = app.sent
    assert (noted["type"], noted["callback_id"], noted["message"]["text"]) == (
        "message_action", "note", "the model regressed"
    )  # fmt: skip
    assert (noted["channel"]["id"], noted["message_ts"], "response_url" in noted) == ("CRANDOM", said.ts, True)
    assert (asked["type"], asked["callback_id"], "channel" in asked) == ("shortcut", "ask", False)


async def test_an_app_that_does_not_answer_is_told_where_it_was_asked(
    slack: LocalSlack, ana: User, general: Channel
) -> None:
    said = slack.people.say(ana, general, "hello")
    await slack.interactions.shortcut(ana, "note", said)
    assert [each.text for each in general.ephemerals.values()] == ["This app could not answer in time."]
    view = opened(slack, {"type": "actions", "elements": [button("Go", "go")]})
    await slack.interactions.use(ana, view, "go")
    assert view.banner == TROUBLE


SEARCH = {"type": "external_select", "action_id": "word", "min_query_length": 2}


async def test_an_external_select_asks_the_app_from_its_least_length_on(slack: LocalSlack, ana: User) -> None:
    view = opened(slack, field_of(SEARCH))
    async with connected(slack, app := Recorder(lambda _payload: {"options": OPTIONS})):
        assert await slack.interactions.suggest(ana, view, "word", "o") == []
        assert app.sent == []
        assert await slack.interactions.suggest(ana, view, "word", "on") == OPTIONS
    (sent,) = app.sent
    assert (sent["type"], sent["value"], sent["block_id"], sent["action_id"]) == (
        "block_suggestion", "on", "word", "word"
    )  # fmt: skip
    assert "trigger_id" not in sent
    async with connected(slack, app := Recorder()):
        await slack.interactions.submit(ana, {"word": "One"})
    assert app.sent[0]["view"]["state"]["values"]["word"]["word"]["selected_option"] == OPTIONS[0]


@pytest.mark.parametrize("body", [{"options": OPTIONS * 34}, {"options": [{"text": plain("x")}]}])
async def test_options_that_slack_would_not_show_leave_the_menu_empty(slack: LocalSlack, ana: User, body: Json) -> None:
    view = opened(slack, field_of(SEARCH))
    async with connected(slack, Recorder(lambda _payload: body)):
        assert await slack.interactions.suggest(ana, view, "word", "one") == []
    assert slack.workspace.warnings == ["Slack shows no options: there are more than 100, or they are malformed"]


async def test_grouped_options_are_offered_too(slack: LocalSlack, ana: User) -> None:
    surface = await post(slack, {"type": "actions", "elements": [SEARCH]})
    groups = {"option_groups": [{"label": plain("g"), "options": OPTIONS[:1]}]}
    async with connected(slack, Recorder(lambda _payload: groups)):
        assert await slack.interactions.suggest(ana, surface, "word", "one") == OPTIONS[:1]


async def test_a_file_goes_through_a_form_and_is_downloaded_by_the_app(slack: LocalSlack, ana: User) -> None:
    opened(slack, field_of({"type": "file_input", "action_id": "sample"}))
    file = slack.people.upload(ana, "sample.csv", b"id,age\n1,30\n")
    async with connected(slack, app := Recorder()):
        await slack.interactions.submit(ana, {"sample": [file.id]})
    (sent,) = app.sent[0]["view"]["state"]["values"]["sample"]["sample"]["files"]
    assert (sent["name"], sent["filetype"], sent["size"]) == ("sample.csv", "csv", 12)


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": ["no"]},
        {"response_action": "errors", "errors": {"name": 5}},
        {"response_action": "push", "view": {"type": "home", "blocks": []}},
    ],
)
async def test_an_answer_that_slack_does_not_understand_is_trouble(slack: LocalSlack, ana: User, answer: Json) -> None:
    view = opened(slack, field_of({"type": "plain_text_input", "action_id": "name"}, optional=True))
    async with connected(slack, Recorder(lambda _payload: answer)):
        await slack.interactions.submit(ana, {})
    assert (view.banner, len(slack.workspace.views["UANA"])) == (TROUBLE, 1)


async def test_an_app_pushes_no_fourth_form(slack: LocalSlack, ana: User) -> None:
    push = {"response_action": "push", "view": modal({"type": "divider"})}
    opened(slack, {"type": "divider"}, clear_on_close=True)
    async with connected(slack, Recorder(lambda _payload: push)):
        for _ in range(3):
            await slack.interactions.submit(ana, {})
    assert len(slack.workspace.views["UANA"]) == 3
    assert slack.workspace.views["UANA"][-1].banner == TROUBLE


async def test_a_form_that_clears_on_close_takes_all_with_it(slack: LocalSlack, ana: User) -> None:
    below = opened(slack, {"type": "divider"})
    opened(slack, {"type": "divider"})
    await slack.interactions.close(ana)
    assert slack.workspace.views["UANA"] == [below]
    opened(slack, {"type": "divider"}, clear_on_close=True)
    await slack.interactions.close(ana)
    assert slack.workspace.views["UANA"] == []


async def test_a_value_with_a_comma_is_one_value(slack: LocalSlack, ana: User) -> None:
    comma = {"text": plain("Read, write"), "value": '{"r": 1, "w": 2}'}
    surface = await post(slack, {"type": "actions", "elements": [
        {"type": "static_select", "action_id": "which", "options": [comma]}]})  # fmt: skip
    async with connected(slack, app := Recorder()):
        await slack.interactions.use(ana, surface, "which", comma["value"])
    assert app.sent[-1]["actions"][0]["selected_option"] == comma


async def test_a_response_knows_threads_for_public_answers_alone(
    slack: LocalSlack, ana: User, general: Channel
) -> None:
    hers = slack.people.say(ana, general, "mine")
    async with connected(slack, app := Recorder()), ClientSession() as session:
        await slack.interactions.shortcut(ana, "note", hers)
        for kind in ("ephemeral", "in_channel"):
            body = {"text": kind, "response_type": kind, "thread_ts": hers.ts}
            async with session.post(app.sent[-1]["response_url"], json=body) as response:
                assert await response.text() == "ok"
        await slack.wire.idle()
    assert [(each.text, each.thread_ts) for each in general.ephemerals.values()] == [("ephemeral", None)]
    assert [(each.text, each.thread_ts) for each in general.messages.values()][1:] == [("in_channel", hers.ts)]


async def test_a_response_changes_what_is_the_apps_and_nothing_of_a_persons(
    slack: LocalSlack, ana: User, general: Channel
) -> None:
    hers = slack.people.say(ana, general, "mine")
    own = await post(slack, {"type": "actions", "elements": [button("Go", "go")]})
    async with connected(slack, app := Recorder()), ClientSession() as session:
        await slack.interactions.shortcut(ana, "note", hers)
        await slack.interactions.use(ana, own, "go")
        answers = []
        for sent in [each for each in app.sent if "response_url" in each]:
            for body in ({"text": "changed", "replace_original": "true"}, {"delete_original": True}):
                async with session.post(sent["response_url"], json=body) as response:
                    answers.append(await response.text())
        async with session.post(sent["response_url"], data="{") as response:
            answers.append(await response.text())
        await slack.wire.idle()
    assert answers == ["message_not_found", "message_not_found", "ok", "ok", "invalid_payload"]
    assert [each.text for each in general.messages.values()] == ["mine"]
    assert [event["subtype"] for event in app.events("message") if "subtype" in event][-2:] == [
        "message_changed", "message_deleted"
    ]  # fmt: skip


async def test_a_command_gets_names_where_it_asks_for_them(slack: LocalSlack, ana: User, general: Channel) -> None:
    async with connected(slack, app := Recorder()):
        await slack.interactions.run_command(ana, general, "/test @Ben Okafor & co")
        slack.workspace.app.commands["/test"]["should_escape"] = True
        await slack.interactions.run_command(ana, general, "/test @Ben Okafor & co")
    slack.workspace.app.commands["/test"]["should_escape"] = False
    assert [sent["text"] for sent in app.sent] == ["@Ben Okafor & co", "<@UBEN|ben> &amp; co"]


async def test_a_trigger_dies_after_three_seconds(slack: LocalSlack, clock: Clock) -> None:
    trigger = slack.workspace.new_trigger("UANA")
    clock.move(timedelta(seconds=4))
    assert await error_of(slack, "views.push", trigger_id=trigger, view=modal()) == "expired_trigger_id"
