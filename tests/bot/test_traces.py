"""Traces, as who receives them by OTLP reads them: what led to what, how it ended, and no word or id of anybody."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from bot.app import running
from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.start import serving
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from bot.outbox.rate_limits import RateLimits
from bot.traces import ENDING
from bot.trial.run import Trial, settings_for
from bot.trial.screen import Screen
from bot.trial.script import Script
from storage.engine.interface import Transaction
from storage.outbox import deliveries
from tests.bot.outbox.sending import a_post
from tests.playing import play
from tests.writing import write


class Receiver:
    """Takes what is sent by OTLP over HTTP."""

    def __init__(self) -> None:
        self.address = ""
        self.raw: list[bytes] = []
        self.status = 200

    async def take(self, request: web.Request) -> web.Response:
        self.raw.append(await request.read())
        return web.Response(status=self.status, content_type="application/x-protobuf")

    def spans(self) -> list[Span]:
        sent = [ExportTraceServiceRequest.FromString(each) for each in self.raw]
        scopes = [scope for each in sent for resource in each.resource_spans for scope in resource.scope_spans]
        return [span for scope in scopes for span in scope.spans]

    def named(self, name: str) -> list[Span]:
        return [each for each in self.spans() if each.name == name]


async def all_is_sent() -> None:
    """Wait for as long as sending takes, which the bot does not."""
    for thread in threading.enumerate():
        if thread.name == ENDING:
            await asyncio.to_thread(thread.join)


@pytest.fixture(autouse=True)
async def traces_end() -> AsyncIterator[None]:
    """What is logged of the end of what a test began to send belongs to no other test."""
    yield
    await all_is_sent()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver, application = Receiver(), web.Application()
    application.router.add_post("/v1/traces", receiver.take)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield receiver
    await runner.cleanup()


@asynccontextmanager
async def traced(clock: Clock, folder: Path, endpoint: str) -> AsyncIterator[Trial]:
    async with serving(seeded(sample(), manifest_for(None, ""), clock.now)) as slack:
        settings = settings_for(slack, folder / "bot.db", use_http=False)
        told = settings.model_copy(update={"otel_exporter_otlp_endpoint": endpoint})
        async with running(told, clock, rate_limits=RateLimits(burst=10_000)) as bot:
            script = Script(slack.workspace, slack.people, slack.interactions, clock.move)
            yield Trial(bot, slack, script, Screen(slack.workspace))
    await all_is_sent()


def told(span: Span) -> dict[str, str | int]:
    values = {each.key.removeprefix("common_ground."): each.value for each in span.attributes}
    return {key: value.string_value or value.int_value for key, value in values.items()}


def below(spans: list[Span], parent: Span) -> list[str]:
    return sorted(each.name for each in spans if each.parent_span_id == parent.span_id)


async def test_a_request_leads_to_its_write_its_calls_and_the_messages_that_it_led_to(
    clock: Clock, tmp_path: Path
) -> None:
    async with receiving() as receiver:
        async with traced(clock, tmp_path, receiver.address) as trial:
            await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
            origins = [row["origin"] for row in trial.bot.store.reader.all("SELECT origin FROM outbox")]
        spans = receiver.spans()
        (request,) = [each for each in receiver.named("request") if told(each)["kind"] == "Mention"]
        assert (told(request)["outcome"], told(request)["status"]) == ("done", 200)
        assert "store write" in below(spans, request)
        (delivery,) = receiver.named("delivery")
        (link,) = delivery.links
        assert (link.trace_id, link.span_id) == (request.trace_id, request.span_id)
        assert (told(delivery)["act"], told(delivery)["state"]) == ("post", "sent")
        assert told(delivery)["request"] == told(request)["request"] == origins[0].partition(" ")[0]
        (call,) = receiver.named("slack chat.postMessage")
        assert (call.trace_id, call.parent_span_id) == (delivery.trace_id, delivery.span_id)
        assert call.kind == Span.SPAN_KIND_CLIENT


async def test_jobs_and_chores_have_spans_and_what_a_job_says_leads_back_to_it(clock: Clock, tmp_path: Path) -> None:
    async with receiving() as receiver:
        async with traced(clock, tmp_path, receiver.address) as trial:
            await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
            for _ in range(3):
                await trial.pass_time(timedelta(days=7))
        jobs = {told(each)["job"]: told(each)["outcome"] for each in receiver.named("job")}
        assert {each["job"] for each in map(told, receiver.named("chore"))} >= {"delete", "back up", "watch the log"}
        assert {"nudges", "tidy"} <= jobs.keys()
        assert set(jobs.values()) == {"done"}


async def test_a_call_that_failed_says_how(clock: Clock, tmp_path: Path) -> None:
    async with receiving() as receiver:
        async with traced(clock, tmp_path, receiver.address) as trial:
            trial.slack.people.archive(trial.slack.workspace.channels["CDATA"], trial.slack.workspace.users["UCHLOE"])
            await write(trial.bot.store, deliveries.add, [a_post("one", "CDATA")])
            await trial.bot.idle()
            trial.slack.faults.arm("chat.postMessage", Fault("server_error"))
            await write(trial.bot.store, deliveries.add, [a_post("two")])
            await trial.bot.idle()
        posted = [(told(each).get("error.type"), each.status.code) for each in receiver.named("slack chat.postMessage")]
        assert posted == [("is_archived", Status.STATUS_CODE_ERROR), ("503", Status.STATUS_CODE_ERROR)]
        assert [told(each)["state"] for each in receiver.named("delivery")] == ["failed", "unsure"]


async def test_no_word_token_or_id_of_anybody_is_in_what_is_sent(clock: Clock, tmp_path: Path) -> None:
    async with receiving() as receiver:
        async with traced(clock, tmp_path, receiver.address) as trial:
            await play(
                trial,
                "ben in #general: @Common Ground decided: hunter2000",
                "ben in #general: /decision D-1",
                "ana in #general: /define hunter2000",
                "ana in #general: /decision log hunter2000",
                "ana submits",
            )
            app, workspace = trial.slack.workspace.app, trial.slack.workspace
        sent = b"".join(receiver.raw)
        assert b"decision" in sent
        tokens = (app.bot_token, app.app_token, app.signing_secret)
        secret = ["hunter2000", workspace.name, *tokens, *workspace.channels, *workspace.users]
        assert [each for each in secret if each.encode() in sent] == []


@pytest.mark.parametrize("is_there", [True, False])
async def test_an_endpoint_that_takes_nothing_keeps_nobody_waiting(
    clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    async with receiving() as receiver:
        receiver.status = 503
        async with traced(clock, tmp_path, receiver.address if is_there else "http://127.0.0.1:9") as trial:
            assert "bias" in await play(trial, "ben in #general: /define bias")


def loads_opentelemetry(code: str) -> bool:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print('opentelemetry' in sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() == "True"


def test_nothing_of_it_is_loaded_where_no_endpoint_is_set() -> None:
    assert not loads_opentelemetry("import bot.app")
    assert loads_opentelemetry("import bot.traces")


async def test_of_a_write_that_failed_it_is_told_what_kind_of_fault_it_was_and_no_message(
    clock: Clock, tmp_path: Path
) -> None:
    def change(_transaction: Transaction) -> None:
        raise KeyError("hunter2000")

    async with receiving() as receiver:
        async with traced(clock, tmp_path, receiver.address) as trial:
            with pytest.raises(KeyError):
                await trial.bot.store.write(change)
        failed = [each for each in receiver.named("store write") if each.status.code == Status.STATUS_CODE_ERROR]
        assert [told(each)["error.type"] for each in failed] == ["KeyError"]
        assert b"hunter2000" not in b"".join(receiver.raw)
