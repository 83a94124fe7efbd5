"""The page while much happens at once: what is typed, chosen and begun is neither lost nor put elsewhere."""

import asyncio
from collections.abc import Awaitable, Callable

from playwright.async_api import Browser, FilePayload, Page, Route, expect

from bot.local_slack.interactions.forms import change, new_view
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.rendering import permalink
from bot.local_slack.workspace.state import Json
from tests.browser.browsing import IN_A_BROWSER, opened, say
from tests.local_slack.apps import Recorder, button, connected, field_of, modal, option, plain

pytestmark = IN_A_BROWSER


def a_file(name: str) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": b"1,2"}


def happens(slack: LocalSlack, words: str = "elsewhere") -> None:
    """Let somebody say something in another channel, so that every page is drawn anew."""
    slack.people.say(slack.workspace.users["UBEN"], slack.workspace.channels["CDATA"], words)
    slack.note_change()


async def drawn_after(slack: LocalSlack, page: Page) -> None:
    """Let something happen and return once the page shows it."""
    count = len(slack.workspace.channels["CDATA"].messages) + 1
    happens(slack)
    await expect(page.locator("#go-CDATA .badge")).to_contain_text(f"{count}")


def held(gate: asyncio.Event) -> Callable[[Route], Awaitable[None]]:
    async def hold(route: Route) -> None:
        await gate.wait()
        await route.continue_()

    return hold


def shown_form(slack: LocalSlack, *blocks: Json) -> None:
    slack.workspace.views["UANA"] = [new_view(slack.workspace, "UANA", modal(*blocks))]


async def test_a_draft_stays_where_it_was_begun_though_something_happens(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.locator("#here").press_sequentially("half a thought")
    gate = asyncio.Event()
    # Of what happens the page may hear late: a screen that it then asks for is held back, too, and must not be missed.
    async with page.expect_request("**/screen*"):
        await page.route("**/screen*", held(gate))
        happens(slack)
    await page.get_by_role("button", name="random").click()
    gate.set()
    await expect(page.locator("main h2")).to_have_text("#random")
    await expect(page.locator("#here")).to_have_value("")
    await page.get_by_role("button", name="general").click()
    await expect(page.locator("#here")).to_have_value("half a thought")


async def test_one_failed_fetch_does_not_stop_the_page(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    async with page.expect_event("requestfailed"):
        await page.route("**/screen*", lambda route: route.abort(), times=1)
        happens(slack)
    await drawn_after(slack, page)


async def test_a_window_is_the_person_that_it_shows(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/")
    await page.locator("#me").select_option("UBEN")
    await expect(page).to_have_url(f"{slack.url}/?me=UBEN")
    await page.goto(f"{slack.url}/")
    await expect(page.locator("#me")).to_have_value("UBEN")
    await say(page, "hello")
    await expect(page.locator("#said .message").last).to_contain_text("Ben Okafor")


async def test_a_thread_takes_no_draft_from_the_channel(slack: LocalSlack, browser: Browser) -> None:
    slack.people.say(slack.workspace.users["UBEN"], slack.workspace.channels["CGENERAL"], "first")
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.locator("#here").press_sequentially("half a thought")
    await page.locator("#said .message").last.hover()
    await page.get_by_label("Reply in thread").click()
    await expect(page.locator("#thread")).to_be_focused()
    await expect(page.locator("#here")).to_have_value("half a thought")
    await page.get_by_label("Also send to #general").check()
    await page.locator("#thread").press_sequentially("a reply")
    await drawn_after(slack, page)
    await expect(page.get_by_label("Also send to #general")).to_be_checked()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("replied to a thread")).to_be_visible()
    await expect(page.get_by_label("Also send to #general")).not_to_be_checked()
    await expect(page.locator("#here")).to_have_value("half a thought")


async def test_a_file_waits_where_it_was_attached_and_for_its_message(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.get_by_label("Attach a file").last.set_input_files(a_file("a.csv"))
    await expect(page.get_by_label("Leave out a.csv")).to_be_visible()
    await say(page, "/dance")
    await expect(page.get_by_text("is not a valid command")).to_be_visible()
    await expect(page.get_by_label("Leave out a.csv")).to_be_visible()
    await page.get_by_role("button", name="random").click()
    await expect(page.get_by_label("Leave out a.csv")).to_have_count(0)
    await page.get_by_role("button", name="general").click()
    await expect(page.get_by_label("Leave out a.csv")).to_be_visible()
    gate = asyncio.Event()
    await page.route("**/attach", held(gate))
    await page.get_by_label("Attach a file").last.set_input_files(a_file("b.csv"))
    await say(page, "see both")
    gate.set()
    await expect(page.get_by_text("📄 b.csv")).to_be_visible()
    await expect(page.get_by_text("📄 a.csv")).to_be_visible()


async def test_what_is_typed_in_a_form_outlives_its_update(slack: LocalSlack, browser: Browser) -> None:
    name = field_of({"type": "plain_text_input", "action_id": "name"})
    shown_form(slack, name)
    (view,) = slack.workspace.views["UANA"]
    page = await opened(browser, f"{slack.url}/?me=UANA")
    field = page.get_by_role("dialog").get_by_label("name")
    await field.press_sequentially("abcdef")
    change(slack.workspace, view, modal({"type": "header", "text": plain("Changed")}, name))
    slack.note_change()
    await expect(page.get_by_role("heading", name="Changed")).to_be_visible()
    await expect(field).to_have_value("abcdef")
    await expect(field).to_be_focused()


async def test_escape_answers_the_question_and_not_the_form_below(slack: LocalSlack, browser: Browser) -> None:
    sure = {"title": plain("Really?"), "text": plain("It goes."), "confirm": plain("Yes"), "deny": plain("No")}
    choose = {"type": "static_select", "action_id": "which", "options": [option("One"), option("Two")]}
    field = field_of({**choose, "confirm": sure, "initial_option": option("One")}, dispatch_action=True)
    shown_form(slack, {"type": "actions", "elements": [button("Go", "go", confirm=sure)]}, field)
    async with connected(slack, app := Recorder()):
        page = await opened(browser, f"{slack.url}/?me=UANA")
        await page.get_by_role("button", name="Go").click()
        await page.keyboard.press("Escape")
        await expect(page.locator("#sure")).to_be_hidden()
        await page.get_by_label("which", exact=True).select_option("two")
        await page.locator("#sure-no").click()
        await expect(page.get_by_label("which", exact=True)).to_have_value("one")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
    (sent,) = app.sent
    assert sent["view"]["state"]["values"]["which"]["which"]["selected_option"] == option("One")


async def test_what_the_app_offers_is_asked_for_once_and_never_sent_by_enter(
    slack: LocalSlack, browser: Browser
) -> None:
    shown_form(slack, field_of({"type": "external_select", "action_id": "word", "min_query_length": 0}))
    offers = {"options": [option("Drift"), option("Drill")]}
    async with connected(slack, app := Recorder(lambda sent: offers if sent["type"] == "block_suggestion" else None)):
        page = await opened(browser, f"{slack.url}/?me=UANA")
        await expect(page.get_by_role("option", name="Drill")).to_be_visible()
        await drawn_after(slack, page)
        await expect(page.get_by_role("option", name="Drill")).to_be_visible()
        assert suggestions(app) == 1
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        await drawn_after(slack, page)
        await expect(page.get_by_role("dialog", name="A form")).to_be_visible()
    assert suggestions(app) == 1
    assert "view_submission" not in [each["type"] for each in app.sent]


def suggestions(app: Recorder) -> int:
    return sum(each["type"] == "block_suggestion" for each in app.sent)


async def test_suggestions_stay_while_one_types_and_go_with_the_focus(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.locator("#here").press_sequentially("hello @Ch")
    await expect(page.get_by_role("option", name="@Chloe Martin")).to_be_visible()
    await drawn_after(slack, page)
    await expect(page.get_by_role("option", name="@Chloe Martin")).to_be_visible()
    await page.locator("#me").focus()
    await expect(page.get_by_role("option", name="@Chloe Martin")).to_be_hidden()


async def test_a_link_leads_to_a_reply_and_marks_it(slack: LocalSlack, browser: Browser) -> None:
    ana, general = slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"]
    first = slack.people.say(ana, general, "first")
    replies = [slack.people.say(ana, general, f"reply {number}", first.ts) for number in range(40)]
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.goto(f"{permalink(slack.workspace, general, replies[2])}&me=UANA")
    await expect(page.get_by_text("reply 2", exact=True)).to_be_in_viewport()
    await expect(page.locator(".target")).to_contain_text("reply 2")
    await drawn_after(slack, page)
    await expect(page.locator(".target")).to_contain_text("reply 2")
    await expect(page.get_by_text("reply 2", exact=True)).to_be_in_viewport()


async def test_an_archived_channel_takes_nothing_more(slack: LocalSlack, browser: Browser) -> None:
    ana, general = slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"]
    slack.people.say(ana, general, "hello")
    slack.people.archive(general, ana)
    page = await opened(browser, f"{slack.url}/?me=UANA&in=CGENERAL")
    await page.get_by_text("hello").hover()
    await expect(page.get_by_text("This channel is archived")).to_be_visible()
    await expect(page.get_by_label("More for this message")).to_have_count(0)


async def test_a_click_counts_though_something_happens_between_its_two_halves(
    slack: LocalSlack, browser: Browser
) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.get_by_role("button", name="random").hover()
    await page.mouse.down()
    happens(slack)
    await page.wait_for_function("running !== null")
    await page.evaluate("fetch('/screen').then((screen) => screen.text())")
    await page.mouse.up()
    await expect(page.locator("main h2")).to_have_text("#random")
    await expect(page.locator("#go-CDATA .badge")).to_contain_text("1")


async def test_the_keyboard_stays_where_it_is_when_something_happens(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    for place in (page.get_by_role("button", name="random"), page.get_by_role("button", name="Send")):
        await place.focus()
        await drawn_after(slack, page)
        await expect(place).to_be_focused()
