"""What other programs reported to the bot of a trial: taken as its door takes it once the signature is checked."""

from collections.abc import Mapping
from typing import Any

from bot.app import Bot
from handlers.framework.report_kinds import Taken
from handlers.framework.reports import Reports
from handlers.reports.service import follow, seen


class ReportError(Exception):
    """A report that no web hook takes."""


async def report(bot: Bot, told: Mapping[str, Any]) -> None:
    """Report ``says`` by the web hook that people call ``by_hook``. Raises ReportError."""
    every = await bot.store.search(lambda reader: seen(reader, bot.identity.team_id, None))
    found = [webhook for webhook, _ in every if webhook.label == told["by_hook"]]
    if not found:
        raise ReportError(f"there is no web hook {told['by_hook']}")
    name = f"{bot.clock.now():%Y-%m-%dT%H:%M:%S}"
    done = await Reports(bot.boundary, bot.routes.reports, follow).take(found[0], name, told["says"])
    if not isinstance(done, Taken):
        raise ReportError(str(done))
