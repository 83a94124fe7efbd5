"""Before a decision is saved, it is asked how it stands to one in force that looks like it."""

import pytest

from bot.trial.run import Trial
from handlers.decisions.rules.nearness import nearest
from storage.decisions.decisions import Decision, NewDecision
from tests.handlers.decisions.playing import every, log, one
from tests.handlers.requirements.playing import a_model
from tests.playing import play

ABOUT = '"Which component is it about?": berth model'
LABEL = "This looks like D-1 “Retrain weekly” (berth model, still in force)."


def decided(title: str, **more: str) -> Decision:
    told = {"id": "1", "team_id": "T", "number": "D-1", "decider": "UANA", "created_by": "UANA", "created_at": ""}
    return Decision.model_validate({**told, "title": title, **more})


@pytest.mark.parametrize(
    ("new", "old", "component", "is_near"),
    [
        ("Retrain monthly", "Retrain weekly", "M1", True),
        ("Retrain monthly", "Retrain weekly", "", False),
        ("We drop the weather feed", "Drop the weather feed", "", True),
        ("Drop the feed", "Keep the berths", "M1", False),
        ("Ship", "Ship the harbour app to every pilot in the north", "", False),
    ],
)
def test_titles_about_one_thing_are_near_sooner(new: str, old: str, component: str, *, is_near: bool) -> None:
    there = decided(old, component_id=component)
    found = nearest(NewDecision(title=new, decider="UBEN", component_id=component), [there])
    assert (found is there) is is_near


def test_what_is_about_something_else_or_has_ended_is_not_near() -> None:
    new = NewDecision(title="Retrain weekly", decider="UBEN", component_id="M1")
    ended = [decided("Retrain weekly", state=state) for state in ("rejected", "superseded", "deprecated")]
    assert nearest(new, [decided("Retrain weekly", component_id="M2"), *ended]) is None


async def asked(trial: Trial, who: str = "ana") -> str:
    await a_model(trial)
    await log(trial, "Retrain weekly", "ana", "#general", ABOUT)
    return await log(trial, "Retrain monthly", who, "#general", ABOUT)


async def test_it_replaces_the_other(running: Trial) -> None:
    seen = await asked(running)
    assert f"{LABEL}: [It replaces D-1 / It adds to D-1 / Unrelated]" in seen
    assert len(every(running)) == 1
    await again(running, "It replaces D-1")
    assert (one(running).state, one(running, "D-2").supersedes) == ("superseded", one(running).id)


async def test_it_adds_to_the_other(running: Trial) -> None:
    await asked(running)
    seen = await again(running, "It adds to D-1")
    assert "Affects berth model. Adds to D-1." in seen
    assert (one(running).state, one(running, "D-2").adds_to) == ("accepted", one(running).id)


async def test_it_has_nothing_to_do_with_it(running: Trial) -> None:
    await asked(running)
    await again(running, "Unrelated")
    assert [(each.state, each.adds_to, each.supersedes) for each in every(running)] == [("accepted", "", "")] * 2


async def test_who_may_not_replace_it_is_not_offered_that(running: Trial) -> None:
    assert f"{LABEL}: [It adds to D-1 / Unrelated]" in await asked(running, "ben")


async def test_one_of_a_private_channel_is_not_told_where_others_read(running: Trial) -> None:
    await log(running, "Launch the falcon in May", "ana", "#secret-launch")
    seen = await log(running, "Launch the falcon in May", "ana")
    assert "This looks like" not in seen
    assert len(every(running)) == 2


async def again(trial: Trial, how: str) -> str:
    lines = ('What was decided?": Retrain monthly', f'{LABEL}": {how}')
    await play(trial, "ana in #general: /decision Retrain monthly", 'ana presses "More"', f"ana enters {ABOUT}")
    await play(trial, "ana submits")
    return await play(trial, *(f'ana enters "{each}' for each in lines), "ana submits", "ana closes")
