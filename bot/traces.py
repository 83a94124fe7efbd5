"""Traces by OpenTelemetry, sent by OTLP over HTTP; loaded only where there is somewhere to send them.

A span has names and outcomes that the program gives, and no message of an exception: that may carry anything.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Concatenate, ParamSpec, TypeVar

import aiohttp
from aiohttp import TraceConfig
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, Span, SpanKind, StatusCode, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from bot import __version__
from bot.metrics import OK, OTHER, error_in, method_of
from handlers.framework.traces import Traces
from storage.engine.interface import Database, Reader, Transaction

P = ParamSpec("P")
T = TypeVar("T")
_W3C = TraceContextTextMapPropagator()
_HEADER = "traceparent"
#: At the end so many seconds are spent on sending what is left.
_PATIENCE_AT_STOP = 2.0
#: The thread that goes on with it.
ENDING = "traces-ending"


class OtlpTraces:
    """Collects spans and sends them to an endpoint, many at once."""

    def __init__(self, endpoint: str) -> None:
        about = Resource.create({"service.name": "common-ground", "service.version": __version__})
        self._provider = TracerProvider(resource=about, shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self.tracer = self._provider.get_tracer("common_ground", __version__)

    @contextmanager
    def span(self, name: str, origin: str = "", /, **told: str | int) -> Iterator[None]:
        begun = self.tracer.start_as_current_span(
            name,
            attributes=_attributes(told),
            links=_links(origin),
            record_exception=False,
            set_status_on_exception=False,
        )
        with begun as span, ExitStack() as stack:
            stack.push(partial(_tell_error, span))
            yield

    def tell(self, **told: str | int) -> None:
        span = get_current_span()
        if span.is_recording():
            span.set_attributes(_attributes(told))

    def place(self) -> str:
        carrier: dict[str, str] = {}
        _W3C.inject(carrier)
        return carrier.get(_HEADER, "")

    async def close(self) -> None:
        """Send what is left; an endpoint that doesn't answer holds nobody up."""
        ending = threading.Thread(target=self._provider.shutdown, name=ENDING, daemon=True)
        ending.start()
        await asyncio.to_thread(ending.join, _PATIENCE_AT_STOP)


def _tell_error(span: Span, kind: type[BaseException] | None, *_: object) -> None:
    """Say which exception ended it, and nothing of what that says."""
    if kind is not None:
        span.set_attribute("error.type", kind.__qualname__)
        span.set_status(StatusCode.ERROR)


def _attributes(told: dict[str, str | int]) -> dict[str, str | int]:
    return {f"common_ground.{name}": value for name, value in told.items()}


def _links(origin: str) -> list[Link]:
    place = get_current_span(_W3C.extract({_HEADER: origin})).get_span_context()
    return [Link(place)] if place.is_valid else []


def watching_slack(traces: OtlpTraces, address: str) -> TraceConfig:
    """Return what notes each call of a method of Slack below an address as a span, with Slack's code of an error."""
    trace = TraceConfig(trace_config_ctx_factory=_Call)

    async def begun(
        _session: aiohttp.ClientSession, call: SimpleNamespace, params: aiohttp.TraceRequestStartParams
    ) -> None:
        call.method = method_of(str(params.url), address)
        told = _attributes({"method": call.method})
        call.span = traces.tracer.start_span(f"slack {call.method}", kind=SpanKind.CLIENT, attributes=told)

    async def ended(
        _session: aiohttp.ClientSession, call: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        if params.response.status != OK:
            _fail(call, str(params.response.status))
        if params.response.status != OK or call.method == OTHER:
            call.span.end()

    async def answered(
        _session: aiohttp.ClientSession, call: SimpleNamespace, params: aiohttp.TraceResponseChunkReceivedParams
    ) -> None:
        """End a call of a method: only the answer's body says how it ended."""
        if call.span.is_recording():
            if code := error_in(params.chunk):
                _fail(call, code)
            call.span.end()

    async def failed(
        _session: aiohttp.ClientSession, call: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams
    ) -> None:
        _fail(call, type(params.exception).__qualname__)
        call.span.end()

    trace.on_request_start.append(begun)
    trace.on_request_end.append(ended)
    trace.on_response_chunk_received.append(answered)
    trace.on_request_exception.append(failed)
    return trace


class _Call(SimpleNamespace):
    """A call that is being made, and its span."""

    def __init__(self, **_told: object) -> None:
        super().__init__(span=get_current_span(), method=OTHER)


def _fail(call: SimpleNamespace, why: str) -> None:
    call.span.set_attribute("error.type", why)
    call.span.set_status(StatusCode.ERROR)


class TracedStore:
    """A store whose writes are spans, from when they are asked for until they are on disk."""

    def __init__(self, store: Database, traces: Traces) -> None:
        self._store, self._traces = store, traces

    def of(self, team_id: str) -> "TracedStore":
        return TracedStore(self._store.of(team_id), self._traces)

    @property
    def reader(self) -> Reader:
        return self._store.reader

    @property
    def is_shared(self) -> bool:
        return self._store.is_shared

    @property
    def log_bytes(self) -> int:
        return self._store.log_bytes

    async def read(self, question: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._store.read(question, *args, **kwargs)

    async def write(self, change: Callable[[Transaction], T]) -> T:
        with self._traces.span("store write"):
            return await self._store.write(change)

    async def search(self, question: Callable[[Reader], T]) -> T:
        return await self._store.search(question)

    async def probe(self) -> None:
        await self._store.probe()

    async def scrub(self, *, is_quiet: bool) -> bool:
        return await self._store.scrub(is_quiet=is_quiet)

    async def close(self) -> None:
        await self._store.close()
