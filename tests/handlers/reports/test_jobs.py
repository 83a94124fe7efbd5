"""A report that was expected and didn't come is itself the news: told once, and once more when reports come again."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.trial.run import Trial
from storage.data_requests.data_requests import REQUESTS
from storage.engine.statements import alter
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.requirements.requirements import Plan
from storage.responsibilities import responsibilities
from storage.workspaces import webhooks
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import TEAM, put
from tests.handlers.requirements.playing import LATENCY, a_model, plan, say
from tests.playing import play
from tests.reporting import KEY, hook, report
from tests.sent import sent
from tests.writing import write

NOT_CAME, AGAIN = "the expected report didn't come", "reports come again"
PASSED = {"checks": [{"name": "a", "passed": True}]}


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        await put(running, state="agreed")
        await a_model(running, lead="UANA")
        yield running


def told(trial: Trial, words: str) -> list[str]:
    return [to for to, text in sent(trial) if words in text]


async def test_a_report_that_does_not_come_is_said_in_the_thread_once(trial: Trial) -> None:
    made = await hook(trial, "DR-1", "daily")
    await trial.pass_time(timedelta(hours=29))
    assert told(trial, NOT_CAME) == []
    await trial.pass_time(timedelta(hours=2))
    await trial.pass_time(timedelta(hours=40))
    assert told(trial, NOT_CAME) == ["CDATA"]
    await report(trial, made, PASSED)
    assert told(trial, AGAIN) == ["CDATA"]
    await trial.pass_time(timedelta(hours=31))
    assert told(trial, NOT_CAME) == ["CDATA", "CDATA"]


async def test_each_report_puts_off_the_next(trial: Trial) -> None:
    made = await hook(trial, "DR-1", "daily")
    for _ in range(3):
        await trial.pass_time(timedelta(hours=24))
        await report(trial, made, PASSED)
    assert told(trial, NOT_CAME) == []


async def test_of_a_component_the_lead_hears_by_day(trial: Trial) -> None:
    await hook(trial, "berth model", "hourly")
    await trial.pass_time(timedelta(hours=2))
    assert told(trial, NOT_CAME) == ["UANA"]
    night = await hook(trial, "berth model", "hourly", label="night")
    await trial.pass_time(timedelta(hours=15))
    assert told(trial, NOT_CAME) == ["UANA"]
    assert [each.webhook_id for each in webhooks.notices(trial.bot.store.reader, TEAM)] == [night.webhook.id]
    await trial.pass_time(timedelta(hours=12))
    assert told(trial, NOT_CAME) == ["UANA", "UANA"]


async def test_of_a_component_that_has_retired_nobody_hears_that_no_report_came(trial: Trial) -> None:
    await hook(trial, "berth model", "daily")
    lines = ("ana in #general: /owner retire berth model", 'ana enters "Last day": 2026-01-05', "ana submits")
    await play(trial, *lines)
    await trial.pass_time(timedelta(days=3))
    assert webhooks.every(trial.bot.store.reader, TEAM)[0].is_late
    assert told(trial, NOT_CAME) == []
    shown = await play(trial, "chloe in #general: /summary preview")
    assert "Retired\n    • berth model" in shown
    assert "didn't report" not in shown


async def test_the_summary_lists_what_did_not_come_and_new_versions(trial: Trial) -> None:
    await hook(trial, "DR-1", "daily", label="ships check")
    await report(trial, await hook(trial, "berth model"), {"version": "1.4.0"})
    await trial.pass_time(timedelta(hours=31))
    shown = await play(trial, "chloe in #general: /summary preview")
    assert "ships check didn't report" in shown
    assert "berth model: version 1.4.0" in shown


async def test_a_web_hook_without_a_cadence_is_never_late(trial: Trial) -> None:
    await hook(trial, "berth model")
    await trial.pass_time(timedelta(days=60))
    assert told(trial, NOT_CAME) == []


async def test_what_is_about_nothing_any_more_is_told_to_nobody(trial: Trial) -> None:
    made = await hook(trial, "berth model", "hourly")
    gone = made.webhook.model_copy(update={"id": "gone", "target_id": "gone"})
    await trial.bot.store.write(lambda transaction: webhooks.add(transaction, gone))
    await trial.pass_time(timedelta(hours=2))
    assert told(trial, NOT_CAME) == ["UANA"]


async def test_who_measures_by_a_web_hook_hears_of_it_once_and_by_nothing_else(trial: Trial) -> None:
    (model,) = responsibilities.all_components(trial.bot.store.reader, TEAM)
    await say(trial, model, "latency", Offer(parts=LATENCY))
    made = await hook(trial, "berth model", "daily")
    daily = Plan(stages=("in production",), every="daily", by="UELI", webhook=made.webhook.id)
    await plan(trial, model, "latency", daily)
    for _ in range(6):
        await trial.pass_time(timedelta(hours=12))
    assert sorted(told(trial, NOT_CAME)) == ["UANA", "UELI"]
    assert told(trial, "as planned") == []


async def test_of_what_is_over_no_report_is_expected_and_what_comes_is_said_to_nobody(trial: Trial) -> None:
    model, asked = await hook(trial, "berth model", "hourly"), await hook(trial, "DR-1", "daily")
    over = {"retires_on": "2026-01-04", "retired_at": "2026-01-05T08:00:00.000000+00:00"}
    await write(trial.bot.store, alter, "components", {"team_id": TEAM}, **over)
    request = REQUESTS.every(trial.bot.store.reader, TEAM)[0]
    entry = HistoryEntry(at=request.changed_at, by=request.requester, what="withdrawn")
    await write(trial.bot.store, REQUESTS.change, request, {"state": "withdrawn"}, entry)
    since = len(sent(trial))
    await trial.pass_time(timedelta(hours=2))
    await trial.pass_time(timedelta(hours=40))
    for made, body in ((model, {"version": "2"}), (asked, {"version": "3"})):
        assert (await report(trial, made, body)).status == 200
    await trial.pass_time(timedelta(hours=2))
    assert sent(trial)[since:] == []
