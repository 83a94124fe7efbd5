"""A card as files: for people, whole, and in the fields of the Model Card Toolkit."""

import json

import yaml

from bot.trial.run import Trial
from handlers.requirements import formats
from handlers.requirements.service import cards as service
from storage.records.offers import Offer
from storage.requirements.requirements import Plan
from storage.responsibilities.responsibilities import Component
from tests.handlers.data_requests.playing import put
from tests.handlers.requirements.playing import BAR, LATENCY, a_model, agree, measure, plan, say

NAMES = {"UANA": "Ana Ruiz", "UBEN": "Ben Okafor", "UCHLOE": "Chloe Martin", "UDEV": "Dev Patel"}


async def a_full_card(trial: Trial) -> Component:
    model = await a_model(trial, launch_on="2026-03-02")
    await say(trial, model, "adequacy", Offer(parts=BAR))
    await say(trial, model, "latency", Offer(parts=LATENCY))
    await say(trial, model, "fairness", Offer(parts={**LATENCY, "amount": "3 percentage points"}))
    await say(trial, model, "explainability", Offer(stance="not needed", reason="Only *we* read it"))
    await agree(trial, model)
    await say(trial, model, "cost", Offer(stance="unknown", finder="UDEV", until="2026-02-01"))
    live = Plan(stages=("before release", "in production"), every="weekly", by="UDEV", how="the nightly evaluation")
    await plan(trial, model, "latency", live)
    await measure(trial, model, {"latency": "420 ms", "adequacy": "91 %"})
    await put(trial, component_id=model.id)
    await put(trial, component_id=model.id, entity="berth lengths", state="delivered", turn="requester")
    return model


def written(trial: Trial, model: Component, form: formats.Format) -> str:
    shown = service.shown(trial.bot.store.reader, model, NAMES, ("workspace",), trial.bot.clock.now())
    return formats.written(shown, form)


async def test_for_people_each_aspect_has_its_scenario_its_agreement_and_its_result(running: Trial) -> None:
    told = written(running, await a_full_card(running), "markdown")
    assert told.startswith("# berth model: requirements\n\nLaunches on 2026-03-02.\n")
    latency = told.partition("## Latency\n")[2].partition("##")[0].strip().splitlines()
    assert latency[0].startswith("When a ship reports its position, under 200 ships at once, the model answers within")
    assert latency[2:] == [
        "- Agreed by Ana Ruiz (2026-01-05) and Ben Okafor (2026-01-05).",
        "- Missed: 420 ms on 2026-01-05, https://harbour.example/eval",
        "- Measured before release and weekly in production, by Dev Patel: the nightly evaluation.",
    ]
    assert "Not needed (Only \\*we\\* read it)." in told
    assert "Not known yet, Dev Patel will find out by 2026-02-01." in told
    assert "## Privacy\n\nNot set.\n" in told
    assert "## Decisions\n\n- D-1 Explainability is not needed for berth model\n" in told
    assert "## Data requests\n\n- DR-1 berth arrivals (open)\n" in told


async def test_words_of_people_are_no_html_in_it(running: Trial) -> None:
    model = await a_model(running, "<b>model</b>")
    await say(running, model, "explainability", Offer(stance="not needed", reason="<script>|x"))
    told = written(running, model, "markdown")
    assert told.startswith("# &lt;b&gt;model&lt;/b&gt;: requirements\n")
    assert "Not needed (&lt;script&gt;\\|x)." in told
    assert "<" not in told


async def test_the_whole_card_as_yaml_can_be_read_by_other_programs(running: Trial) -> None:
    whole = yaml.safe_load(written(running, await a_full_card(running), "yaml"))
    latency = whole["requirements"]["latency"]
    assert (latency["said"]["parts"]["amount"], whole["results"]["latency"]) == ("300 ms", "missed")
    assert latency["agreements"]["product"]["user_id"] == "UBEN"
    assert whole["people"] == NAMES
    assert whole["requirements"]["adequacy"]["said"]["parts"]["signer"] == "UCHLOE"
    assert whole["requirements"]["explainability"]["decision"] == "D-1"
    cost = whole["requirements"]["cost"]["said"]
    assert (cost["stance"], cost["finder"], cost["until"], cost["by"]) == ("unknown", "UDEV", "2026-02-01", "UANA")
    assert whole["evaluations"][0]["values"] == {"latency": "420 ms", "adequacy": "91 %"}
    assert [each["number"] for each in (*whole["decisions"], *whole["data_requests"])] == ["D-1", "DR-1", "DR-2"]


async def test_a_model_card_has_what_was_asked_beside_what_was_measured(running: Trial) -> None:
    card = json.loads(written(running, await a_full_card(running), "model-card"))
    assert list(card) == [
        "schema_version",
        "model_details",
        "model_parameters",
        "quantitative_analysis",
        "considerations",
    ]
    assert card["quantitative_analysis"]["performance_metrics"] == [
        {"type": "Adequacy bar in %", "value": "91", "slice": "cargo ships"},
        {"type": "Latency in ms", "value": "420", "slice": "200 ships at once"},
    ]
    asked = card["considerations"]
    assert [each["name"] for each in asked["ethical_considerations"]] == ["Fairness"]
    assert asked["ethical_considerations"][0]["mitigation_strategy"].endswith("Never measured")
    assert [each["description"].partition(":")[0] for each in asked["use_cases"]] == ["Adequacy bar", "Latency"]
    assert asked["tradeoffs"] == [{"description": "Explainability: Not needed (Only *we* read it)."}]
    missed = next(each["description"] for each in asked["limitations"] if each["description"].startswith("Latency"))
    assert missed.endswith("Missed: 420 ms on 2026-01-05, https://harbour.example/eval")
    assert card["model_details"]["owners"] == [{"name": "Chloe Martin"}]
    assert card["model_parameters"]["data"] == [{"name": "berth lengths", "description": "DR-2, delivered"}]


async def test_an_empty_card_is_exported_too(running: Trial) -> None:
    model = await a_model(running, "Berth / model")
    card = json.loads(written(running, model, "model-card"))
    assert card["quantitative_analysis"] == {"performance_metrics": []}
    assert len(card["considerations"]["limitations"]) == 11
    assert yaml.safe_load(written(running, model, "yaml"))["requirements"] == {}
    assert formats.file_name(model, "markdown") == "berth-model.md"


async def test_what_goes_is_exported_with_its_result_and_the_proposal_beside_it(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await agree(running, model)
    await measure(running, model, {"latency": "420 ms"})
    await say(running, model, "latency", Offer(parts={**LATENCY, "amount": "500 ms"}), by="UBEN")
    told = written(running, model, "markdown").partition("## Latency\n")[2].partition("##")[0]
    assert "at most 300 ms" in told.partition("- Proposed instead: ")[0]
    assert "at most 500 ms" in told.partition("- Proposed instead: ")[2]
    assert "- Missed: 420 ms on 2026-01-05" in told
    latency = yaml.safe_load(written(running, model, "yaml"))["requirements"]["latency"]
    assert latency["said"]["parts"]["amount"] == "500 ms"
    assert latency["agreed"]["parts"]["amount"] == "300 ms"
    (use,) = json.loads(written(running, model, "model-card"))["considerations"]["use_cases"]
    assert "at most 300 ms" in use["description"]
