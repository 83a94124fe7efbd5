"""The card of a language model, and the duties around it."""

from bot.trial.run import Trial
from handlers.responsibilities.catalogue import standard_catalogue
from storage.records.offers import Offer
from storage.responsibilities import responsibilities
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, agree, measure, say
from tests.playing import play

PINNED = Offer(parts={"model": "harbour-large of 2026-05-01", "prompt": "berth.md at tag 14", "change": "passes first"})
SET = Offer(parts={"set": "300 questions of pilots", "owner": "UELI", "renewed": "each quarter"})


async def test_a_language_model_is_required_to_be_grounded_and_pinned(running: Trial) -> None:
    model = await a_model(running, "berth assistant", kind="language model")
    bar = {**LATENCY, "does": "backs with a passage", "bound": "at least", "amount": "95 % of claims"}
    await say(running, model, "groundedness", Offer(parts=bar))
    await say(running, model, "pinning", PINNED)
    await agree(running, model)
    await measure(running, model, {"groundedness": "91 % of claims"})
    told = await play(running, "ana in #general: /owner card berth assistant")
    assert "*berth assistant: requirements* · 2 of 17 agreed" in told
    assert "Groundedness missed: 91 % of claims, required 95 % of claims" in told
    assert "Pinned versions: model harbour-large of 2026-05-01, prompt berth.md at tag 14; a new version" in told
    assert "cost per answer, human review, prompt injection, evaluation set." in told


async def test_who_owns_the_evaluation_set_is_told(running: Trial) -> None:
    model = await a_model(running, "berth assistant", kind="language model")
    lines = (
        'presses "Open the card"',
        'presses "Set evaluation set"',
        'enters "What is in it, and where is it?": 300 questions of pilots',
        'enters "Who owns it?": eli',
        'enters "When is it renewed?": each quarter',
        "submits",
    )
    told = await play(
        running, "ana in #general: /owner card berth assistant", *(f"ana {line}" for line in lines), "ana closes"
    )
    assert (
        "Common Ground and Eli Berg\n  Common Ground:\n    @Ana Ruiz names you as the owner of the evaluation set"
        in told
    )
    await say(running, model, "evaluation", SET)
    told = await play(running, "ana in #general: /owner card berth assistant")
    assert "Evaluation set: 300 questions of pilots, owned by Eli Berg, renewed each quarter" in told


async def test_a_language_model_has_duties_of_its_own(running: Trial) -> None:
    model = await a_model(running, "berth assistant", kind="language model")
    duties = {each.duty for each in responsibilities.duties_of(running.bot.store.reader, TEAM, [model.id])}
    assert {"prompts", "evaluation-data", "red-teaming", "model-upgrades", "monitoring"} <= duties
    assert duties & {"labelling", "retraining", "reproducibility"} == set()
    of_models = {each.id for each in standard_catalogue() if "model" in each.kinds}
    assert "prompts" not in of_models
    told = await play(running, "ben in #general: @Common Ground who red-teams the berth assistant?")
    assert "*Red-teaming of berth assistant* has no owner." in told
