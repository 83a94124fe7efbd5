"""Requirement cards, judged by huggingface_hub, MLTE and MLflow; and what these write, read here."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.trial.run import Trial
from handlers.requirements import formats
from handlers.requirements.formats.proposed import Proposed
from handlers.requirements.formats.results import Results, parsed, read
from handlers.requirements.formats.taking import Taking
from handlers.requirements.formats.taking import read as read_card
from handlers.requirements.rules.assigning import assigned
from handlers.requirements.service import cards
from storage.records.offers import Offer
from storage.requirements.requirements import Aspect
from tests.handlers.requirements.playing import BAR, LATENCY, a_model, agree, measure, say
from tests.interop.judging import judged

pytestmark = pytest.mark.interop
ASKED: Mapping[Aspect, Offer] = {"adequacy": Offer(parts=BAR), "latency": Offer(parts=LATENCY)}


def found(path: Path) -> Results:
    results = read(parsed(path.read_text(encoding="utf-8")))
    assert results is not None
    return results


def interface(path: Path) -> dict[Aspect, str]:
    """Return what a file says of an interface, the first part of each point."""
    taken = read_card(path.read_text(encoding="utf-8"), path.suffix, Taking("model", "UCHLOE", {}))
    assert isinstance(taken, Proposed)
    return {aspect: next(iter(offer.parts.values())) for aspect, offer in taken.asked.items()}


async def test_cards_are_read_by_the_tools_whose_they_are_and_their_results_here(
    running: Trial, tmp_path: Path
) -> None:
    model = await a_model(running, "---\nberth: *model*")
    await say(running, model, "adequacy", Offer(parts={**BAR, "slice": "--- cargo: # ships\n---"}))
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "inputs", Offer(parts={"columns": "length | number required | of the ship | 0 to 400 m"}))
    await agree(running, model)
    await measure(running, model, {"latency": "420 ms", "adequacy": "91 %"})
    shown = cards.shown(running.bot.store.reader, model, {}, ("workspace",), running.bot.clock.now())
    hugging_face, negotiation = tmp_path / "card.md", tmp_path / "card.json"
    hugging_face.write_text(formats.written(shown, "hugging-face"), encoding="utf-8")
    negotiation.write_text(formats.written(shown, "mlte"), encoding="utf-8")
    told = judged("cards", hugging_face, negotiation, tmp_path)
    assert told["results"] == [
        ["recall", 91.0, "Adequacy bar in %", "https://harbour.example/eval"],
        ["latency", 420.0, "Latency in ms", "https://harbour.example/eval"],
    ]
    assert told["text"].lstrip().startswith("# --- berth: \\*model\\*: requirements")
    assert told["inputs"] == [["length", "number required", "0 to 400 m"]]
    assert told["scenarios"] == [
        ["Functional Correctness", "a ship reports its position", "at least 90 %, measured by recall"],
        ["Time Behavior", "a ship reports its position", "at most 300 ms, measured by the 95th percentile"],
    ]
    interfaces = {name: interface(tmp_path / name) for name in ("MLmodel", "openapi.json")}
    assert interfaces == {
        "MLmodel": {
            "inputs": "length | number required\nkind | string\nalpha | number | 0.5 if not given",
            "outputs": "free_at | timestamp",
        },
        "openapi.json": {
            "inputs": "[].length | number required | of the ship, in m | 0 to 400\n"
            "[].call_sign | string |  | matching [A-Z]{3}[0-9]+",
            "outputs": "berth | string required",
            "endpoint": "POST https://models.example/predict",
            "versioning": "1.3.0",
        },
    }
    values = {
        name: assigned(found(tmp_path / name).metrics, ASKED, {}).values
        for name in ("README.md", "run.json", "rest.json", "evidence.json", "results.json")
    }
    assert values == {
        "README.md": {"adequacy": "91 %"},
        "run.json": {"latency": "280 ms"},
        "rest.json": {"latency": "280 ms"},
        "evidence.json": {"latency": "280 millisecond"},
        "results.json": {"latency": "280 millisecond"},
    }
