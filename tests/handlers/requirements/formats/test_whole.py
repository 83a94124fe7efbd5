"""A whole card as YAML comes back as it was, into another store, too; whatever people typed."""

import pytest

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.checks.csv_files import FormatError
from handlers.checks.outcomes import Refused
from handlers.requirements.formats.whole import Whole, as_yaml, read
from handlers.requirements.service import cards as service
from handlers.requirements.service import importing
from storage.records.offers import Offer
from storage.requirements.requirements import Card, Plan
from storage.responsibilities.responsibilities import Component
from tests.handlers.requirements.playing import LATENCY, a_model, agree, measure, plan, say

HOSTILE = "--- \n- *x: &y {a}\t\"'\\ \u2028 # 1.0 <!channel> =1+1 null Ω\U0001f600"


def written(trial: Trial, model: Component) -> str:
    return as_yaml(service.shown(trial.bot.store.reader, model, {}, ("workspace", "GSECRET"), trial.bot.clock.now()))


async def restored(trial: Trial, model: Component, whole: Whole) -> Card | Refused:
    facts = Facts("", trial.bot.clock.now(), visible=(model.visibility,))
    return await trial.bot.store.write(lambda transaction: importing.restore(transaction, model, whole, facts))


async def a_hostile_card(trial: Trial) -> Component:
    model = await a_model(trial, "berth")
    await say(trial, model, "latency", Offer(parts={**LATENCY, "when": HOSTILE, "measure": "2026-01-05"}))
    await say(trial, model, "privacy", Offer(stance="not needed", reason=HOSTILE))
    await say(trial, model, "safety", Offer(stance="unknown", finder="UDEV", until="2026-02-01"))
    await agree(trial, model)
    await say(trial, model, "latency", Offer(parts={**LATENCY, "amount": "1 s"}), by="UBEN")
    await say(trial, model, "usability", Offer(parts={**LATENCY, "under": "~"}))
    await plan(trial, model, "latency", Plan(stages=("in shadow", "in production"), every="daily", how=HOSTILE))
    await measure(trial, model, {"latency": "420 ms"})
    await measure(trial, model, {"latency": "20 ms"})
    return model


async def test_what_was_written_is_written_again_from_a_model_that_had_no_card(running: Trial) -> None:
    before = written(running, await a_hostile_card(running))
    other = await a_model(running, "berth", visibility="GSECRET")
    assert not isinstance(await restored(running, other, read(before)), Refused)
    after = written(running, other)
    # Decisions and data requests are the other model's; they have files of their own.
    assert after.partition("decisions:")[0] == before.partition("decisions:")[0]
    assert len(service.card_of(running.bot.store.reader, other).requirements) == 4


async def test_a_model_that_has_a_card_keeps_it(running: Trial) -> None:
    model = await a_hostile_card(running)
    whole = read(written(running, model))
    assert await restored(running, model, whole) == Refused(importing.HAS_ONE)
    assert "decisions: kept with its own record" in whole.left_out
    measured = await a_model(running, "other")
    await measure(running, measured, {"latency": "420 ms"})
    assert await restored(running, measured, whole) == Refused(importing.HAS_ONE)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: [", "can't be read as YAML"),
        ("a: 1", "should be a card, with a model and its requirements"),
        ("requirements: {speed: {}}", "requirements.speed: unknown aspect; the aspects are adequacy, latency"),
        ("requirements: {latency: {said: 7}}", "requirements.latency.said: input should be"),
        ("requirements: {latency: {said: {}, plan: {stages: []}}}", "requirements.latency.plan.stages: tuple should"),
        ("{requirements: {}, version: many}", "version: many isn't a whole number from 1"),
        ("{requirements: {}, evaluations: 7}", "evaluations: this should be a list"),
        ("{requirements: {}, evaluations: [7]}", "evaluations.1.: input should be"),
        ("{requirements: {}, evaluations: [{link: x}]}", "evaluations.1.measured_on: field required"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        read(text)


def test_a_field_that_is_not_known_has_a_line() -> None:
    told = read("{model: x, requirements: {}, owner: Ana}").left_out
    assert told == ["owner: unknown field", "history: who changed what when isn't in the file"]
