"""An evaluation that is reported marks the requirements of a model; whoever answers for it hears once, by day."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.trial.run import Trial
from storage.records.offers import Offer
from storage.requirements import requirements
from storage.requirements.requirements import Plan
from storage.responsibilities import responsibilities
from storage.workspaces import webhooks
from tests.conftest import StartTrial
from tests.handlers.requirements.playing import BAR, LATENCY, TEAM, a_model, agree, plan, say
from tests.reporting import KEY, hook, report, written_by
from tests.sent import sent, told

#: Long after the day of a Monday.
NIGHT, DAY = timedelta(hours=17), timedelta(hours=14)
LINK = {"link": "https://harbour.example/eval", "date": "2026-01-05"}
MISSED = {**LINK, "values": {"latency": "412 ms"}}
MET = {**LINK, "values": {"latency": "280 ms"}}


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        model = await a_model(running)
        await say(running, model, "latency", Offer(parts=LATENCY))
        await say(running, model, "adequacy", Offer(parts=BAR))
        await agree(running, model)
        yield running


def kept(trial: Trial) -> list[dict[str, str]]:
    (model,) = responsibilities.all_components(trial.bot.store.reader, TEAM)
    return [
        {str(aspect): value for aspect, value in each.values.items()}
        for each in requirements.evaluations_of(trial.bot.store.reader, TEAM, model.id)
    ]


async def test_a_breach_is_kept_and_told_to_the_lead_once(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    got = await report(trial, made, MISSED)
    assert (got.status, got.said["breach"]) == (200, True)
    assert "Latency missed: 412 ms, limit 300 ms" in got.told
    assert kept(trial) == [{"latency": "412 ms"}]
    assert [to for to, _ in sent(trial)] == ["UCHLOE"]
    await report(trial, made, {**MISSED, "link": "https://harbour.example/eval/2", "values": {"latency": "420 ms"}})
    assert [to for to, _ in sent(trial)] == ["UCHLOE"]
    assert len(kept(trial)) == 2
    await report(trial, made, {**MET, "link": "https://harbour.example/eval/3"})
    assert [to for to, _ in sent(trial)] == ["UCHLOE", "UCHLOE"]
    assert "meets again all that was measured" in sent(trial)[-1][1]


async def test_the_same_evaluation_is_kept_once_and_what_is_met_from_the_start_is_no_news(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    assert not (await report(trial, made, MET)).said["breach"]
    await report(trial, made, MET)
    assert kept(trial) == [{"latency": "280 ms"}]
    assert sent(trial) == []


async def test_what_one_evaluation_does_not_measure_stays_as_it_was(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    await report(trial, made, MISSED)
    await report(trial, made, {**LINK, "values": {"adequacy": "95 %"}})
    assert [to for to, _ in sent(trial)] == ["UCHLOE"]


async def test_a_run_of_mlflow_is_read_by_the_names_of_its_metrics(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    got = await report(trial, made, {"date": "2026-01-05", "results": written_by("mlflow_run")})
    assert got.said["breach"]
    assert kept(trial) == [{"latency": "412 ms", "adequacy": "93 %"}]


async def test_results_of_hugging_face_and_of_mlte_are_read(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    entry = {"dataset": {"id": "harbour/ships", "task_id": "recall"}, "value": 0.87, "date": "2026-01-05"}
    got = await report(trial, made, {"link": LINK["link"], "results": [entry]})
    assert "Adequacy bar missed: 87 %, required 90 %" in got.told
    header = {"identifier": "latency", "timestamp": -1}
    body = {"artifact_type": "evidence", "value": {"real": 250, "unit": "ms"}, "metadata": {"test_case_id": "latency"}}
    await report(trial, made, {**LINK, "results": {"header": header, "body": body}})
    assert kept(trial) == [{"latency": "250 ms"}, {"adequacy": "87 %"}]


async def test_at_night_nobody_hears_of_a_breach_before_their_day_begins(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    await trial.pass_time(NIGHT)
    await report(trial, made, MISSED)
    assert told(trial, "UCHLOE", "Latency missed") == []
    await trial.pass_time(DAY)
    assert len(told(trial, "UCHLOE", "Latency missed: 412 ms")) == 1
    assert webhooks.notices(trial.bot.store.reader, TEAM) == []


async def test_what_was_broken_and_mended_at_night_is_told_to_nobody(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    await trial.pass_time(NIGHT)
    await report(trial, made, MISSED)
    await report(trial, made, {**MET, "link": "https://harbour.example/eval/2"})
    await trial.pass_time(DAY)
    assert [text for _, text in sent(trial) if "atency" in text or "meets again" in text] == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"values": {"latency": "280 ms"}}, "link"),
        ({**LINK, "values": {"latency": "280 apples"}}, "Write a number in ms"),
        ({**LINK, "values": {"latency": 280}}, "write it as a text"),
        ({**LINK, "values": {"speed": "1 ms"}}, "unknown aspect"),
        ({**LINK, "date": "2027-01-05", "values": {"latency": "1 ms"}}, "in the future"),
        ({"results": written_by("datacontract")}, "docs/hooks.md"),
        ([], "docs/hooks.md"),
        ("7", "docs/hooks.md"),
        ({"run": {"data": {"metrics": [{"key": 1}]}}}, "can't be read as results"),
    ],
)
async def test_what_is_no_evaluation_is_refused_in_a_sentence_and_may_be_sent_mended(
    trial: Trial, body: object, why: str
) -> None:
    made = await hook(trial, "berth model")
    got = await report(trial, made, body, "msg_1")
    assert got.status == 422
    assert why in got.told
    assert kept(trial) == []
    assert (await report(trial, made, MISSED, "msg_1")).status == 200
    assert len(kept(trial)) == 1


@pytest.mark.parametrize(
    ("stage", "expected"), [({}, "in production"), ({"stage": "in shadow"}, "in shadow"), ({"stage": ""}, "")]
)
async def test_a_report_says_where_it_was_measured_and_else_the_plan_that_names_its_web_hook_does(
    trial: Trial, stage: dict[str, str], expected: str
) -> None:
    (model,) = responsibilities.all_components(trial.bot.store.reader, TEAM)
    made = await hook(trial, "berth model")
    stages = Plan(stages=("before release", "in production"), every="daily", webhook=made.webhook.id)
    await plan(trial, model, "latency", stages)
    await report(trial, made, {**MET, **stage})
    (found,) = requirements.evaluations_of(trial.bot.store.reader, TEAM, model.id)
    assert found.stage == expected


async def test_a_report_that_no_plan_names_says_where_it_was_measured_or_nothing(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    await report(trial, made, MET)
    (found,) = requirements.all_evaluations(trial.bot.store.reader, TEAM).values()
    assert [each.stage for each in found] == [""]
    got = await report(trial, made, {**MET, "stage": "in my head"})
    assert (got.status, got.said["error"]) == (
        422,
        "stage: Write where it was measured: before release, in shadow or in production.",
    )
