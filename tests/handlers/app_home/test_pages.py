"""What a Home has room for: ten lines first, then all of it on pages of a hundred blocks."""

import json
from dataclasses import replace

from bot.trial.run import Trial
from handlers.app_home.messages.home import Shown, home
from handlers.app_home.messages.settings import Own
from handlers.hooks.digest import Group, Line
from handlers.hooks.reminders import Reminder, Topic
from handlers.slack import blocks
from handlers.slack.blocks import Block
from tests.conftest import START
from tests.handlers.data_requests.playing import put
from tests.playing import play

NOBODY = Shown("UANA", (), (), Own(), ("domain",), None, START.date())


def a_reminder(number: int) -> Reminder:
    topic = Topic(str(number), f"matter {number}", "things to do")
    button = blocks.button("Open", "x", "v")
    return Reminder(
        "k", f"{number:03d}", "workspace", ("UANA",), "", "2026-01-01", "", 1, "to do", lambda _: button, topic
    )


def pressed(page: tuple[Block, ...]) -> list[Block]:
    """Return the buttons of a page, beside a text and in rows."""
    rows = [block["elements"] for block in page if block["type"] == "actions"]
    alone = [block["accessory"] for block in page if "accessory" in block]
    listed = [element for row in rows if isinstance(row, list) for element in row]
    return listed + [each for each in alone if isinstance(each, dict)]


def test_the_first_page_has_ten_lines_of_what_needs_somebody_and_says_how_many_more() -> None:
    first = json.dumps(home(replace(NOBODY, reminders=[a_reminder(n) for n in range(14)]), 0))
    assert [f"*matter {n}*" in first for n in range(14)] == [True] * 10 + [False] * 4
    assert "14 things need you" in first
    assert '"4 more"' in first
    ten = json.dumps(home(replace(NOBODY, reminders=[a_reminder(n) for n in range(10)]), 0))
    assert '"See all"' not in ten


def test_nothing_needs_somebody_is_said_only_where_that_is_so() -> None:
    own = (Group("duties", [Line("1", "Testing")], one="duty"),)
    assert "Nothing needs you right now" in json.dumps(home(replace(NOBODY, groups=own), 0))
    told = json.dumps(home(replace(NOBODY, groups=own, reminders=[a_reminder(1)]), 0))
    assert "1 thing needs you" in told
    assert "Nothing needs you" not in told


def test_all_of_it_is_paged_within_a_hundred_blocks_and_nothing_is_cut_in_two() -> None:
    groups = [Group("definitions", [Line(str(n), f"word {n}") for n in range(30)])]
    shown = replace(NOBODY, reminders=[a_reminder(n) for n in range(220)], groups=groups)
    pages = [home(shown, page) for page in range(1, 5)]
    assert all(len(page) <= 100 for page in pages)
    assert pages[3] == pages[2]
    told = json.dumps(pages)
    assert all(f"*matter {n}*" in told for n in range(220))
    assert "Your definitions: 30" in told
    assert "And 18 more." in told
    ids = [each["action_id"] for each in pressed(pages[0])]
    assert len(ids) == len(set(ids))
    assert "Page 1 of 3" in json.dumps(pages[0])


async def test_pages_are_turned(running: Trial) -> None:
    for number in range(2):
        await put(running, entity=f"data {number}")
    told = await play(running, "ana opens the Home", 'ana presses "See everything that is yours"')
    assert "Your data requests: 2" in told
    await play(running, 'ana presses "Back"')
    assert "2 data requests" in str(running.slack.workspace.homes["UANA"].content)
