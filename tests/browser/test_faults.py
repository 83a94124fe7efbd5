"""What goes wrong is chosen on the page, by keyboard alone, and shown once it did."""

import pytest
from playwright.async_api import Browser, Page, expect

from bot.local_slack.faults import Rule
from bot.local_slack.wire.server import LocalSlack
from tests.browser.browsing import IN_A_BROWSER, NARROW, WIDE, opened
from tests.browser.test_page import is_accessible
from tests.local_slack.apps import Recorder, call, connected

pytestmark = IN_A_BROWSER


async def go_down_to(page: Page, selector: str, option: str) -> None:
    """Choose by the arrow: letters that are typed count as one word only where they come quickly."""
    await expect(page.locator(selector)).to_be_focused()
    while await page.locator(f"{selector} option:checked").inner_text() != option:
        await page.keyboard.press("ArrowDown")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_a_fault_is_chosen_seen_and_switched_off_by_keyboard(
    slack: LocalSlack, browser: Browser, viewport: dict[str, int]
) -> None:
    async with connected(slack, Recorder()):
        page = await opened(browser, f"{slack.url}/?me=UANA", viewport=viewport)
        await page.locator("#panel").press("Enter")
        await page.locator("#wrong-kind").focus()
        await go_down_to(page, "#wrong-kind", "429, as a page")
        await page.keyboard.press("Tab")
        await page.keyboard.type("chat.*")
        await page.keyboard.press("Tab")
        await go_down_to(page, "#wrong-share", "half of the time")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        off = page.get_by_role("button", name="Switch off: 429, as a page")
        await expect(off).to_be_visible()
        assert slack.faults.rules == [Rule("rate_limited_html", "chat.*", 0.5)]
        await expect(page.locator("#wrong-go")).to_be_focused()
        await expect(page.get_by_label("To which method")).to_have_value("chat.*")
        for _ in range(8):
            await call(slack, "chat.postMessage", channel="CGENERAL", text="hello")
        lately = page.get_by_role("list", name="What went wrong lately").get_by_role("listitem")
        await expect(lately).to_have_count(len(slack.faults.struck))
        await expect(lately.first).to_have_text("10:00 chat.postMessage, #general: 429, as a page")
        await is_accessible(page)
        assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        await off.press("Enter")
        await expect(page.get_by_text("Nothing, for now.")).to_be_visible()
        assert slack.faults.rules == []
        await expect(page.locator("#wrong-go")).to_be_focused()
