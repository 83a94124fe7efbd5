"""What Prometheus is told: what was counted, and how the store, the outbox and the backups are at that moment."""

import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

import aiohttp
from aiohttp import TraceConfig
from prometheus_client import Gauge, ProcessCollector, generate_latest
from pydantic_core import from_json

from bot.backups import Schedule
from bot.clock import Clock
from bot.condition import Condition
from handlers.framework.measures import Measures
from storage import files_of_store
from storage.engine.interface import Database, StoreUnavailableError
from storage.outbox import backlog, losses

OK, _RATE_LIMITED = 200, 429
#: What a call is named that is none of a method: an answer by a response_url, or a file.
OTHER = "other"
_LONGEST_ERROR = 4_000
_CODE = re.compile(r"[a-z_]{1,60}")
#: Seconds for which a write is waited for; Prometheus gives up on an answer that is slow.
_A_MOMENT = 0.2
_LANES = ("person", "channel", "response")


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at when somebody asks for the metrics."""

    store: Database
    url: str
    clock: Clock
    condition: Condition
    schedule: Schedule


class Metrics:
    """All that Prometheus is told of one bot."""

    def __init__(self, measures: Measures, looked: Looked) -> None:
        self._registry = registry = measures.registry
        self._looked = looked
        ProcessCollector(registry=registry)
        self._ready = Gauge("common_ground_ready", "1 where the bot is ready", registry=registry)
        self._rejected = Gauge(
            "common_ground_token_rejected", "1 where Slack takes the bot token no more", registry=registry
        )
        self._depth = Gauge("common_ground_outbox_depth", "Messages that wait", ("lane",), registry=registry)
        self._age = Gauge("common_ground_outbox_age_seconds", "Age of the oldest of them", ("lane",), registry=registry)
        self._lost = Gauge("common_ground_outbox_lost", "Messages that failed, or may have", registry=registry)
        self._bytes = Gauge("common_ground_store_bytes", "Size of the store's files", ("file",), registry=registry)
        self._free = Gauge("common_ground_disk_free_bytes", "Free on the disk of the store", registry=registry)
        self._backup = Gauge("common_ground_backup_timestamp_seconds", "When the last backup was", registry=registry)
        self._failed = Gauge("common_ground_backup_failed", "1 where the last backup failed", registry=registry)

    async def exposed(self) -> bytes:
        """Return all of it as Prometheus reads it; without what only the store knows where that doesn't answer."""
        it = self._looked
        self._ready.set(not await it.condition.problem(_A_MOMENT))
        self._rejected.set(bool(it.condition.token_error))
        self._tell_files()
        last = it.schedule.last()
        self._backup.set(last.timestamp() if last is not None else 0)
        self._failed.set(bool(it.schedule.problem))
        try:
            waiting, lost = await it.store.search(lambda reader: (backlog.by_kind(reader), losses.count_lost(reader)))
            self._tell_outbox(waiting, it.clock.now())
            self._lost.set(lost)
        except StoreUnavailableError:
            self._depth.clear()
            self._age.clear()
        return generate_latest(self._registry)

    def _tell_files(self) -> None:
        files = files_of_store(self._looked.url)
        for name, path in files.items():
            self._bytes.labels(name).set(path.stat().st_size if path.exists() else 0)
        if "store" in files:
            self._free.set(shutil.disk_usage(files["store"].parent).free)

    def _tell_outbox(self, waiting: Mapping[str, tuple[int, str]], now: datetime) -> None:
        for lane in _LANES:
            depth, oldest = waiting.get(lane, (0, ""))
            self._depth.labels(lane).set(depth)
            self._age.labels(lane).set((now - datetime.fromisoformat(oldest)).total_seconds() if oldest else 0)


def watching_slack(measures: Measures, address: str, heard: Callable[[str, str], None]) -> TraceConfig:
    """Return what notes each call of a method of Slack below an address: how it ended, and how long it took.

    ``heard`` is told each method that answered, and its error; empty where Slack did it.

    What goes to other addresses, such as answers by a response_url, and files, has the method ``other``.
    """
    trace = TraceConfig(trace_config_ctx_factory=_Call)

    async def ended(
        _session: aiohttp.ClientSession, call: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        status, method = params.response.status, method_of(str(params.url), address)
        call.status = status
        measures.slack_seconds.labels(method).observe(time.perf_counter() - call.begun)
        if status != OK:
            measures.slack_calls.labels(method, "ratelimited" if status == _RATE_LIMITED else f"http_{status}").inc()

    async def answered(
        _session: aiohttp.ClientSession, call: SimpleNamespace, params: aiohttp.TraceResponseChunkReceivedParams
    ) -> None:
        if call.status == OK:
            method, error = method_of(str(params.url), address), error_in(params.chunk)
            measures.slack_calls.labels(method, error).inc()
            heard(method, error)

    async def failed(
        _session: aiohttp.ClientSession, _call: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams
    ) -> None:
        measures.slack_calls.labels(method_of(str(params.url), address), "no_answer").inc()

    trace.on_request_end.append(ended)
    trace.on_response_chunk_received.append(answered)
    trace.on_request_exception.append(failed)
    return trace


class _Call(SimpleNamespace):
    """A call that has begun: when, and the status of its answer once that is known."""

    def __init__(self, **told: object) -> None:
        super().__init__(begun=time.perf_counter(), status=0, **told)


def method_of(url: str, address: str) -> str:
    return url.removeprefix(address).partition("?")[0] if url.startswith(address) else OTHER


def error_in(answer: bytes) -> str:
    """Return Slack's code of what went wrong; empty where nothing did. What went wrong is told in few words."""
    if len(answer) > _LONGEST_ERROR:
        return ""
    try:
        told = from_json(answer)
    except ValueError:
        return "unreadable"
    if not isinstance(told, dict) or told.get("ok") is not False:
        return ""
    code = str(told.get("error", ""))
    return code if _CODE.fullmatch(code) else "unknown"
