"""A card that is agreed to says that a model serves what it is said to serve."""

from bot.trial.run import Trial
from storage.records.offers import Offer
from storage.responsibilities.links import LINKS
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, say
from tests.playing import play


async def test_a_product_that_agrees_to_the_card_of_a_model_confirms_that_it_is_served(running: Trial) -> None:
    model = await a_model(running)
    await a_model(running, "berth planner", kind="product", lead="UBEN", model_side=(), created_by="UBEN")
    told = await play(running, "ana in #general: /owner link berth model serves berth planner")
    assert "I've asked @Ben Okafor to confirm it." in told
    await say(running, model, "latency", Offer(parts=LATENCY))
    await say(running, model, "availability", Offer(parts={**LATENCY, "amount": "99 %"}))
    told = await play(running, "ben in #general: /owner card berth model", 'ben presses "Agree to all 2"')
    assert "You confirmed this." in told
    (link,) = LINKS.every(running.bot.store.reader, TEAM)
    assert (link.state, link.source_by, link.target_by) == ("confirmed", "UANA", "UBEN")
