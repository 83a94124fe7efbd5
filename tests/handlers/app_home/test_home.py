"""The Home: to everybody what is theirs and nothing else, and fresh for as long as they look at it."""

import json

from bot.local_slack.wire.faults_and_rates import Fault
from bot.trial.run import Trial
from handlers.app_home import messages
from handlers.app_home.messages import Own, Shown
from handlers.hooks.digest import Group, Line
from handlers.hooks.reminders import Reminder, Topic
from handlers.slack.blocks import Block
from storage.workspaces import homes, preferences
from tests.conftest import START
from tests.handlers.data_requests.playing import TEAM, put
from tests.playing import play


def published(trial: Trial, user: str) -> str:
    return json.dumps(trial.slack.workspace.homes[user].content["blocks"])


async def test_a_newcomer_reads_that_nothing_waits_and_where_to_begin(running: Trial) -> None:
    told = await play(running, "eli opens the Home")
    assert "Nothing waits for you" in told
    assert "Nothing is yours yet. Ask what a word means with /define, or begin with one of these:" in told
    assert "The workspace" not in told.partition("Eli Berg")[2].replace("The workspace's order", "")
    assert "What was decided?" in await play(running, 'eli presses "Log a decision"')
    assert "What is it for?" in await play(running, "eli closes", 'eli presses "Ask for data"')


async def test_each_reads_what_waits_for_them_with_its_buttons_and_what_is_theirs(running: Trial) -> None:
    await put(running)
    await play(running, "chloe in #general: /decision Batch only", "chloe submits", "chloe closes")
    ana = await play(running, "ana opens the Home")
    assert "Waits for you: 1" in ana
    assert "DR-1, berth arrivals: it is your move: offer, ask, agree or decline." in ana
    assert "Your data requests: 1" in ana
    assert "Batch only" not in ana
    chloe = await play(running, "chloe opens the Home")
    assert "Your decisions: 1" in chloe
    assert "DR-1" not in chloe
    record = await play(running, 'ana presses "Open"')
    assert "*DR-1  berth arrivals*  (open)" in record


async def test_stewards_read_the_workspaces_settings_and_admins_change_them(running: Trial) -> None:
    await play(running, "chloe in #general: /common-ground settings", 'chloe enters "Stewards of domain": eli')
    assert "Duties are confirmed again after as long as the catalogue of duties says" in await play(
        running, "chloe opens the Home"
    )
    again = 'chloe enters "Duties are confirmed again after so many days": 30'
    await play(running, 'chloe enters "Holidays": 2026-12-24', again, "chloe submits", "chloe closes")
    await play(running, "ben in #general: /summary here friday 16:00")
    steward = await play(running, "eli opens the Home")
    assert "Domain: Eli Berg" in steward
    assert "Data science: no steward, so admins act" in steward
    assert "#general gets a summary on Friday at 16:00 (Europe/London)" in steward
    assert "Days off: 2026-12-24" in steward
    assert "Duties are confirmed again after 30 days" in steward
    assert "[Change]" not in steward
    admin = await play(running, "chloe opens the Home")
    assert "[Change] [Reminders for all]" in admin
    assert "Channel for data requests" in await play(running, 'chloe presses "Change"')
    assert "Remind people of" in await play(running, "chloe closes", 'chloe presses "Reminders for all"')


async def test_guests_read_where_to_ask_and_nothing_else(running: Trial) -> None:
    await put(running)
    told = await play(running, "gus opens the Home")
    assert "Mention me in a channel that you are in: I answer there with what belongs to that channel." in told
    assert "DR-1" not in told
    assert "DR-1" in await play(running, "ana opens the Home")


async def test_what_belongs_to_a_private_channel_is_shown_to_its_members_while_they_are(running: Trial) -> None:
    secret = next(each.id for each in running.slack.workspace.channels.values() if each.name == "secret-launch")
    await put(running, visibility=secret, channel=secret, requester="UCHLOE", owner="UANA", entity="falcon logs")
    assert "falcon" in await play(running, "ana opens the Home")
    await play(running, "ana leaves #secret-launch", "wait 11 minutes", "ana opens the Home")
    assert "falcon" not in published(running, "UANA")


async def test_it_is_published_again_within_ten_minutes_of_a_change_and_not_after(running: Trial) -> None:
    await play(running, "ana opens the Home")
    assert "DR-1" not in published(running, "UANA")
    await put(running)
    await play(running, "wait 1 minute")
    assert "DR-1" in published(running, "UANA")
    calls = running.slack.workspace.homes["UANA"].hash
    await play(running, "wait 1 minute")
    assert running.slack.workspace.homes["UANA"].hash == calls
    await play(running, "wait 10 minutes")
    await put(running)
    await play(running, "wait 1 minute")
    assert "DR-2" not in published(running, "UANA")


async def test_what_slack_did_not_take_is_tried_again_and_its_messages_tab_publishes_nothing(running: Trial) -> None:
    running.slack.faults.arm("views.publish", Fault("server_error"))
    await play(running, "ana opens the Home")
    assert "UANA" not in running.slack.workspace.homes
    await play(running, "wait 1 minute")
    assert "Nothing waits for you" in published(running, "UANA")
    running.slack.people.open_home(running.slack.workspace.users["UBEN"], "messages")
    await running.quiet()
    assert homes.home(running.bot.store.reader, TEAM, "UBEN") is None


async def test_settings_are_chosen_in_it(running: Trial) -> None:
    await play(running, "ana opens the Home", 'ana chooses "Product" in "home_discipline"')
    reader = running.bot.store.reader
    assert preferences.chosen(reader, TEAM, 10_000, preferences.DISCIPLINE) == {"UANA": "product"}
    await play(running, "wait 1 minute", """ana chooses "The workspace's order" in "home_discipline" """.strip())
    assert preferences.chosen(reader, TEAM, 10_001, preferences.DISCIPLINE) == {}
    assert "Your working day begins at" in await play(running, 'ana presses "Reminders and hours"')


async def test_whoever_first_brings_the_bot_is_greeted_once_in_a_workspace(running: Trial) -> None:
    told = await play(running, "ben invites the bot to #random")
    assert "I am new here. Three steps, and I am of use to everybody:" in told
    assert "[Set the stewards] [Choose the data channel] [How to invite me]" in told
    assert "I am new here" not in await play(running, "ana opens the Home", "ana invites the bot to #churn-model")
    assert "/invite @Common Ground" in await play(running, 'ben presses "How to invite me"')
    assert "Only workspace admins can change settings." in await play(running, 'ben presses "Set the stewards"')


async def test_who_first_opens_the_home_is_greeted(running: Trial) -> None:
    told = await play(running, "gus opens the Home", "ana opens the Home", "ana opens the Home", "ben opens the Home")
    assert told.count("I am new here.") == 1
    assert "Common Ground and Ana Ruiz" in told
    await play(running, "ben joins #random")


def a_reminder(number: int) -> Reminder:
    return Reminder("k", str(number), "workspace", ("UANA",), "", "2026-01-01", "", 1, f"matter {number}", lambda _: {
        "type": "button", "text": {"type": "plain_text", "text": "Open"}, "action_id": "x", "value": "v",
    }, Topic(str(number), "Matters", "need you"))  # fmt: skip


def pressed(page: tuple[Block, ...]) -> list[Block]:
    """Return the buttons of a page."""
    rows = [block["elements"] for block in page if block["type"] == "actions"]
    return [element for row in rows if isinstance(row, list) for element in row]


def test_a_long_home_is_paged_within_a_hundred_blocks_and_nothing_is_cut_in_two() -> None:
    groups = [Group("Your words", [Line(str(n), f"word {n}") for n in range(30)])]
    shown = Shown("UANA", [a_reminder(n) for n in range(120)], groups, Own(), ("domain",), None, START)
    pages = [messages.home(shown, page) for page in range(6)]
    assert all(len(page) <= 100 for page in pages)
    assert pages[5] == pages[4]
    told = json.dumps(pages[:5])
    assert all(f'"matter {n}"' in told for n in range(120))
    assert "And 18 more." in told
    ids = [each["action_id"] for each in pressed(pages[0])]
    assert len(ids) == len(set(ids))
    assert "Page 1 of 5" in json.dumps(pages[0])


async def test_pages_are_turned(running: Trial) -> None:
    for number in range(50):
        await put(running, entity=f"data {number}")
    told = await play(running, "ana opens the Home")
    assert "Page 1 of 2" in told
    told = await play(running, 'ana presses "More"')
    assert "Page 2 of 2" in told
    await play(running, 'ana presses "Back"')
    assert "Page 1 of 2" in published(running, "UANA")


async def test_what_one_is_asked_waits_at_once_and_is_no_duty_of_ones_own(running: Trial) -> None:
    lines = ('chloe enters "What is it?": dataset', 'chloe enters "Who leads it?": chloe', "chloe submits")
    await play(running, "chloe in #general: /owner add tides", *lines, "chloe closes")
    asked = ("chloe in #general: /owner tides data ownership", 'chloe presses "Suggest someone"')
    await play(running, *asked, 'chloe enters "Who could own it?": eli', "chloe submits", "chloe closes")
    stands = 'chloe enters "Decided or proposed?": Proposed: people can agree or object'
    proposed = (stands, 'chloe enters "Who should agree?": eli', 'chloe enters "Answer by": 2026-01-30')
    await play(running, "chloe in #general: /decision Buy the feed", 'chloe presses "More"', *proposed, "chloe submits")
    told = await play(running, "eli opens the Home")
    assert "Waits for you: 2" in told
    assert "D-1, Buy the feed. Say until 2026-01-30 whether you agree." in told
    assert "[Agree] [Object] [History] [Open]" in told
    assert "You are asked to take data ownership of tides." in told
    assert "[I'll take it]" in told
    assert "Your duties" not in told
    assert "Duties that you are asked to take: 1" in told
    agreed = await play(running, 'eli presses "Agree"', "wait 1 minute", "eli opens the Home")
    assert "Waits for you: 1" in agreed
