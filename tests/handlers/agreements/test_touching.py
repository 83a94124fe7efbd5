"""Which requirements a decision touches: what is asked of its component, as far as that may be seen."""

from bot.trial.run import Trial
from handlers.agreements.touching import touched
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, say


async def test_a_decision_touches_what_stands_on_the_card_of_its_component(running: Trial) -> None:
    model, store = await a_model(running), running.bot.store.reader
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "cost", Offer(stance="not needed", reason="it is small"))
    both = {"latency", "cost"}
    assert touched(store, TEAM, model.id, both, [WORKSPACE]) == ("latency requirement of berth model (at most 300 ms)",)
    assert touched(store, TEAM, model.id, {"cost"}, [WORKSPACE]) == ()
    assert touched(store, TEAM, model.id, both, ["CELSEWHERE"]) == ()
    assert touched(store, TEAM, "", both, [WORKSPACE]) == ()
