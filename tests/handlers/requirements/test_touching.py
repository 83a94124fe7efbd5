"""Before a requirement is saved, its form says which decision is about the same, and asks how the two stand."""

import pytest

from bot.trial.run import Trial
from storage.decisions.decisions import NewDecision, write_down
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer
from tests.handlers.requirements.playing import FILLED, LATENCY, TEAM, a_model, card_of, fills, say
from tests.playing import let_fields_be_empty, play
from tests.writing import write

LABEL = "This touches D-1 “Serve in batch only” (still in force)."
SET = fills("ana", "latency")
OPENED, ENTERED = SET[:3], [f"ana {line}" for line in FILLED]


async def decide(trial: Trial, about: str, decider: str = "UANA", **more: object) -> None:
    told = {
        "title": "Serve in batch only",
        "decider": decider,
        "component_id": about,
        "attributes": ("latency",),
    }
    new = NewDecision.model_validate(told | more)
    await write(trial.bot.store, write_down, TEAM, new, decider, "2026-01-05T09:00:00Z")


async def test_it_goes_with_a_decision_about_the_same(running: Trial) -> None:
    model = await a_model(running)
    await decide(running, model.id)
    seen = await play(running, *OPENED)
    assert f"{LABEL}: [Unrelated]\n      Both are about the latency of berth model." in seen
    seen = await play(running, *ENTERED, f'ana enters "{LABEL}": It goes with D-1', "ana submits")
    assert "Goes with D-1." in seen
    assert card_of(running, model).requirements["latency"].beside == {"D-1": "goes with"}


async def test_what_is_unrelated_is_not_asked_again(running: Trial) -> None:
    model = await a_model(running)
    await decide(running, model.id)
    seen = await play(running, *OPENED, *ENTERED, "ana submits")
    assert "Goes with" not in seen
    assert card_of(running, model).requirements["latency"].beside == {"D-1": "unrelated"}
    assert "This touches" not in await play(running, 'ana presses "Change latency"')


async def test_it_is_asked_while_the_form_changes_and_what_was_chosen_stays(running: Trial) -> None:
    model = await a_model(running)
    await decide(running, model.id)
    await play(running, *OPENED, f'ana enters "{LABEL}": It goes with D-1', 'ana enters "Your answer": Not needed')
    let_fields_be_empty(running, "UANA")
    seen = await play(running, "ana submits")
    assert "Why isn't it needed?: []" in seen
    assert f"{LABEL}: [It goes with D-1]" in seen


async def test_who_decided_it_can_replace_it_above_the_form_and_comes_back_to_it(running: Trial) -> None:
    model = await a_model(running)
    await decide(running, model.id)
    seen = await play(running, *OPENED, 'ana presses "Replace D-1"')
    assert "Ana Ruiz sees the form “Replace a decision”" in seen
    seen = await play(running, 'ana enters "What was decided?": Answer at once', "ana submits", "ana closes")
    assert "Replaces D-1." in seen
    seen = await play(running, *ENTERED, "ana submits")
    assert "*Latency*  waiting on the product side" in seen


async def test_who_did_not_decide_it_is_not_offered_to_replace_it(running: Trial) -> None:
    model = await a_model(running)
    await decide(running, model.id, "UDEV")
    seen = await play(running, *OPENED)
    assert LABEL in seen
    assert "Replace D-1" not in seen


@pytest.mark.parametrize("more", [{"attributes": ("cost",)}, {"state": "rejected"}, {"component_id": "another"}])
async def test_what_is_about_something_else_or_has_ended_is_not_asked_about(
    running: Trial, more: dict[str, object]
) -> None:
    model = await a_model(running)
    await decide(running, model.id, "UANA", **more)
    assert "This touches" not in await play(running, *OPENED)


async def test_a_private_decision_is_not_named_on_the_card_that_everybody_sees(running: Trial) -> None:
    model = await a_model(running)
    await decide(running, model.id, visibility=running.slack.workspace.channel_named("secret-launch").id)
    for place in ("#general", "#secret-launch"):
        seen = await play(running, *(line.replace("#general", place) for line in OPENED), "ana closes")
        assert "“Latency”" in seen
        assert "This touches" not in seen


async def test_the_decision_that_it_is_not_needed_is_its_own(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(stance="not needed", reason="nobody waits"), "UANA")
    await say(running, model, "latency", Offer(stance="not needed", reason="nobody waits"), "UBEN")
    assert card_of(running, model).requirements["latency"].decision == "D-1"
    await say(running, model, "cost", Offer(parts=LATENCY))
    seen = await play(running, *OPENED[:2], 'ana presses "Change latency"')
    assert "“Latency”" in seen
    assert "This touches" not in seen
    assert model.visibility == WORKSPACE
