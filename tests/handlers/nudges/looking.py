"""Time that passes in a running trial, and what the reminders plan with."""

from datetime import timedelta

from bot.trial.run import Trial
from handlers.framework.context import WorkspaceContext


def context_of(running: Trial) -> WorkspaceContext:
    return WorkspaceContext(running.bot.boundary.services, "T0LOCAL", running.bot.clock.now())


async def pass_days(running: Trial, days: float, step: timedelta = timedelta(hours=2)) -> str:
    """Let days pass, in steps that meet everybody's working hours; return what people see meanwhile."""
    left = timedelta(days=days)
    while left > timedelta():
        await running.pass_time(min(step, left))
        left -= step
    return "\n".join(running.screen.news())
