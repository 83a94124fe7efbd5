"""What the reminders plan with, in a running trial."""

from bot.trial.run import Trial
from handlers.framework.context import WorkspaceContext


def context_of(running: Trial) -> WorkspaceContext:
    return WorkspaceContext(running.bot.boundary.services, "T0LOCAL", running.bot.clock.now())
