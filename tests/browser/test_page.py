"""The page in a real browser: what a person types, presses and sees; at both widths, in light and dark."""

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.local_slack.interactions.forms import new_view
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Json
from bot.trial.run import Trial
from tests.browser.browsing import IN_A_BROWSER, NARROW, WIDE, opened, say
from tests.handlers.data_requests.playing import put
from tests.local_slack.apps import Recorder, button, connected, field_of, modal, option, plain

pytestmark = IN_A_BROWSER


async def test_a_definition_is_asked_for_and_shared_between_two_windows(running: Trial, browser: Browser) -> None:
    ana = await opened(browser, f"{running.slack.url}/?me=UANA")
    ben = await opened(browser, f"{running.slack.url}/?me=UBEN")
    await say(ana, "/define bias")
    await expect(ana.get_by_text("Only visible to you")).to_be_visible()
    await expect(ana.get_by_text("Systematic error of a model")).to_be_visible()
    await expect(ben.get_by_text("Systematic error of a model")).to_have_count(0)
    await ana.get_by_role("button", name="Share").click()
    await expect(ben.get_by_text("Systematic error of a model")).to_be_visible()
    await ana.reload()
    await expect(ana.get_by_text("Only visible to you")).to_have_count(0)


async def test_a_mention_is_answered_in_its_thread(running: Trial, browser: Browser) -> None:
    page = await opened(browser, f"{running.slack.url}/?me=UBEN")
    await page.locator("#here").press_sequentially("@Com")
    await page.keyboard.press("Enter")
    await page.keyboard.type("what does drift mean?")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_text("so that a model grows worse")).to_be_visible()
    await say(page, "thanks", "#thread")
    await expect(page.get_by_role("button", name="2 replies")).to_be_visible()


async def test_a_form_shows_its_error_and_then_takes_what_is_right(running: Trial, browser: Browser) -> None:
    page = await opened(browser, f"{running.slack.url}/?me=UCHLOE")
    await say(page, "/common-ground settings")
    form = page.get_by_role("dialog", name="Settings")
    await form.get_by_label("Disciplines").fill("product\nproduct")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_role("alert")).to_have_text("“product” is listed twice.")
    await expect(form.get_by_label("Disciplines")).to_have_value("product\nproduct")
    await form.get_by_label("Disciplines").fill("product\ndata science")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("Saved. Disciplines: product, data science.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)


async def test_what_is_selected_stays_so_when_somebody_else_writes(running: Trial, browser: Browser) -> None:
    page = await opened(browser, f"{running.slack.url}/?me=UCHLOE")
    await say(page, "/common-ground settings")
    field = page.get_by_role("dialog", name="Settings").get_by_label("Disciplines")
    await field.click()
    await page.keyboard.press("Control+A")
    ben = await opened(browser, f"{running.slack.url}/?me=UBEN")
    await say(ben, "The feed is late")
    await expect(page.get_by_text("The feed is late")).to_be_visible()
    await page.keyboard.type("law")
    await expect(field).to_have_value("law")


async def test_commands_are_completed_and_run_by_keyboard_alone(running: Trial, browser: Browser) -> None:
    page = await opened(browser, f"{running.slack.url}/?me=UANA")
    await page.locator("#here").press_sequentially("/def")
    await expect(page.get_by_role("option", name="/define")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.type("percision")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="precision", exact=True).press("Enter")
    await expect(page.get_by_text("Of the cases the model flagged")).to_be_visible()


async def test_people_react_edit_delete_and_move_the_clock(running: Trial, browser: Browser) -> None:
    page = await opened(browser, f"{running.slack.url}/?me=UANA")
    await say(page, "the model regressed")
    message = page.locator("#said .message").last
    await message.hover()
    await message.get_by_label("Add a reaction").click()
    await message.get_by_role("button", name="eyes").click()
    await expect(message.get_by_role("button", name="eyes, 1")).to_be_visible()
    await message.hover()
    await message.get_by_label("More for this message").click()
    await message.get_by_role("button", name="Edit message").click()
    await page.get_by_label("Edit the message").fill("the model got worse")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("the model got worse")).to_be_visible()
    await page.locator("#panel").click()
    await page.get_by_role("button", name="A day on").click()
    await expect(page.locator("#panel")).to_contain_text("Tuesday 6 January 2026, 10:00")
    await message.hover()
    await message.get_by_label("More for this message").click()
    await message.get_by_role("button", name="Delete message").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(page.get_by_text("the model got worse")).to_have_count(0)


async def test_the_home_has_what_needs_a_person_and_what_they_choose_there(running: Trial, browser: Browser) -> None:
    await put(running)
    page = await opened(browser, f"{running.slack.url}/?me=UANA")
    await page.get_by_role("button", name="Common Ground").click()
    await expect(page.get_by_text("1 thing needs you")).to_be_visible()
    await expect(page.get_by_text("DR-1 berth arrivals")).to_be_visible()
    await page.get_by_role("button", name="See everything that is yours").click()
    await expect(page.get_by_text("DR-1  berth arrivals (open), needed by Mon 2 Feb")).to_be_visible()
    await page.get_by_role("button", name="Back").click()
    await page.get_by_label("More actions").click()
    await page.get_by_role("button", name="My weekly summary").click()
    form = page.get_by_role("dialog", name="Your summary")
    await form.get_by_label("Every week").check()
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("You'll get a summary every Monday at 09:00 (Europe/Madrid).")).to_be_visible()


EVERY_FIELD: list[Json] = [
    {"type": "plain_text_input", "multiline": True},
    {"type": "number_input", "is_decimal_allowed": True},
    {"type": "email_text_input"},
    {"type": "url_text_input"},
    {"type": "static_select", "options": [option("One"), option("Two")], "placeholder": plain("Which")},
    {"type": "multi_static_select", "options": [option("One"), option("Two")]},
    {"type": "users_select"},
    {"type": "multi_users_select"},
    {"type": "channels_select"},
    {"type": "conversations_select"},
    {"type": "multi_conversations_select"},
    {"type": "datepicker", "initial_date": "2026-02-03"},
    {"type": "timepicker"},
    {"type": "datetimepicker"},
    {"type": "radio_buttons", "options": [option("One"), option("Two")]},
    {"type": "checkboxes", "options": [option("One"), option("Two")]},
    {"type": "file_input"},
    {"type": "rich_text_input"},
]
FORM = modal(*(field_of({**each, "action_id": str(each["type"])}, optional=True) for each in EVERY_FIELD))
LINE: Json = {"type": "rich_text_section", "elements": [{"type": "text", "text": "words", "style": {"bold": True}}]}
POINTS = [{"label": name, "value": value} for value, name in enumerate(("one", "two", "three"))]
EVERY_BLOCK: list[Json] = [
    {"type": "header", "text": plain("A header")},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*bold* <!channel>"}, "accessory": button("Go", "go")},
    {"type": "section", "fields": [plain("left"), plain("right")]},
    {"type": "divider"},
    {"type": "rich_text", "elements": [LINE, {"type": "rich_text_list", "style": "ordered", "elements": [LINE]}]},
    {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": LINE["elements"]}]},
    {"type": "context", "elements": [plain("small")]},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "Head"}], [{"type": "rich_text", "elements": [LINE]}]]},
    {
        "type": "data_visualization",
        "title": "A chart",
        "chart": {
            "type": "line",
            "series": [{"name": "series", "data": POINTS}],
            "axis_config": {"categories": ["one", "two", "three"]},
        },
    },
    {"type": "actions", "elements": [
        {"type": "overflow", "action_id": "more", "options": [option("First"), option("Second")]},
        button("Sure", "sure", confirm={
            "title": plain("Really?"), "text": plain("It goes away."), "confirm": plain("Yes"), "deny": plain("No"),
        }),
        {"type": "external_select", "action_id": "word", "min_query_length": 2},
    ]},
]  # fmt: skip


def kinds(app: Recorder) -> list[str]:
    return [each["type"] for each in app.sent if each["type"] != "event_callback"]


async def test_every_field_of_a_form_reaches_the_app(slack: LocalSlack, browser: Browser, tmp_path: Path) -> None:
    slack.workspace.views["UANA"] = [new_view(slack.workspace, "UANA", FORM)]
    sample = tmp_path / "sample.csv"
    sample.write_text("id\n1\n", encoding="utf-8")
    async with connected(slack, app := Recorder()):
        page = await opened(browser, f"{slack.url}/?me=UANA")
        form = page.get_by_role("dialog", name="A form")
        for label, value in {
            "plain_text_input": "words", "number_input": "1.5", "email_text_input": "a@b.org",
            "url_text_input": "https://a.org", "timepicker": "09:30", "datetimepicker": "2026-02-03T09:30",
            "rich_text_input": "rich",
        }.items():  # fmt: skip
            await form.get_by_label(label, exact=True).fill(value)
        await form.get_by_label("static_select", exact=True).select_option("two")
        await form.get_by_label("users_select", exact=True).select_option("UBEN")
        await form.get_by_label("channels_select", exact=True).select_option("CDATA")
        await form.get_by_label("conversations_select", exact=True).select_option("CSECRETLAUNCH")
        for group, name in (
            ("multi_static_select", "One"), ("multi_users_select", "Ben Okafor"), ("radio_buttons", "Two"),
            ("multi_conversations_select", "#data"), ("checkboxes", "One"),
        ):  # fmt: skip
            await form.get_by_role("group", name=group).get_by_label(name).check()
        await form.get_by_label("file_input").set_input_files(sample)
        await page.wait_for_function("Object.values(attached).flat().length === 1")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_have_count(0)
    values = {
        name: next(value for key, value in state[name].items() if key != "type")
        for name, state in app.sent[0]["view"]["state"]["values"].items()
    }
    assert values.pop("file_input")[0]["name"] == "sample.csv"
    assert values.pop("rich_text_input")["elements"][0]["elements"][0]["text"] == "rich"
    assert values == {
        "plain_text_input": "words", "number_input": "1.5", "email_text_input": "a@b.org",
        "url_text_input": "https://a.org", "static_select": option("Two"), "multi_static_select": [option("One")],
        "users_select": "UBEN", "multi_users_select": ["UBEN"], "channels_select": "CDATA",
        "conversations_select": "CSECRETLAUNCH", "multi_conversations_select": ["CDATA"],
        "datepicker": "2026-02-03", "timepicker": "09:30", "datetimepicker": 1770107400,
        "radio_buttons": option("Two"), "checkboxes": [option("One")],
    }  # fmt: skip


def pressed(app: Recorder) -> list[str]:
    return [each["actions"][0]["action_id"] for each in app.sent if each["type"] == "block_actions"]


async def test_every_block_is_drawn_and_pressed_in_the_home_and_in_messages(
    slack: LocalSlack, browser: Browser
) -> None:
    home = slack.workspace.homes["UANA"] = new_view(slack.workspace, "UANA", {"type": "home", "blocks": EVERY_BLOCK})
    offers = {"options": [option("drift"), option("drill")]}
    async with connected(slack, app := Recorder(lambda sent: offers if sent["type"] == "block_suggestion" else None)):
        page = await opened(browser, f"{slack.url}/?me=UANA")
        await page.get_by_role("button", name="Tester").click()
        await expect(page.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
        await expect(page.get_by_role("img", name="A chart: series 0, 1, 2;")).to_be_visible()
        await expect(page.locator(".ping")).to_have_text("@channel")
        await page.get_by_role("button", name="Go").click()
        await page.get_by_label("More actions").click()
        await page.get_by_role("button", name="Second").click()
        await page.get_by_role("button", name="Sure").click()
        await page.locator("#sure-no").click()
        await page.get_by_role("button", name="Sure").click()
        await page.locator("#sure-yes").click()
        search = page.get_by_role("combobox", name="external_select")
        await search.press_sequentially("dr")
        await page.get_by_role("option", name="drill").click()
        await expect(search).to_have_value("drill")
        # The page shows what is chosen before the app has heard of it.
        await slack.until(lambda: len(pressed(app)) == len(("go", "more", "sure", "word")))
    assert pressed(app) == ["go", "more", "sure", "word"]
    assert app.sent[-1]["view"]["id"] == home.id
    assert app.sent[-1]["actions"][0]["selected_option"] == option("drill")


async def test_shortcuts_are_in_the_menu_of_a_message_and_beside_the_composer(
    slack: LocalSlack, browser: Browser
) -> None:
    async with connected(slack, app := Recorder()):
        page = await opened(browser, f"{slack.url}/?me=UANA")
        await say(page, "hello")
        message = page.locator("#said .message").last
        await message.hover()
        await message.get_by_label("More for this message").click()
        await message.get_by_role("button", name="Note it").click()
        await page.get_by_label("Shortcuts").click()
        await page.get_by_role("button", name="Ask it").click()
        await slack.until(lambda: len(kinds(app)) == 2)
    assert kinds(app) == ["message_action", "shortcut"]


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_is_for_everybody(slack: LocalSlack, browser: Browser, viewport: Json, scheme: str) -> None:
    """Contrast, labels and structure, as WCAG AA asks; and no side scroll."""
    ana, general = slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"]
    slack.people.say(ana, general, "hello *there* <@UBEN>")
    slack.workspace.homes["UANA"] = new_view(slack.workspace, "UANA", {"type": "home", "blocks": EVERY_BLOCK})
    async with connected(slack, Recorder()):
        page = await opened(browser, f"{slack.url}/?me=UANA", viewport=viewport, color_scheme=scheme)
        await is_accessible(page)
        await page.goto(f"{slack.url}/?me=UANA&in=DANA&tab=home")
        slack.people.open_home(ana)
        await page.reload()
        await is_accessible(page)
        slack.workspace.views["UANA"] = [new_view(slack.workspace, "UANA", FORM)]
        await page.reload()
        await is_accessible(page)
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"]


async def is_accessible(page: Page) -> None:
    found = await Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()
