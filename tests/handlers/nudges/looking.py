"""What the reminders plan with, in a running trial."""

from bot.trial.run import Trial
from handlers.framework.routing import Means


def means_of(running: Trial) -> Means:
    services = running.bot.boundary.services
    store, directory, routes = services.store, services.directory, services.routes
    return Means("T0LOCAL", running.bot.clock.now(), store, directory, routes)
