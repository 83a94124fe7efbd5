"""Whether a bot is traced: OpenTelemetry is loaded only where there is somewhere to send traces."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import TraceConfig

from bot.settings import Settings, SettingsError
from handlers.framework.traces import Traces, Untraced
from storage.engine.interface import Database

_MISSING = 'OTEL_EXPORTER_OTLP_ENDPOINT needs what an extra installs: install the bot again, as ".[traces]"'


@dataclass(frozen=True, slots=True)
class Tracing:
    """What notes the way of requests, what watches calls to Slack for it, and the store that is traced."""

    store: Database
    traces: Traces = field(default_factory=Untraced)
    watching: tuple[TraceConfig, ...] = ()


@asynccontextmanager
async def tracing(settings: Settings, store: Database) -> AsyncIterator[Tracing]:
    """Trace a bot where the settings say where to, and send what is left at the end. Raises SettingsError."""
    endpoint = settings.otel_exporter_otlp_endpoint
    if not endpoint:
        yield Tracing(store)
        return
    try:
        from bot.traces import OtlpTraces, TracedStore, watching_slack  # noqa: PLC0415 - an extra, not always installed
    except ModuleNotFoundError:
        raise SettingsError(_MISSING) from None
    traces = OtlpTraces(endpoint)
    try:
        yield Tracing(TracedStore(store, traces), traces, (watching_slack(traces, settings.slack_api_url),))
    finally:
        await traces.close()
