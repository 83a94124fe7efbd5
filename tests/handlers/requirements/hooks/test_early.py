"""What comes first on a card depends on which came first, the model or the product."""

from datetime import timedelta

import pytest

from bot.trial.run import Trial
from handlers.requirements.rules.aspects import aspects_of, in_order
from storage.records.offers import Offer
from storage.requirements.requirements import Sheet
from storage.responsibilities.responsibilities import Kind, SetUp
from tests.handlers.nudges.looking import pass_days
from tests.handlers.requirements.playing import BAR, LATENCY, a_model, agree, say
from tests.handlers.responsibilities.making import a_component
from tests.playing import play
from tests.sent import sent

CARD = "ana in #general: /owner card berth model"
SUMMARY = "chloe in #general: /summary preview"


def told(trial: Trial, words: str) -> list[str]:
    return [to for to, text in sent(trial) if words in text]


@pytest.mark.parametrize(
    ("set_up", "kind", "sheet", "first"),
    [
        ("model first", "model", "requirements", "usability"),
        ("model first", "language model", "requirements", "usability"),
        ("product first", "model", "requirements", "adequacy"),
        ("product first", "language model", "requirements", "adequacy groundedness evaluation"),
        ("product first", "model", "interface", "inputs weaknesses"),
        ("parallel", "model", "requirements", "adequacy latency"),
        ("parallel", "model", "interface", "inputs outputs versioning"),
        ("model first", "product", "usage", "context affected"),
        ("parallel", "product", "usage", "unsure away"),
    ],
)
def test_what_comes_first_stands_first_and_nothing_is_lost(set_up: SetUp, kind: Kind, sheet: Sheet, first: str) -> None:
    ordered = in_order(a_component(set_up=set_up, kind=kind), sheet)
    assert list(ordered[: len(first.split())]) == first.split()
    assert sorted(ordered) == sorted(aspects_of(kind, sheet))


async def test_of_a_model_that_was_there_first_the_product_side_is_asked_early_who_uses_it(
    running: Trial,
) -> None:
    await a_model(running, set_up="model first")
    assert "usability" not in await pass_days(running, 0.8)
    seen = await pass_days(running, 2)
    assert "*berth model*  2 points of its card come first" in seen
    assert told(running, "points of its card come first") == ["UBEN"]
    shown = await play(running, CARD)
    assert "Model first: who uses it, and how, comes up late. Settle that first." in shown
    assert "Not set: usability, adequacy bar, latency" in shown


async def test_of_a_product_that_was_there_first_the_model_side_is_asked_what_it_can_give(running: Trial) -> None:
    model = await a_model(running, set_up="product first")
    await say(running, model, "adequacy", Offer(parts=BAR))
    await pass_days(running, 3)
    assert told(running, "inputs, known weaknesses: to be said first (product first)") == ["UANA"]


async def test_where_both_begin_at_once_nobody_is_asked_before_others(running: Trial) -> None:
    await a_model(running)
    await pass_days(running, 3)
    assert told(running, "come first") == []
    assert told(running, "to be said first") == []


async def test_the_summary_watches_what_comes_first_until_it_is_said(running: Trial) -> None:
    model = await a_model(running, set_up="model first")
    watched = "berth model (model first): usability, task and users"
    assert watched in await play(running, SUMMARY)
    await say(running, model, "usability", Offer(parts=LATENCY))
    assert "berth model (model first): task and users" in await play(running, SUMMARY)
    shown = await play(running, CARD)
    assert "Settle that first." in shown
    await agree(running, model)
    assert "Settle that first." not in await play(running, CARD)


async def test_where_both_begin_at_once_the_summary_watches_where_they_meet_once_a_card_is_begun(
    running: Trial,
) -> None:
    model = await a_model(running)
    watched = "berth model (parallel): inputs, outputs, version and promise"
    assert watched not in await play(running, SUMMARY)
    await say(running, model, "latency", Offer(parts=LATENCY))
    assert watched in await play(running, SUMMARY)


async def test_what_comes_first_of_a_private_model_is_told_to_its_channel_alone(running: Trial) -> None:
    secret = running.slack.workspace.channel_named("secret-launch").id
    await a_model(running, set_up="model first", visibility=secret, product_side=("UCHLOE", "UBEN"))
    await pass_days(running, 3, timedelta(hours=4))
    assert told(running, "points of its card come first") == ["UCHLOE"]
    assert "usability" not in await play(running, "ben in #general: /summary preview")
