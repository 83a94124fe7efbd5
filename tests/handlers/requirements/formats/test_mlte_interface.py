"""The interface of a model in MLTE's negotiation card, both ways."""

import json

from bot.trial.run import Trial
from handlers.requirements.formats import mlte
from handlers.requirements.service import cards
from storage.records.offers import Offer
from tests.handlers.requirements.playing import a_model, agree, say

COLUMNS = "length | number required | of the ship | 0 to 400 m\nphoto | file"


async def test_an_interface_comes_back_from_a_negotiation_card(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "inputs", Offer(parts={"columns": COLUMNS}))
    await say(running, model, "purpose", Offer(parts={"task": "predicts", "users": "pilots"}))
    await say(running, model, "endpoint", Offer(parts={"where": "POST /predict"}))
    await say(running, model, "mistakes", Offer(parts={"positive": "400 EUR", "negative": "half a day"}))
    await agree(running, model)
    shown = cards.shown(running.bot.store.reader, model, {}, ("workspace",), running.bot.clock.now())
    written = mlte.written(shown)
    assert "mistakes: MLTE has no place for it" in mlte.not_written(shown)
    read = mlte.read(json.dumps(written), "ULEAD")
    assert {aspect: offer.parts for aspect, offer in read.asked.items()} == {
        "inputs": {"columns": COLUMNS},
        "purpose": {"task": "predicts", "users": "pilots"},
        "endpoint": {"where": "POST /predict"},
    }
    assert read.left_out == []


def test_a_type_in_words_stands_in_what_the_field_means() -> None:
    row = {"name": "image", "description": "of the berth", "type": "Vector[150]", "expected_values": "0 to 255"}
    body = {"system_requirements": [], "model": {"input_specification": [row], "model_source": "in house"}}
    read = mlte.read(json.dumps({"body": body}), "ULEAD")
    assert read.asked["inputs"].parts == {"columns": "image | object | of the berth, Vector[150], 0 to 255"}
    assert read.left_out == ["model.model_source: in house"]
