"""A real browser on the page of the local Slack."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
#: The event loop of all tests in a browser; half of such a test would be the browser's start.
LOOP: Final = "session"
#: Marks the tests that need a browser: they share one worker, and say so where a person has none.
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope=LOOP),
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="there is no Chromium on this machine"),
]
#: What is waited for comes much later on a machine that does much else.
expect.set_options(timeout=60_000)
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start the browser of this machine: Playwright brings none that could be installed from a package registry."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def opened(browser: Browser, url: str, **how: Any) -> Page:
    """Open a page that fails the test on any error of its script."""
    page = await browser.new_page(**{"viewport": WIDE, **how})
    page.set_default_timeout(60_000)
    await page.goto(url)
    return page


async def say(page: Page, words: str, box: str = "#here") -> None:
    """Type into the composer and send with the keyboard."""
    await page.locator(box).fill(words)
    await page.keyboard.press("Escape")
    await page.locator(box).press("Enter")
