"""``make picture``: takes the documents' pictures from the page, in the company of a trial, while time stands still."""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page

from bot.clock import Clock
from bot.local_slack.workspace.state import Channel
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from tests.browser.browsing import CHROMIUM, chromium, say
from tests.conftest import START

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_SIZE = {"width": 960, "height": 640}


async def take(running: Trial) -> None:
    FOLDER.mkdir(exist_ok=True)
    async with chromium() as browser:
        page = await browser.new_page(viewport=_SIZE)  # type: ignore[arg-type]
        await _week(running, page)
        await _data(running, page)
        await _registers(running, page)
        await _words(running, page)


async def _words(running: Trial, page: Page) -> None:
    """Take a definition that is shared, and the forms for a definition and for the settings."""
    await page.goto(f"{running.slack.url}/?me=UANA")
    await say(page, "/define regression")
    await page.get_by_role("button", name="Share").click()
    await page.reload()
    await page.get_by_text("Something that worked before").wait_for()
    await page.screenshot(path=FOLDER / "definition.png")
    await say(page, "/glossary add regression")
    await _take_dialog(page, "meaning.png")
    await page.goto(f"{running.slack.url}/?me=UCHLOE")
    await say(page, "/common-ground settings")
    await _take_dialog(page, "settings.png")


async def _take_dialog(page: Page, name: str) -> None:
    await page.get_by_role("dialog").wait_for()
    await page.screenshot(path=FOLDER / name)


async def _registers(running: Trial, page: Page) -> None:
    """Take the map of a system as the bot drew it, the duties of a component, and the card of a model."""
    channel = running.slack.workspace.channel_named("random")
    await running.do("chloe in #random: /owner map berth planner")
    drawn = [each for each in running.slack.workspace.files.values() if each.is_picture]
    (FOLDER / "collaboration.png").write_bytes(drawn[-1].content)
    for who, words, seen, name in (
        ("UCHLOE", "/owner map berth model", "Labelling", "map.png"),
        ("UBEN", "/owner card berth model", "420 ms", "card.png"),
    ):
        await page.goto(f"{running.slack.url}/?me={who}&in={channel.id}")
        await say(page, words)
        if name == "map.png":
            await page.get_by_role("button", name="Duties").click()
        await page.get_by_text(seen).first.wait_for()
        await page.get_by_text("berth model").last.evaluate("line => line.scrollIntoView()")
        await page.screenshot(path=FOLDER / name)


async def _data(running: Trial, page: Page) -> None:
    """Take a data request in its thread."""
    channel = running.slack.workspace.channel_named("data")
    await _take_thread(running, page, ("UDEV", channel, "tug positions"), "request.png")


async def _week(running: Trial, page: Page) -> None:
    """Take last week's summary with its thread, the one reminder of a day, and a Home."""
    workspace = running.slack.workspace
    await _take_thread(running, page, ("UBEN", workspace.channel_named("general"), "Decisions"), "summary.png")
    direct = workspace.direct_channel("UBEN")
    await page.goto(f"{running.slack.url}/?me=UBEN&in={direct.id}")
    await page.get_by_role("button", name="Review").last.wait_for()
    await page.screenshot(path=FOLDER / "reminder.png")
    await running.do("ana opens the Home")
    await page.goto(f"{running.slack.url}/?me=UANA&in={workspace.direct_channel('UANA').id}&tab=home")
    await page.get_by_text("berth model").first.wait_for()
    await page.screenshot(path=FOLDER / "home.png")


async def _take_thread(running: Trial, page: Page, of: tuple[str, Channel, str], name: str) -> None:
    """Take the newest thread of the bot's in a channel whose first message or replies have some words."""
    who, channel, words = of
    bot = running.slack.workspace.app.bot_user_id
    said = [each for each in channel.messages.values() if each.user == bot and words in f"{each.text} {each.blocks}"]
    root = max(each.thread_ts or each.ts for each in said)
    await page.goto(f"{running.slack.url}/?me={who}&in={channel.id}&thread={root}")
    await page.get_by_text(words).first.wait_for()
    await page.locator(f'[id="t{root}"]').evaluate("message => message.scrollIntoView()")
    await page.screenshot(path=FOLDER / name)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with trial(
            Clock(frozen_at=START), Path(folder) / "try.db", use_http=False, rate_limits=RateLimits(burst=10_000)
        ) as running:
            await running.live_through_the_past()
            await take(running)


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("make picture needs Chromium; install it and try again")
    asyncio.run(main())
