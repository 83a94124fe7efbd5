"""The small language for what people do, and what they then see, as text."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import Clock
from bot.local_slack.interactions.forms import new_view
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Json
from bot.trial.screen import Screen, block_lines
from bot.trial.script import Script, ScriptError
from tests.local_slack.apps import Recorder, button, call, connected, field_of, modal, option, plain, workspace

OPTIONS = [option("One"), option("Two")]


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with workspace(clock.now) as served:
        yield served


async def play(slack: LocalSlack, clock: Clock, *lines: str) -> list[str]:
    script, screen = Script(slack.workspace, slack.people, slack.interactions, clock.move), Screen(slack.workspace)
    for line in lines:
        await script.act(line)
    await slack.wire.idle()
    return screen.news()


async def test_people_talk_react_edit_and_delete(slack: LocalSlack, clock: Clock) -> None:
    seen = await play(
        slack,
        clock,
        "# a note",
        "ana in #general: the model regressed",
        'ben reacts :eyes: to "regressed"',
        'ana edits "regressed": the model got worse',
        "ana in thread: since Monday",
        'chloe replies to "got worse": how much?',
        "ben in #general: gone soon",
        'ben deletes "gone soon"',
    )
    assert seen == [
        "#general",
        "  Ana Ruiz:",
        "    the model got worse",
        "    :eyes: 1",
        "  Ana Ruiz (in thread):",
        "    since Monday",
        "  Chloe Martin (in thread):",
        "    how much?",
    ]


async def test_people_come_go_invite_and_attach(slack: LocalSlack, clock: Clock) -> None:
    seen = await play(
        slack,
        clock,
        "gus joins #random",
        "ana leaves #random",
        "ben invites the bot to #random",
        'ana attaches "sample.csv": id / 1',
        "ana in #general: here it is",
    )
    assert slack.workspace.channels["CRANDOM"].members == {"UBEN", "UCHLOE", "UDEV", "UELI", "UGUS", "U0BOT"}
    assert seen == [
        "#general",
        "  Ana Ruiz:",
        "    here it is",
        "    [file sample.csv]",
        "#random",
        "    @Gus Lindt has joined the channel",
        "    @Ana Ruiz has left the channel",
        "    @Tester has joined the channel",
    ]
    (file,) = slack.workspace.files.values()
    assert file.content == b"id\n1"


async def test_forms_shortcuts_and_the_home_are_played(slack: LocalSlack, clock: Clock) -> None:
    search = {"type": "external_select", "action_id": "word", "min_query_length": 2}
    form = modal(
        field_of({"type": "plain_text_input", "action_id": "name"}),
        field_of({"type": "file_input", "action_id": "sample"}),
        {"type": "actions", "elements": [search]},
    )

    def answer(sent: Json) -> Json | None:
        return {"options": OPTIONS} if sent["type"] == "block_suggestion" else None

    async with connected(slack, app := Recorder(answer)):
        slack.workspace.views["UANA"] = [new_view(slack.workspace, "UANA", form)]
        slack.workspace.homes["UANA"] = new_view(slack.workspace, "UANA", {"type": "home", "blocks": []})
        seen = await play(
            slack,
            clock,
            'ana chooses "One" in "word"',
            'ana enters "name": Ana',
            'ana attaches "sample.csv": id',
            "ana submits",
            "ana in #random: note this",
            'ana uses "Note it" on "note this"',
            'ana uses "Ask it"',
            "ana opens the Home",
        )
    kinds = [each["type"] for each in app.sent if each["type"] != "event_callback"]
    assert kinds == ["block_suggestion", "block_actions", "view_submission", "message_action", "shortcut"]
    assert app.sent[1]["actions"][0]["selected_option"] == OPTIONS[0]
    assert len(app.events("app_home_opened")) == 1
    assert seen == ["#random", "  Ana Ruiz:", "    note this", "Ana Ruiz sees the Home:"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('ana uses "Sing"', "there is no global shortcut 'Sing'"),
        ('ana deletes "nothing"', "Ana Ruiz sees no message with 'nothing'"),
        ("wait 99999999999 days", "I don't know that"),
    ],
)
async def test_what_is_not_there_is_said(slack: LocalSlack, clock: Clock, line: str, told: str) -> None:
    with pytest.raises(ScriptError, match=told):
        await play(slack, clock, line)


async def test_feedback_is_pressed_by_its_words(slack: LocalSlack, clock: Clock) -> None:
    yes, no = {"text": plain("Helpful"), "value": "y"}, {"text": plain("Not clear"), "value": "n"}
    both = {"type": "feedback_buttons", "action_id": "fb", "positive_button": yes, "negative_button": no}
    await call(
        slack,
        "chat.postMessage",
        channel="CGENERAL",
        text="x",
        blocks=[{"type": "context_actions", "elements": [both]}],
    )
    async with connected(slack, app := Recorder()):
        await play(slack, clock, 'ana presses "Not clear"')
    assert [each["actions"][0]["value"] for each in app.sent if each["type"] == "block_actions"] == ["n"]


RICH: Json = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "b"}]}],
}
IMAGE = {"type": "image", "image_url": "https://a.org/b.png", "alt_text": "a ship"}


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, RICH]]}, ["a | b"]),
        (
            {
                "type": "data_visualization",
                "title": "Trend",
                "chart": {"type": "line", "series": [{"name": "open", "data": [{"label": "w", "value": 3}]}]},
            },
            ["[a chart: Trend]", "open: 3"],
        ),
        ({"type": "markdown", "text": "a\nb"}, ["a", "b"]),
        ({"type": "alert", "text": plain("mind")}, ["mind"]),
        (IMAGE, ["[image: a ship]"]),
        ({"type": "context", "elements": [IMAGE, plain("small")]}, ["a ship · small"]),
        ({"type": "section", "text": plain("x"), "accessory": button("Go", "go")}, ["x", "[Go]"]),
        ({"type": "section", "text": plain("x"), "accessory": IMAGE}, ["x", "[image: a ship]"]),
        (
            {
                "type": "actions",
                "elements": [
                    {"type": "overflow", "options": OPTIONS},
                    {"type": "checkboxes", "options": OPTIONS},
                    {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]},
                    {"type": "users_select", "initial_user": "UANA"},
                    {"type": "datetimepicker", "initial_date_time": 5},
                ],
            },
            ["[… One / Two] [One / Two] [Two] [@Ana Ruiz] [5]"],
        ),
        (
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "<!subteam^SENGINEERS> <!subteam^S9> <!date^0^{date}|x>"},
            },
            ["@engineers @unknown January 1, 1970"],
        ),
    ],
)
async def test_every_block_is_text_too(slack: LocalSlack, block: Json, lines: list[str]) -> None:
    assert list(block_lines(slack.workspace, [block])) == lines
