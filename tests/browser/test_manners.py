"""How the page behaves while people use it: what they see after an act, what is kept, and what is asked first."""

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Page, expect

from bot.local_slack.interactions.forms import new_view
from bot.local_slack.wire.server import LocalSlack
from bot.trial.run import Trial
from tests.browser.browsing import IN_A_BROWSER, NARROW, opened, say
from tests.handlers.data_requests.playing import put
from tests.local_slack.apps import Recorder, button, connected, field_of, modal, option, plain

if TYPE_CHECKING:
    from bot.local_slack.workspace.state import Json

pytestmark = IN_A_BROWSER


async def scroll(page: Page, selector: str, top: int | None = None) -> int:
    """Scroll something, in one step with finding it, since the page is drawn anew now and then; return where it is."""
    script = """([selector, top]) => {
        const it = document.querySelector(selector);
        it.scrollTop = top ?? it.scrollTop;
        return it.scrollTop;
    }"""
    where: int = await page.evaluate(script, [selector, top])
    return where


async def right_ends(page: Page, outer: str, inner: str) -> tuple[float, list[float]]:
    """Return where something ends and where each of a kind within it does, in pixels of one and the same drawing."""
    script = """([outer, inner]) => {
        const it = document.querySelector(outer), end = each => each.getBoundingClientRect().right;
        return [end(it), [...it.querySelectorAll(inner)].map(end)];
    }"""
    found: tuple[float, list[float]] = tuple(await page.evaluate(script, [outer, inner]))
    return found


async def fill_the_screen(slack: LocalSlack) -> None:
    ana, general = slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"]
    for number in range(30):
        slack.people.say(ana, general, f"message {number}")


async def test_what_one_says_is_in_sight_however_it_was_typed(slack: LocalSlack, browser: Browser) -> None:
    await fill_the_screen(slack)
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await expect(page.get_by_text("message 29")).to_be_in_viewport()
    await page.locator("#here").press_sequentially("one")
    for words in ("two", "three", "four"):
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type(words)
    await expect(page.get_by_text("message 29")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("four")).to_be_in_viewport()
    await page.locator("#panel").click()
    await expect(page.get_by_text("four")).to_be_in_viewport()
    await scroll(page, "#said", 0)
    await expect(page.get_by_text("message 0", exact=True)).to_be_in_viewport()
    await say(page, "/dance")
    await expect(page.get_by_text("is not a valid command")).to_be_in_viewport()


async def test_a_thread_opens_at_its_newest_reply_and_closes_by_keyboard(slack: LocalSlack, browser: Browser) -> None:
    ana, general = slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"]
    first = slack.people.say(ana, general, "first")
    for number in range(30):
        slack.people.say(ana, general, f"reply {number}", first.ts)
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.get_by_role("button", name="30 replies").click()
    await expect(page.get_by_text("reply 29")).to_be_in_viewport()
    await expect(page.locator("#thread")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread")).to_have_count(0)


async def test_news_is_counted_until_it_is_read(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    ben, data = slack.workspace.users["UBEN"], slack.workspace.channels["CDATA"]
    slack.people.say(ben, data, "the feed is late")
    slack.note_change()
    place = page.get_by_role("button", name="data")
    await expect(place).to_contain_text("1 new")
    await place.click()
    await expect(page.get_by_text("the feed is late")).to_be_visible()
    await expect(page.locator(".badge")).to_have_count(0)


async def test_what_was_begun_waits_where_it_was_begun(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.locator("#here").press_sequentially("half a thou")
    await page.get_by_role("button", name="data").click()
    await expect(page.locator("#here")).to_have_value("")
    await expect(page.locator("#here")).to_be_focused()
    await page.go_back()
    await expect(page.locator("main h2")).to_have_text("#general")
    await page.locator("#me").select_option("UBEN")
    await expect(page.locator("#here")).to_have_value("")
    await page.locator("#me").select_option("UANA")
    await page.get_by_role("button", name="general").click()
    await expect(page.locator("#here")).to_have_value("half a thou")


async def test_a_channel_is_made_after_a_word_about_its_name(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.get_by_role("button", name="+ Create a channel").click()
    await page.get_by_label("What is the channel called?").press_sequentially("Berth Planning!")
    await page.keyboard.press("Enter")
    await expect(page.locator("#edit-told")).to_contain_text("no channel can be called 'Berth Planning!'")
    await page.get_by_label("What is the channel called?").fill("berth-planning")
    await page.keyboard.press("Enter")
    await expect(page.locator("main h2")).to_have_text("#berth-planning")


async def test_the_app_is_brought_in_where_it_was_mentioned(running: Trial, browser: Browser) -> None:
    page = await opened(browser, f"{running.slack.url}/?me=UBEN&in=CRANDOM")
    await say(page, "@Common Ground what does drift mean?")
    await expect(page.locator("#told")).to_contain_text("Bring it in with /invite @Common Ground")
    await say(page, "/invite @Common Ground")
    await expect(page.get_by_text("has joined the channel")).to_be_visible()
    assert running.slack.workspace.bot.id in running.slack.workspace.channels["CRANDOM"].members
    await page.get_by_role("button", name="Ana Ruiz").click()
    await expect(page.locator("main h2")).to_have_text("Ana Ruiz")
    await say(page, "@Common Ground what does drift mean?")
    await expect(page.locator("#told")).to_contain_text("Write to it under Apps, or mention it in a channel.")


async def test_the_first_wrong_field_is_shown_and_the_form_stays_there(running: Trial, browser: Browser) -> None:
    page = await opened(browser, f"{running.slack.url}/?me=UCHLOE")
    await say(page, "/common-ground settings")
    form = page.get_by_role("dialog", name="Settings")
    await form.get_by_label("Holidays").fill("tomorrow")
    await scroll(page, ".fieldset", 0)
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_role("alert")).to_be_in_viewport()
    await expect(form.get_by_label("Holidays")).to_be_focused()
    where = await scroll(page, ".fieldset")
    general = running.slack.workspace.channels["CGENERAL"]
    running.slack.people.say(running.slack.workspace.users["UBEN"], general, "The feed is late")
    running.slack.note_change()
    await expect(page.get_by_text("The feed is late")).to_have_count(1)
    assert await scroll(page, ".fieldset") == where


async def test_several_are_chosen_of_what_the_app_offers(slack: LocalSlack, browser: Browser) -> None:
    element = {"type": "multi_external_select", "action_id": "words", "min_query_length": 1}
    field = field_of({**element, "initial_options": [option("Bias")]})
    slack.workspace.views["UANA"] = [new_view(slack.workspace, "UANA", modal(field))]
    offers = {"options": [option("Drift"), option("Drill")]}
    async with connected(slack, app := Recorder(lambda sent: offers if sent["type"] == "block_suggestion" else None)):
        page = await opened(browser, f"{slack.url}/?me=UANA")
        for name in ("Drift", "Drill"):
            await page.get_by_role("combobox", name="words").press_sequentially("d")
            await page.get_by_role("option", name=name).click()
            await expect(page.get_by_role("group").get_by_label(name)).to_be_checked()
        await page.get_by_role("group").get_by_label("Drift").uncheck()
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
    (state,) = app.sent[-1]["view"]["state"]["values"]["words"].values()
    assert state["selected_options"] == [option("Bias"), option("Drill")]


@pytest.mark.parametrize("what", ["Delete message", "Archive this channel"])
async def test_what_cannot_be_undone_is_asked_first(slack: LocalSlack, browser: Browser, what: str) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await say(page, "hello")
    general = slack.workspace.channels["CGENERAL"]
    await reach(page, what)
    await page.get_by_role("button", name="Cancel").click()
    assert (len(general.messages), general.is_archived) == (1, False)
    await reach(page, what)
    await page.locator("#sure-yes").click()
    await slack.until(lambda: general.is_archived or not general.messages)


async def reach(page: Page, what: str) -> None:
    message = page.locator("#said .message").last
    await message.hover()
    opener = message.get_by_label("More for this message") if what.startswith("Delete") else page.locator("#about")
    if not await page.get_by_role("button", name=what).is_visible():
        await opener.click()
    await page.get_by_role("button", name=what).click()


async def test_the_menu_of_the_last_message_is_whole(slack: LocalSlack, browser: Browser) -> None:
    await fill_the_screen(slack)
    page = await opened(browser, f"{slack.url}/?me=UANA")
    message = page.locator("#said .message").last
    await message.hover()
    await message.get_by_label("More for this message").click()
    for name in ("Note it", "Copy link", "Delete message"):
        await expect(message.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)


async def test_on_a_phone_the_menu_of_a_form_is_whole(running: Trial, browser: Browser) -> None:
    await put(running)
    await running.do('dev presses "Respond"')
    page = await opened(browser, f"{running.slack.url}/?me=UDEV", viewport=NARROW)
    form = page.get_by_role("dialog", name="Respond")
    await form.get_by_label("More actions").click()
    offered = form.locator("details div button")
    await expect(offered.nth(1)).to_be_visible()
    edge, ends = await right_ends(page, ".modal", "details div button")
    assert ends
    assert max(ends) <= edge
    for each in await offered.all():
        await each.scroll_into_view_if_needed()
        await expect(each).to_be_in_viewport(ratio=1)


async def test_on_a_phone_the_list_of_channels_makes_room(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA", viewport=NARROW)
    await page.locator("#places").click()
    await page.get_by_role("button", name="data").click()
    await expect(page.locator("main h2")).to_have_text("#data")
    await expect(page.get_by_role("button", name="random")).to_be_hidden()


async def test_a_word_with_a_sign_in_it_is_sent_as_it_is(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.locator("#here").press_sequentially("we write it in C#")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("we write it in C#")).to_be_visible()
    await page.locator("#here").press_sequentially("done :tad")
    await expect(page.get_by_role("option", name=":tada:")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("done 🎉")).to_be_visible()


async def test_an_attachment_can_be_left_out_again(slack: LocalSlack, browser: Browser) -> None:
    page = await opened(browser, f"{slack.url}/?me=UANA")
    for name in ("a.csv", "b.csv"):
        await page.get_by_label("Attach a file").last.set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": b"1,2"}
        )
        await expect(page.get_by_label(f"Leave out {name}")).to_be_visible()
    await page.get_by_label("Leave out a.csv").click()
    await say(page, "see")
    await expect(page.get_by_text("b.csv")).to_be_visible()
    assert [file.name for file in slack.workspace.files.values() if file.channels] == ["b.csv"]


async def test_the_home_keeps_its_place_when_somebody_writes(slack: LocalSlack, browser: Browser) -> None:
    blocks: list[Json] = [{"type": "header", "text": plain(f"part {number}")} for number in range(60)]
    blocks.append({"type": "actions", "elements": [button("Go", "go")]})
    slack.workspace.homes["UANA"] = new_view(slack.workspace, "UANA", {"type": "home", "blocks": blocks})
    page = await opened(browser, f"{slack.url}/?me=UANA")
    await page.get_by_role("button", name="Tester").click()
    await expect(page.locator("#home")).to_be_visible()
    await scroll(page, "#home", 100_000)
    await expect(page.get_by_role("button", name="Go")).to_be_in_viewport()
    slack.people.say(slack.workspace.users["UBEN"], slack.workspace.channels["CDATA"], "hello")
    slack.note_change()
    await expect(page.locator(".badge")).to_have_count(1)
    await expect(page.get_by_role("button", name="Go")).to_be_in_viewport()
