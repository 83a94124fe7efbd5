"""What people see, as text: each message once, marked by who sees it; forms with their errors; every block."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.local_slack.interactions.forms import new_view
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Json, Message, Workspace
from bot.trial.screen import Screen, block_lines, message_lines, plain_lines, view_lines
from tests.local_slack.apps import MANIFEST, button, field_of, modal, plain

HELLO = Message("1.0", "UANA", "hello")
TYPED = {"type": "plain_text_input", "action_id": "name"}


@pytest.fixture
def workspace(clock: Clock) -> Workspace:
    return seeded(sample(), MANIFEST, clock.now)


def test_each_message_is_news_once_and_again_when_it_changes(workspace: Workspace) -> None:
    screen, general = Screen(workspace), workspace.channels["CGENERAL"]
    assert screen.news() == []
    message = workspace.keep(general, replace(HELLO))
    assert screen.news() == ["#general", "  Ana Ruiz:", "    hello"]
    assert screen.news() == []
    message.text = "hello again"
    workspace.keep(general, Message("2.0", "UBEN", "hi"))
    assert screen.news() == ["#general", "  Ana Ruiz:", "    hello again", "  Ben Okafor:", "    hi"]


def test_a_message_whose_day_is_called_otherwise_now_is_no_news(clock: Clock) -> None:
    workspace = seeded(sample(), MANIFEST, clock.now)
    screen, dated = Screen(workspace), f"due <!date^{int(clock.now().timestamp())}^{{date_short_pretty}}|Mon 5 Jan>"
    workspace.keep(workspace.channels["CGENERAL"], replace(HELLO, text=dated))
    assert screen.news() == ["#general", "  Ana Ruiz:", "    due today"]
    clock.move(timedelta(days=1))
    assert screen.news() == []


def test_what_one_person_sees_stands_among_the_others_in_the_order_in_which_it_was_said(workspace: Workspace) -> None:
    general = workspace.channels["CGENERAL"]
    workspace.keep(general, Message("3.0", "UBEN", "last"))
    workspace.whisper(general, Message("2.0", "U0BOT", "only you"), "UANA")
    workspace.keep(general, Message("1.0", "UANA", "first"))
    lines = [line.strip() for line in Screen(workspace).news()]
    assert lines[2::2] == ["first", "only you", "last"]
    assert lines[3] == "Tester (only visible to Ana Ruiz):"


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        (HELLO, ["  Ana Ruiz:", "    hello"]),
        (replace(HELLO, to="UBEN"), ["  Ana Ruiz (only visible to Ben Okafor):", "    hello"]),
        (replace(HELLO, thread_ts="0.5"), ["  Ana Ruiz (in thread):", "    hello"]),
        (replace(HELLO, user="UNOBODY"), ["  Slackbot:", "    hello"]),
        (
            replace(HELLO, text="<@UANA> has joined", subtype="channel_join"),
            ["    @Ana Ruiz has joined"],
        ),
        (
            replace(HELLO, reactions={"eyes": ["UBEN", "UDEV"]}),
            ["  Ana Ruiz:", "    hello", "    :eyes: 2"],
        ),
        (
            replace(HELLO, blocks=[{"type": "section", "text": plain("in blocks")}]),
            ["  Ana Ruiz:", "    in blocks"],
        ),
    ],
)
def test_a_message_says_who_says_it_and_who_sees_it(workspace: Workspace, message: Message, lines: list[str]) -> None:
    assert message_lines(workspace, message) == lines


def test_a_form_shows_its_fields_with_what_is_wrong_there(workspace: Workspace) -> None:
    content = modal(
        field_of(TYPED, optional=True, hint=plain("As on the card")),
        field_of({**TYPED, "action_id": "word", "initial_value": "drift\nof data"}),
        close=plain("Cancel"),
    )
    view = new_view(workspace, "UANA", content)
    view.errors, view.banner = {"word": "Not that word."}, "We had some trouble connecting."
    assert view_lines(workspace, view) == [
        "Ana Ruiz sees the form “A form”:",
        "    ! We had some trouble connecting.",
        "    name (optional): []",
        "      As on the card",
        "    word: [drift / of data]",
        "      ! Not that word.",
        "    [Cancel] [Save]",
    ]


def test_only_the_form_on_top_is_seen_and_the_home_by_whose_it_is(workspace: Workspace) -> None:
    screen = Screen(workspace)
    below, above = (new_view(workspace, "UANA", modal(title=plain(title))) for title in ("Below", "Above"))
    workspace.views["UANA"] = [below, above]
    blocks = [{"type": "section", "text": plain("Three steps")}]
    workspace.homes["UBEN"] = new_view(workspace, "UBEN", {"type": "home", "blocks": blocks})
    assert screen.news() == [
        "Ana Ruiz sees the form “Above”:",
        "    [Save]",
        "Ben Okafor sees the Home:",
        "    Three steps",
    ]
    workspace.views["UANA"].pop()
    assert screen.news() == ["Ana Ruiz sees the form “Below”:", "    [Save]"]
    workspace.views["UANA"].clear()
    assert screen.news() == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<@UANA> and <@UNOBODY>", "@Ana Ruiz and @unknown UNOBODY"),
        ("<#CGENERAL> and <#CNOWHERE>", "#general and #unknown"),
        ("<!here>", "@here (everybody is notified)"),
        ("<https://a.org|the page> <https://b.org>", "the page (https://a.org) https://b.org"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ],
)
def test_slacks_marks_are_names_and_addresses(workspace: Workspace, text: str, told: str) -> None:
    assert plain_lines(workspace, text) == [told]


def rich(*elements: Json, kind: str = "rich_text_section") -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        ({"type": "section", "text": plain("<@UANA> &amp; co")}, ["<@UANA> &amp; co"]),
        ({"type": "section", "text": {"type": "mrkdwn", "text": "<@UANA>"}}, ["@Ana Ruiz"]),
        ({"type": "section", "fields": [plain("left"), plain("right")]}, ["left", "right"]),
        ({"type": "divider"}, ["———"]),
        ({"type": "carousel"}, ["[a block of type carousel]"]),
        (
            rich(
                {"type": "text", "text": "D-1 ", "style": {"bold": True}},
                {"type": "user", "user_id": "UANA"},
                {"type": "text", "text": " in "},
                {"type": "channel", "channel_id": "CGENERAL"},
                {"type": "emoji", "name": "eyes"},
                {"type": "link", "url": "https://a.org"},
            ),
            ["*D-1 *@Ana Ruiz in #general:eyes:https://a.org"],
        ),
        (rich({"type": "text", "text": "one\ntwo"}, kind="rich_text_quote"), ["> one", "> two"]),
        (rich(rich({"type": "text", "text": "one"})["elements"][0], kind="rich_text_list"), ["• one"]),
        (
            {
                "type": "actions",
                "elements": [
                    button("Go", "go"),
                    {"type": "users_select", "placeholder": plain("Choose a person")},
                    {"type": "channels_select", "initial_channel": "CGENERAL"},
                    {"type": "multi_users_select", "initial_users": ["UANA", "UBEN"]},
                ],
            },
            ["[Go] [Choose a person] [#general] [@Ana Ruiz, @Ben Okafor]"],
        ),
    ],
)
def test_each_block_is_lines_of_text(workspace: Workspace, block: Json, lines: list[str]) -> None:
    assert list(block_lines(workspace, [block])) == lines
