"""How, by whom and when requirements are measured: planned in one form, told once to who measures."""

import json

import pytest

from bot.trial.run import Trial
from storage.engine.interface import WORKSPACE
from storage.engine.statements import alter
from storage.records.offers import Offer
from storage.requirements.requirements import CARDS, Plan
from storage.responsibilities.responsibilities import Component
from storage.workspaces.workspaces import note_place
from tests.handlers.data_requests.playing import outbox
from tests.handlers.requirements.playing import BAR, LATENCY, TEAM, a_model, agree, card_of, plan, say
from tests.playing import play

CARD = ("ana in #general: /owner card berth model", 'ana presses "Open the card"')
TICKS = 'enters "When are they measured?": Before release, In production'
WEEKLY = 'enters "How often in production?": Weekly'
DEV = 'enters "Who measures?": dev'
NIGHTLY = 'enters "How?": the nightly evaluation'
FILLED = (TICKS, WEEKLY, DEV, NIGHTLY, "submits", "closes")
LIVE = Plan(stages=("in production",), every="weekly")


async def required(trial: Trial, visibility: str = WORKSPACE) -> Component:
    model = await a_model(trial, visibility=visibility)
    await say(trial, model, "latency", Offer(parts=LATENCY))
    await say(trial, model, "adequacy", Offer(parts=BAR))
    return model


def lines(who: str, *told: str) -> list[str]:
    return [f"{who} {each}" for each in told]


async def test_one_form_plans_all_that_has_no_plan_and_who_measures_is_told_once(running: Trial) -> None:
    model = await required(running)
    told = await play(running, *CARD, 'ana presses "Plan the measuring"')
    assert told.count("never measured, no plan to measure") == 2
    assert "Which requirements?: [Adequacy bar, Latency]" in told
    told = await play(running, *lines("ana", *FILLED))
    assert "no plan to measure" not in told
    assert told.count("Measured before release and weekly in production, by Dev Patel: the nightly evaluation.") == 2
    (sent,) = [each for each in outbox(running) if each.act == "post"]
    assert sent.lane == "UDEV"
    assert "asks you to measure adequacy bar, latency of berth model, before release and weekly in" in str(sent.body)
    entry = CARDS.history(running.bot.store.reader, TEAM, card_of(running, model).id)[0]
    assert (entry.by, entry.what) == ("UANA", "planned the measuring of adequacy bar, latency")


async def test_a_plan_asks_nobody_to_agree_anew(running: Trial) -> None:
    model = await required(running)
    await agree(running, model)
    await play(running, *CARD, 'ana presses "Plan the measuring"', *lines("ana", *FILLED))
    requirement = card_of(running, model).requirements["latency"]
    assert (set(requirement.agreements), requirement.version) == ({"model", "product"}, 1)
    assert requirement.plan is not None
    # What is said anew of a requirement leaves how it is measured as it is.
    await say(running, model, "latency", Offer(parts={**LATENCY, "amount": "200 ms"}))
    assert card_of(running, model).requirements["latency"].plan == requirement.plan


async def test_the_form_of_one_requirement_says_how_it_is_measured_and_leads_to_its_plan(running: Trial) -> None:
    model = await required(running)
    await plan(running, model, "latency", Plan(stages=("in shadow",), by="UDEV"))
    told = await play(running, *CARD, 'ana presses "Change latency"')
    assert "*Measured: *in shadow, by Dev Patel." in told
    told = await play(running, 'ana presses "Plan the measuring"')
    assert "Which requirements?: [Latency]" in told
    assert "Who measures? (optional): [@Dev Patel]" in told
    await play(running, *lines("ana", 'enters "When are they measured?": Before release', "submits", "closes"))
    requirements = card_of(running, model).requirements
    assert requirements["latency"].plan is not None
    assert (requirements["latency"].plan.stages, requirements["adequacy"].plan) == (("before release",), None)


async def test_who_measures_already_is_not_told_again(running: Trial) -> None:
    model = await required(running)
    await plan(running, model, "latency", LIVE.model_copy(update={"by": "UDEV"}))
    await plan(running, model, "adequacy", LIVE.model_copy(update={"by": "UDEV"}))
    await play(running, *CARD, 'ana presses "Plan the measuring"', *lines("ana", *FILLED))
    assert [each for each in outbox(running) if each.act == "post"] == []


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        ((TICKS, DEV), "Choose how often it is measured in production."),
        ((TICKS, WEEKLY, 'enters "How?": password=hunter2000'), "looks like"),
        ((TICKS, WEEKLY, 'enters "Who measures?": gus'), "guest"),
    ],
)
async def test_a_plan_that_cannot_be_kept_says_why_at_its_field(
    running: Trial, entered: tuple[str, ...], expected: str
) -> None:
    model = await required(running)
    await play(running, *CARD, 'ana presses "Plan the measuring"')
    assert expected in await play(running, *lines("ana", *entered, "submits"))
    assert card_of(running, model).requirements["latency"].plan is None


async def test_where_nobody_is_named_the_card_says_whose_duty_it_is(running: Trial) -> None:
    await required(running)
    await play(running, *CARD, 'ana presses "Plan the measuring"')
    told = await play(running, *lines("ana", TICKS, 'enters "How often in production?": Each release', "submits"))
    words = (
        "Measured before release and in production, at each release, by whoever owns its model evaluation report or "
        "monitoring."
    )
    assert words in told
    assert [each for each in outbox(running) if each.act == "post"] == []


async def test_somebody_without_a_part_in_it_plans_nothing(running: Trial) -> None:
    model = await required(running)
    only = "Only Chloe Martin, who leads it, its two sides and admins can change the card of berth model."
    told = await play(running, "eli in #general: /owner card berth model", 'eli presses "Open the card"')
    assert "Plan the measuring" not in told
    await play(running, *CARD, 'ana presses "Plan the measuring"', *lines("ana", *FILLED[:-2]))
    others = {"model_side": "[]", "created_by": "UBEN"}
    await running.bot.store.write(lambda it: alter(it, "components", {"id": model.id}, **others))
    assert only in await play(running, "ana submits")


async def test_a_private_plan_names_only_who_sees_it_and_tells_nobody_else(running: Trial) -> None:
    secret = running.slack.workspace.channel_named("secret-launch").id
    await running.bot.store.write(lambda transaction: note_place(transaction, TEAM, secret))
    model = await required(running, visibility=secret)
    opened = ("ana in #secret-launch: /owner card berth model", 'ana presses "Open the card"')
    await play(running, *opened, 'ana presses "Plan the measuring"')
    told = await play(running, *lines("ana", TICKS, WEEKLY, DEV, "submits"))
    assert "I can't see them in the channel that this belongs to." in told
    assert card_of(running, model).requirements["latency"].plan is None
    assert [each for each in outbox(running) if each.act == "post"] == []


async def test_what_can_no_longer_be_measured_is_not_planned(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await play(running, *CARD, 'ana presses "Plan the measuring"', *lines("ana", *FILLED[:-2]))
    await say(running, model, "latency", Offer(stance="unknown", finder="UANA", until="2026-02-01"))
    told = await play(running, "ana submits")
    assert "Nothing of that can be measured any more: set an amount first." in told


async def test_whoever_a_plan_names_finds_it_in_their_data(running: Trial) -> None:
    model = await required(running)
    await plan(running, model, "latency", LIVE.model_copy(update={"by": "UDEV", "how": "the nightly evaluation"}))
    await play(running, "dev in #general: /common-ground my-data")
    (file,) = running.slack.workspace.files.values()
    kept = json.loads(file.content)["requirement cards"]
    assert "the nightly evaluation" in json.dumps(kept)
