"""MLTE's negotiation card, both ways."""

import json

import pytest

from bot.trial.run import Trial
from handlers.checks.csv_files import FormatError
from handlers.requirements.formats import mlte
from handlers.requirements.service import cards as service
from storage.records.offers import Offer
from tests.handlers.requirements.playing import BAR, LATENCY, a_model, agree, measure, say

SCENARIO = {
    "identifier": "card.default-qas_001",
    "quality": "Time Behavior",
    "stimulus": "an image arrives",
    "source": "the camera",
    "environment": "peak hours",
    "response": "the class is returned",
    "measure": "in less than 300 ms, for 95 % of images",
}


def a_card(*scenarios: object, **body: object) -> str:
    return json.dumps({"header": {"type": "card"}, "body": {"system_requirements": list(scenarios), **body}})


async def test_what_is_written_asks_the_same_when_it_is_read(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "adequacy", Offer(parts=BAR))
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "throughput", Offer(parts={**LATENCY, "bound": "at least", "amount": "1,000 requests/s"}))
    await say(running, model, "cost", Offer(stance="unknown", finder="UDEV", until="2026-02-01"))
    await agree(running, model)
    await measure(running, model, {"latency": "420 ms"})
    shown = service.shown(running.bot.store.reader, model, {}, ("workspace",), running.bot.clock.now())
    read = mlte.read(json.dumps(mlte.written(shown)), "UCHLOE")
    assert {aspect: offer.parts for aspect, offer in read.asked.items()} == {
        "adequacy": BAR,
        "latency": LATENCY,
        "throughput": {**LATENCY, "bound": "at least", "amount": "1,000 requests/s"},
    }
    assert mlte.not_written(shown) == [
        "adequacy: that it was agreed, and by whom",
        "adequacy: who signs it off",
        "latency: that it was agreed, and by whom",
        "throughput: that it was agreed, and by whom",
        "cost: unknown",
        "evaluation of 2026-01-05: https://harbour.example/eval",
    ]


def test_a_scenario_of_others_is_read_and_what_is_not_kept_has_a_line() -> None:
    read = mlte.read(
        a_card(SCENARIO, system={"task": "classify", "risks": ["fog"]}, model={"input_specification": []}), "U"
    )
    assert read.asked["latency"].parts == {
        "when": "an image arrives",
        "under": "peak hours",
        "does": "the class is returned",
        "bound": "at most",
        "amount": "300 ms",
        "measure": "for 95 % of images",
    }
    assert read.left_out == [
        "scenario 1: source: the camera",
        "scenario 1: measure: less than 300 ms is kept with the limit itself included",
        "system.task: classify",
        "system.risks.1: fog",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"measure": "fast enough"}, "measure: 'fast enough' has no limit with a unit, such as at most 300 ms"),
        ({"measure": "at most 300"}, "measure: 'at most 300' has no limit with a unit, such as at most 300 ms"),
        ({"quality": "Replaceability"}, "quality: 'Replaceability' is no aspect of a card"),
        ({"environment": None, "stimulus": ""}, "latency: when, under not set"),
        ({"quality": "Functional Correctness", "measure": "≥ 90 %"}, "adequacy: baseline not set"),
    ],
)
def test_a_scenario_that_cannot_be_kept_says_why(change: dict[str, object], told: str) -> None:
    read = mlte.read(a_card(SCENARIO | change), "ULEAD")
    assert (dict(read.asked), list(read.left_out)) == ({}, [f"scenario 1: {told}"])


@pytest.mark.parametrize(
    ("measure", "amount", "by"),
    [
        ("is no more than two seconds", "2 seconds", "is no more than two seconds"),
        ("at least 90% of the time", "90%", "at least 90% of the time"),
        ("<= 1.5 s at the API.", "1.5 s", "at the API"),
        ("within 300 ms.", "300 ms", "within 300 ms."),
    ],
)
def test_a_limit_is_read_as_people_write_it(measure: str, amount: str, by: str) -> None:
    parts = mlte.read(a_card(SCENARIO | {"quality": "Time  Behavior", "measure": measure}), "U").asked["latency"].parts
    assert (parts["amount"], parts["measure"]) == (amount, by)


def test_of_two_scenarios_for_one_aspect_the_first_is_taken() -> None:
    other = SCENARIO | {"source": None, "measure": "at most 9 s"}
    read = mlte.read(a_card(other, other | {"measure": "at most 1 s"}, 7), "ULEAD")
    assert read.asked["latency"].parts["amount"] == "9 s"
    assert list(read.left_out) == [
        "scenario 2: a second one for latency; the first is taken",
        "scenario 3: this isn't a scenario",
    ]


def test_the_lead_is_suggested_to_sign_off_an_adequacy_bar_that_has_a_baseline() -> None:
    goals = {"goals": [{"description": "", "metrics": [{"description": "recall", "baseline": "a rule, 81 %"}]}]}
    bar = SCENARIO | {"source": "", "quality": "Functional Correctness", "measure": "at least 90 % recall"}
    read = mlte.read(a_card(bar, system=goals), "ULEAD")
    parts = read.asked["adequacy"].parts
    assert (parts["amount"], parts["metric"], parts["baseline"], parts["signer"]) == (
        "90 %",
        "recall",
        "a rule, 81 %",
        "ULEAD",
    )
    assert read.left_out[0] == "adequacy: MLTE doesn't say who signs it off; the lead is suggested"


@pytest.mark.parametrize("text", ["{", "[]", '{"body": {"system_requirements": 1}}', '{"body": 1}'])
def test_what_is_no_negotiation_card_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match=r"the file (isn't JSON|should be a negotiation card of MLTE)"):
        mlte.read(text, "ULEAD")
