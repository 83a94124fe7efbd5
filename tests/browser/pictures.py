"""``make picture``: takes the README's pictures from the page, in the sample workspace, at a time that stands still."""

import asyncio
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Page

from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from storage.records.offers import Offer
from tests.browser.browsing import CHROMIUM, chromium, say
from tests.conftest import START
from tests.handlers.data_requests.playing import put
from tests.handlers.requirements import playing as card
from tests.handlers.requirements.playing import a_model

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_SIZE = {"width": 960, "height": 640}


async def take(running: Trial) -> None:
    FOLDER.mkdir(exist_ok=True)
    async with chromium() as browser:
        page = await browser.new_page(viewport=_SIZE)  # type: ignore[arg-type]
        await page.goto(f"{running.slack.url}/?me=UANA")
        await say(page, "When you say the model regressed, which sense do you mean?")
        await say(page, "/define regression")
        await page.get_by_role("button", name="Share in channel").click()
        await page.reload()
        await page.get_by_text("Shared by").wait_for()
        await page.screenshot(path=FOLDER / "definition.png")
        await say(page, "/glossary add regression")
        await page.get_by_role("dialog").wait_for()
        await page.screenshot(path=FOLDER / "meaning.png")
        await page.goto(f"{running.slack.url}/?me=UCHLOE")
        await say(page, "/common-ground settings")
        await page.get_by_role("dialog").wait_for()
        await page.screenshot(path=FOLDER / "settings.png")
        await _register(running, page)
        await _request(running, page)
        await _card(running, page)
        await _summary(running, page)


async def _request(running: Trial, page: Page) -> None:
    """Take a data request in its thread."""
    data = running.slack.workspace.channel_named("data")
    data.messages.clear()
    await put(running, needed_by="2099-02-02")
    await running.do("ana in #data: /data-request DR-1 ask Do you need the small boats too?")
    await running.do("dev in #data: /data-request DR-1 answer No, ships with a pilot only")
    data.ephemerals.clear()
    (root,) = [each.ts for each in data.messages.values() if each.thread_ts is None]
    await page.goto(f"{running.slack.url}/?me=UDEV&in={data.id}&thread={root}")
    await page.get_by_text("Waits for Ana Ruiz").first.wait_for()
    await page.screenshot(path=FOLDER / "request.png")


async def _card(running: Trial, page: Page) -> None:
    """Take the card of a model, filled in by two sides and measured."""
    model = await a_model(running, launch_on="2026-03-02")
    await card.say(running, model, "adequacy", Offer(parts=card.BAR))
    await card.say(running, model, "latency", Offer(parts=card.LATENCY))
    await card.say(running, model, "explainability", Offer(stance="not needed", reason="only pilots see it"))
    await card.agree(running, model)
    await card.measure(running, model, {"latency": "420 ms", "adequacy": "91 %"})
    await card.say(running, model, "throughput", Offer(stance="unknown", finder="UDEV", until="2026-02-02"))
    general = running.slack.workspace.channel_named("general")
    await page.goto(f"{running.slack.url}/?me=UBEN&in={general.id}")
    await say(page, "/owner card berth model")
    await page.get_by_text("Missed: 420 ms").wait_for()
    await page.get_by_text("what is required of it").last.evaluate("line => line.scrollIntoView()")
    await page.screenshot(path=FOLDER / "card.png")


async def _summary(running: Trial, page: Page) -> None:
    """Take a weekly summary with its thread, and a Home."""
    general = running.slack.workspace.channel_named("general")
    await running.do("ben in #general: /summary here weekly monday 09:00")
    for line in ("/decision Serve in batch only because it is cheap", "/decision Drop the weather feed"):
        for each in (f"chloe in #general: {line}", "chloe submits", "chloe closes"):
            await running.do(each)
    general.messages.clear()
    for _ in range(7 * 24):
        await running.pass_time(timedelta(hours=1))
    general.ephemerals.clear()
    (root,) = [each.ts for each in general.messages.values() if each.thread_ts is None]
    await page.goto(f"{running.slack.url}/?me=UBEN&in={general.id}&thread={root}")
    await page.get_by_text("The week in short").first.wait_for()
    await page.screenshot(path=FOLDER / "summary.png")
    direct = running.slack.workspace.direct_channel("UANA")
    await running.do("ana closes")
    await running.do("ana opens the Home")
    await page.goto(f"{running.slack.url}/?me=UANA&in={direct.id}&tab=home")
    await page.get_by_text("Waits for you").first.wait_for()
    await page.screenshot(path=FOLDER / "home.png")


async def _register(running: Trial, page: Page) -> None:
    """Take the map of a component, and the one reminder of a day."""
    entered = ('"What is it?": dataset', '"Who leads it?": chloe', '"People of the product side": ben')
    lines = ["chloe in #data: /owner add berth data", *(f"chloe enters {each}" for each in entered)]
    for line in (*lines, "chloe submits", "chloe closes", "dev in #data: /owner berth data monitoring"):
        await running.do(line)
    await running.do('dev presses "I own this"')
    channel = running.slack.workspace.channel_named("data")
    await page.goto(f"{running.slack.url}/?me=UCHLOE&in={channel.id}")
    await say(page, "/owner map berth data")
    await page.get_by_text("Dev Patel").last.wait_for()
    await page.screenshot(path=FOLDER / "map.png")
    for _ in range(8 * 24):
        await running.pass_time(timedelta(hours=1))
    direct = running.slack.workspace.direct_channel("UCHLOE")
    await page.goto(f"{running.slack.url}/?me=UCHLOE&in={direct.id}")
    await page.get_by_text("for you to settle").wait_for()
    await page.screenshot(path=FOLDER / "reminder.png")


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with trial(
            Clock(frozen_at=START), Path(folder) / "try.db", use_http=False, rate_limits=RateLimits(burst=10_000)
        ) as running:
            await take(running)


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("make picture needs Chromium; install it and try again")
    asyncio.run(main())
