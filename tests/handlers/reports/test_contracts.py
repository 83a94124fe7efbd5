"""The result of checking a contract marks its clauses, and is said in the request's thread once it is another one."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.trial.run import Trial
from storage.data_requests import checks
from storage.data_requests.checks import Check
from storage.outbox import deliveries
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import TEAM, one, outbox, put
from tests.playing import play
from tests.reporting import KEY, hook, report, written_by
from tests.sent import sent

FAILED = {"checks": [{"name": "ships have a length", "clause": "quality", "passed": False, "missing_count": 3}]}
PASSED = {"checks": [{"name": "ships have a length", "clause": "quality", "passed": True}]}


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        await put(running, state="agreed")
        yield running


def kept(trial: Trial) -> list[Check]:
    return list(checks.of_request(trial.bot.store.reader, TEAM, one(trial).id))


async def test_a_breach_is_said_in_the_thread_once_and_again_when_it_is_mended(trial: Trial) -> None:
    made, since = await hook(trial, "DR-1"), len(outbox(trial))
    got = await report(trial, made, FAILED)
    assert (got.status, got.said["breach"]) == (200, True)
    (said,) = outbox(trial, since)
    assert (said.lane, said.thread) == ("CDATA", one(trial).thread)
    assert "Quality: ships have a length" in json.dumps(said.body)
    assert "3 missing" in json.dumps(said.body)
    await report(trial, made, FAILED)
    assert len(outbox(trial, since)) == 1
    got = await report(trial, made, PASSED)
    assert not got.said["breach"]
    assert len(outbox(trial, since)) == 2
    assert "all 1 checks passed" in sent(trial)[-1][1]
    assert [len(each.broken) for each in kept(trial)] == [0, 1]


async def test_another_check_that_fails_is_news(trial: Trial) -> None:
    made, since = await hook(trial, "DR-1"), len(outbox(trial))
    await report(trial, made, FAILED)
    more = {"name": "rows", "clause": "quantity", "passed": False}
    await report(trial, made, {"checks": [*FAILED["checks"], more]})
    assert len(outbox(trial, since)) == 2


@pytest.mark.parametrize(
    ("tool", "failed"),
    [
        ("datacontract", ["Quality", "Quality", "Quality"]),
        ("great_expectations", ["Quality", "Quality"]),
        ("great_expectations_checkpoint", ["Quality", "Quality"]),
        ("soda", ["Schema", "Quality", "Quality"]),
        ("evidently", ["Quality", "Quality"]),
    ],
)
async def test_what_a_tool_writes_marks_the_clauses(trial: Trial, tool: str, failed: list[str]) -> None:
    made = await hook(trial, "DR-1")
    got = await report(trial, made, {"link": "https://ci.example/7", "results": written_by(tool)})
    assert got.said["breach"]
    (check,) = kept(trial)
    assert [each.expected.partition(":")[0] for each in check.broken] == failed


@pytest.mark.parametrize("tool", ["great_expectations", "soda", "datacontract", "evidently"])
async def test_no_value_of_the_data_is_kept_or_said(trial: Trial, tool: str) -> None:
    told = json.dumps(written_by(tool))
    for value, planted in (('"C"', '"zqberth"'), ("dora", "zqship"), ("-5", "-77777777"), ("cara", "zqship")):
        told = told.replace(value, planted)
    made = await hook(trial, "DR-1")
    assert (await report(trial, made, json.loads(told))).said["breach"]
    rows = trial.bot.store.reader.all("SELECT * FROM data_checks"), trial.bot.store.reader.all("SELECT * FROM outbox")
    stored = str([[dict(row) for row in each] for each in rows])
    assert "zq" not in stored
    assert "77777777" not in stored


async def test_the_summary_counts_what_failed(trial: Trial) -> None:
    await report(trial, await hook(trial, "DR-1"), FAILED)
    told = await play(trial, "ana in #general: /summary preview")
    assert "failed 1 of 1 checks" in told


async def test_the_record_shows_the_last_check(trial: Trial) -> None:
    await report(trial, await hook(trial, "DR-1"), FAILED)
    assert "nightly, checked" in await play(trial, "ana in #general: /data-request DR-1")


async def test_what_is_not_agreed_has_no_contract_to_break(trial: Trial) -> None:
    await put(trial, number="DR-2", state="open")
    got = await report(trial, await hook(trial, "DR-2"), FAILED)
    assert got.status == 422
    assert "isn't agreed yet" in got.told
    assert [each.request_id for each in kept(trial)] == []


@pytest.mark.parametrize(
    "body",
    [
        {"checks": []},
        {"checks": [{"name": "a"}]},
        {"checks": [{"name": "a", "passed": "maybe"}]},
        {"checks": ["a"]},
        {"tests": [{"name": "a"}]},
        {"runId": "1", "checks": [{"name": "a", "result": "who knows"}]},
        {"results": {"results": [{"success": 3}]}},
        {"values": {"latency": "1 ms"}},
        {"success": True},
        [],
        None,
    ],
)
async def test_what_is_no_result_is_refused(trial: Trial, body: object) -> None:
    assert (await report(trial, await hook(trial, "DR-1"), body)).status == 422
    assert kept(trial) == []


async def test_what_may_name_people_is_kept_without_its_name(trial: Trial) -> None:
    named = {"checks": [{"name": "dora@ships.example is there", "passed": False}]}
    await report(trial, await hook(trial, "DR-1"), named)
    assert [each.expected for each in kept(trial)[0].findings] == ["Quality: a check whose name may hold personal data"]


async def test_guests_in_the_channel_read_nothing_and_both_sides_do(trial: Trial) -> None:
    since = len(sent(trial))
    gus = trial.slack.workspace.user_named("gus")
    trial.slack.workspace.channels["CDATA"].members.add(gus.id)
    await trial.pass_time()
    trial.bot.boundary.services.directory.clear()
    await report(trial, await hook(trial, "DR-1"), FAILED)
    assert {to for to, _ in sent(trial)[since:]} == {"UDEV", "UANA"}


async def test_a_new_version_of_the_data_is_said_in_the_thread_once(trial: Trial) -> None:
    made, since = await hook(trial, "DR-1"), len(outbox(trial))
    await report(trial, made, {"version": "2026-01-05", "link": "https://data.example/v"})
    await report(trial, made, {"version": "2026-01-05", "link": "https://data.example/v"})
    (said,) = outbox(trial, since)
    assert "The data has a new version: 2026-01-05." in json.dumps(said.body)
    assert isinstance(deliveries.delivery(trial.bot.store.reader, said.id), deliveries.Delivery)
