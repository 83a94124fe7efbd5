"""The only place that joins settings, store, Slack and clock."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.backups import Schedule
from bot.clock import Clock, Ticker
from bot.clock_watch import ClockWatch
from bot.condition import Condition
from bot.connecting import Connected, connected
from bot.deletion import delete_due
from bot.health import Checkup
from bot.interpreter import share_heap, tune
from bot.jobs import Chore, Jobs
from bot.log_watch import LogWatch
from bot.metrics import Looked, Metrics
from bot.outbox.rate_limits import RateLimits
from bot.outbox.relay import Relay
from bot.sealing import Seal, keys_in
from bot.setback import Setback
from bot.settings import Settings, SettingsError, secret
from bot.slack_api import calling_slack
from bot.spare_memory import SpareMemory
from bot.tracing import tracing
from bot.transport.http import HttpTransport, Takes
from bot.transport.in_flight import InFlight
from bot.transport.listening import listening
from bot.transport.socket_mode import SocketModeTransport
from bot.transport.webhooks import WebhooksTransport
from bot.webhook_keys import WebhookKeys
from handlers import FEATURES
from handlers.framework.agents import Agents
from handlers.framework.boundary import Boundary
from handlers.framework.measures import Measures
from handlers.framework.middleware import Identity, Middleware
from handlers.framework.reports import Reports
from handlers.framework.routing import Feature, Routes, join
from handlers.framework.services import Services
from handlers.framework.timed import Timed
from handlers.framework.words import with_words
from handlers.reports.service import follow
from storage import finish_restore_of_store, folder_of_others, open_store
from storage.engine.interface import Database

_log = structlog.get_logger(__name__)

_PATIENCE_AT_STOP = 2.0
#: Bolt wants a token from the start, and calls nothing with it.
_OF_EACH_WORKSPACE = "the workspace's own"


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot; ``port`` is where it listens, and ``identity`` is empty where it serves many workspaces."""

    store: Database
    clock: Clock
    relay: Relay
    boundary: Boundary
    jobs: Jobs
    routes: Routes
    identity: Identity
    in_flight: InFlight
    condition: Condition
    port: int

    async def until_broken(self) -> None:
        """Wait for ever, or raise SettingsError once Slack takes the app-level token no more."""
        socket = self.condition.socket
        await (socket.broken if socket is not None else asyncio.Event().wait())

    async def tick(self) -> None:
        """Do every job that is due in every workspace."""
        await self.jobs.done()
        await self.jobs.start()
        await self.jobs.done()

    async def idle(self) -> None:
        """Return once every request in hand is answered and everything due is said."""
        await self.in_flight.nothing()
        await self.relay.look_for_all_due()
        await self.relay.idle()


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock, *, features: Sequence[Feature] = FEATURES, rate_limits: RateLimits | None = None
) -> AsyncIterator[Bot]:
    """Start the bot, and stop it in order at the end: take nothing more, finish, say what is due, close.

    Raises StoreError when the store cannot be opened, SettingsError when Slack does not take the token or the address
    is taken.
    """
    share_heap()
    async with AsyncExitStack() as stack:
        file = _opened(settings.database_url)
        stack.push_async_callback(file.close)
        traced = await stack.enter_async_context(tracing(settings, file))
        store, traces = traced.store, traced.traces
        condition, keep = Condition(store), timedelta(days=settings.keep_after_uninstall_days)
        measures, schedule, in_flight = Measures(is_read=settings.metrics), _schedule(settings), InFlight()
        if settings.metrics:
            condition.metrics = Metrics(measures, Looked(store, settings.database_url, clock, condition, schedule))
        await delete_due(store, keep, clock.now())
        slack = await stack.enter_async_context(calling_slack(settings, condition, measures, traced.watching))
        door = await stack.enter_async_context(listening(settings, condition))
        place = await connected(settings, store, slack, clock, condition)
        relay = Relay(store, slack, clock, rate_limits, place.may_be_sent)
        relay.traces, relay.attempts.client_of = traces, place.client_of or relay.attempts.client_of
        routes = with_words(join(features))
        given = (settings.command_prefix, settings.admins, place.identity.team_url, settings.read_channels)
        seen = (measures, Checkup(settings.database_url, condition, schedule), traces)
        services = Services(store, slack, place.directory, relay, routes.hooks, clock.now, *given, *seen)
        keys = WebhookKeys(Seal(keys_in(secret(settings.token_keys))), store) if settings.hooks else None
        boundary = Boundary(_with_doors(services, place, settings, keys), routes.afterwards)
        jobs = Jobs(Timed(boundary), routes.jobs, {**_chores(store, keep, schedule), **place.chores, **_sealing(keys)})
        jobs.shared = relay.share
        bot = Bot(store, clock, relay, boundary, jobs, routes, place.identity, in_flight, condition, door.port)
        reception = Middleware(boundary, routes, place.addressed, settings.command_prefix, place.hearing(relay.start))
        stack.push_async_callback(relay.stop, _PATIENCE_AT_STOP)
        await stack.enter_async_context(_transport(settings, _bolt(slack, reception), slack, in_flight, condition))
        await stack.enter_async_context(_working(bot, settings, keys))
        tune()
        stack.callback(door.close)
        yield bot


def _opened(url: str) -> Database:
    if told := finish_restore_of_store(url):
        _log.warning(told)
    store = open_store(url, is_alone=True)
    if folder := folder_of_others(url):
        _log.warning("other users of this machine can open the folder of the store", fix=f"chmod 700 {folder}")
    return store


def _chores(store: Database, keep: timedelta, schedule: Schedule) -> dict[str, Chore]:
    """Return what is done at each tick for the whole installation."""
    return {
        "delete": partial(delete_due, store, keep),
        "back up": schedule.keep_up,
        "bring back": Setback(store).look,
        "watch the log": LogWatch(lambda: store.log_bytes).look,
        "watch the clock": ClockWatch(store).look,
        "give memory back": SpareMemory().look,
    }


def _with_doors(services: Services, place: Connected, settings: Settings, keys: WebhookKeys | None) -> Services:
    """Return the services as they know which doors there are besides Slack's."""
    seals, url = keys.seals if keys is not None else None, settings.public_url
    return replace(services, reaching=place.reaching, serves_agents=settings.mcp, seals=seals, public_url=url)


def _sealing(keys: WebhookKeys | None) -> dict[str, Chore]:
    return {} if keys is None else {"seal web hooks": keys.keep_up}


def _schedule(settings: Settings) -> Schedule:
    every, kept = timedelta(hours=settings.backup_every_hours), settings.backups_kept
    return Schedule(settings.database_url, settings.backup_folder, every, kept, settings.backup_recipient)


class _Bolt(AsyncApp):
    """Bolt without what it prepares for its listeners at each request, a client first of all: there are none."""

    def _init_context(self, req: AsyncBoltRequest) -> None:
        pass


def _bolt(slack: AsyncWebClient, reception: Middleware) -> AsyncApp:
    # Reception does what Bolt's own middleware would: it ignores bots and answers url_verification and ssl_check. It
    # stands before Bolt's authorization, which would ask auth.test on a request.
    return _Bolt(
        name="common-ground",
        logger=logging.getLogger("slack_bolt"),
        client=slack if slack.token else AsyncWebClient(_OF_EACH_WORKSPACE),
        before_authorize=reception,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
    )


@asynccontextmanager
async def _agents(settings: Settings, bot: Bot) -> AsyncIterator[None]:
    """Let agents ask, where that is switched on; their protocol's package is loaded only then."""
    if not settings.mcp:
        yield
        return
    agents, door = Agents(bot.boundary, bot.routes.tools), await asyncio.to_thread(_agents_door)
    async with door(agents, bot.boundary.services, secret(settings.slack_signing_secret)) as bot.condition.agents:
        yield
    bot.condition.agents = None


@contextmanager
def _reports(bot: Bot, keys: WebhookKeys | None) -> Iterator[None]:
    """Let other programs report, where that is switched on."""
    if keys is not None:
        bot.condition.reports = WebhooksTransport(Reports(bot.boundary, bot.routes.reports, follow), keys)
    try:
        yield
    finally:
        bot.condition.reports = None


def _agents_door() -> Callable[[Agents, Services, str], AbstractAsyncContextManager[Takes]]:
    try:
        from bot.transport.agents import serving_agents  # noqa: PLC0415 - it takes 25 MiB and half a second to load
    except ImportError as error:
        raise SettingsError("MCP needs a package that is not there; pip install 'common-ground[mcp]'") from error
    return serving_agents


@asynccontextmanager
async def _transport(
    settings: Settings, bolt: AsyncApp, slack: AsyncWebClient, in_flight: InFlight, condition: Condition
) -> AsyncIterator[None]:
    if settings.slack_app_token is None:
        condition.http = HttpTransport(bolt, secret(settings.slack_signing_secret), in_flight)
        try:
            yield
        finally:
            condition.http = None
            await _finish(in_flight)
        return
    transport = condition.socket = SocketModeTransport(
        bolt, settings.slack_app_token.get_secret_value(), slack, in_flight
    )
    try:
        await transport.open()
        yield
    finally:
        transport.take_nothing_more()
        await _finish(in_flight)
        await transport.let_go()


async def _finish(in_flight: InFlight) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_AT_STOP):
            await in_flight.nothing()


async def _tick(bot: Bot) -> None:
    await bot.jobs.start()
    bot.condition.turned("clock")


@asynccontextmanager
async def _working(bot: Bot, settings: Settings, keys: WebhookKeys | None) -> AsyncIterator[None]:
    """Run the relay and the ticker, let agents ask and other programs report."""
    bot.relay.rounds.is_busy = bot.in_flight.is_something
    sending = asyncio.create_task(bot.relay.run(partial(bot.condition.turned, "outbox")))
    ticker = Ticker(partial(_tick, bot))
    await bot.jobs.join()
    bot.condition.turned("clock")
    ticker.start()
    try:
        async with _agents(settings, bot):
            with _reports(bot, keys):
                yield
    finally:
        ticker.stop()
        await bot.jobs.stop()
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
