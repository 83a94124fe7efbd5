"""Before a decision is saved, it is asked how it stands to one in force that looks like it."""

import asyncio

import pytest

from bot.trial.run import Trial
from bot.trial.script import ScriptError
from handlers.decisions.rules.nearness import nearest
from storage.decisions.decisions import Decision, NewDecision
from storage.engine.interface import WORKSPACE
from storage.glossary.changes import add_senses
from storage.glossary.glossary import NewSense
from storage.records.offers import Offer
from storage.responsibilities.responsibilities import components
from tests.handlers.decisions.playing import every, log, one
from tests.handlers.requirements.playing import LATENCY, a_model, say
from tests.playing import play
from tests.writing import write

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
    found = nearest(NewDecision(title=new, decider="UBEN", component_id=component), [there], {})
    assert (found is not None) is is_near


def test_what_is_about_something_else_or_has_ended_is_not_near() -> None:
    new = NewDecision(title="Retrain weekly", decider="UBEN", component_id="M1")
    ended = [decided("Retrain weekly", state=state) for state in ("rejected", "superseded", "deprecated")]
    assert nearest(new, [decided("Retrain weekly", component_id="M2"), *ended], {}) is None


async def about_the_model(trial: Trial, title: str, who: str) -> str:
    more = (f'{who} presses "More"', f'{who} chooses "berth model" in "Which component is it about?"')
    return await play(trial, f"{who} in #general: /decision {title}", *more)


async def asked(trial: Trial, who: str = "ana") -> str:
    """Have Ana log a decision, and somebody write one that looks like it."""
    await a_model(trial)
    await about_the_model(trial, "Retrain weekly", "ana")
    await play(trial, "ana submits", "ana closes")
    return await about_the_model(trial, "Retrain monthly", who)


async def test_it_replaces_the_other(running: Trial) -> None:
    seen = await asked(running)
    assert f"{LABEL}: [Unrelated]\n      Both say “retrain”." in seen
    await play(running, f'ana enters "{LABEL}": It replaces D-1', "ana submits", "ana closes")
    assert (one(running).state, one(running, "D-2").supersedes) == ("superseded", one(running).id)


async def test_it_adds_to_the_other_and_both_say_so(running: Trial) -> None:
    await asked(running)
    seen = await play(running, f'ana enters "{LABEL}": It adds to D-1', "ana submits", "ana closes")
    assert "Affects berth model. Adds to D-1." in seen
    assert (one(running).state, one(running, "D-2").adds_to) == ("accepted", one(running).id)
    assert "Affects berth model. D-2 adds to it." in await play(running, "ben in #general: /decision D-1")


async def test_saving_it_as_it_is_says_that_they_are_unrelated(running: Trial) -> None:
    await asked(running)
    assert "D-2 is logged" in await play(running, "ana submits")
    assert [(each.state, each.adds_to, each.supersedes) for each in every(running)] == [("accepted", "", "")] * 2


async def test_what_is_chosen_stays_where_the_form_says_more(running: Trial) -> None:
    await asked(running)
    (model,) = components(running.bot.store.reader, "T0LOCAL", [WORKSPACE])
    await say(running, model, "latency", Offer(parts=LATENCY))
    seen = await play(
        running, f'ana enters "{LABEL}": It adds to D-1', 'ana enters "What does it affect?": Latency', "ana submits"
    )
    assert f"{LABEL}: [It adds to D-1]" in seen
    assert "This touches the latency requirement of berth model (at most 300 ms)." in seen
    assert "What does it affect? (optional): [Latency]" in seen
    assert "Adds to D-1." in await play(running, "ana submits")


async def test_the_requirement_of_a_model_that_may_not_be_seen_there_is_not_told(running: Trial) -> None:
    channel = running.slack.workspace.channel_named("secret-launch")
    await say(running, await a_model(running, visibility=channel.id), "latency", Offer(parts=LATENCY))
    affects = 'ana enters "What does it affect?": Latency'
    for place, is_told in (("#general", False), ("#secret-launch", True)):
        more = ('ana presses "More"', f"ana enters {ABOUT}", affects)
        seen = await play(running, f"ana in {place}: /decision Serve in batch only", *more, "ana submits")
        assert ("latency requirement" in seen) is is_told
        await play(running, "ana closes")


async def test_it_is_asked_once_more_where_the_words_change_before_saving(running: Trial) -> None:
    await log(running, "Drop the weather feed", "ana")
    seen = await play(
        running, "ana in #general: /decision", 'ana enters "What was decided?": Dropped the weather feeds'
    )
    assert "This looks like" not in seen
    label = "This looks like D-1 “Drop the weather feed” (still in force)."
    assert f"{label}: [Unrelated]\n      Both say “dropped”, “weather” and “feeds”." in await play(
        running, "ana submits"
    )
    assert len(every(running)) == 1
    assert "D-2 is logged" in await play(running, "ana submits")


async def test_the_form_opens_with_it_where_the_title_was_typed(running: Trial) -> None:
    await log(running, "Drop the weather feed", "ana")
    seen = await play(running, "ana in #general: /decision Drop the weather feed because it is late")
    assert "This looks like D-1 “Drop the weather feed” (still in force).: [Unrelated]" in seen
    assert "D-2 is logged" in await play(running, "ana submits")


async def test_the_same_thing_by_another_name_of_the_glossary_is_near(running: Trial) -> None:
    word = NewSense(word="roll back", discipline="deployment", gloss="Return to the last version", aliases=("undo",))
    await write(running.bot.store, add_senses, "T0LOCAL", [word], running.bot.clock.now())
    await log(running, "Roll back at night", "ana")
    seen = await play(running, "ana in #general: /decision Undo at night")
    assert "looks like D-1 “Roll back at night” (still in force).: [Unrelated]" in seen
    assert "Both say “night”, “undo” means “roll back”." in seen


async def test_what_affects_the_same_of_one_component_is_near_without_a_common_word(running: Trial) -> None:
    await a_model(running)
    affects = 'ana enters "What does it affect?": Latency'
    await about_the_model(running, "Serve in batch only", "ana")
    await play(running, affects, "ana submits", "ana closes")
    await about_the_model(running, "Answer while the ship moves", "ana")
    seen = await play(running, affects, "ana submits")
    assert "looks like D-1 “Serve in batch only” (berth model, still in force).: [Unrelated]" in seen
    assert "Both affect latency." in seen


async def test_who_may_not_replace_it_is_not_offered_that(running: Trial) -> None:
    assert f"{LABEL}: [Unrelated]" in await asked(running, "ben")
    with pytest.raises(ScriptError):
        await play(running, f'ben enters "{LABEL}": It replaces D-1', "ben submits")


@pytest.mark.parametrize("how", ["/decision", "@Common Ground decided:"])
async def test_one_of_a_private_channel_is_not_told_where_others_read(running: Trial, how: str) -> None:
    await log(running, "Launch the falcon in May", "ana", "#secret-launch")
    seen = await play(running, f"ana in #general: {how} launch the falcon in May")
    seen += await play(running, *(("ana submits",) if how == "/decision" else ()))
    assert "looks like" not in seen
    assert [each.title for each in every(running)] == ["Launch the falcon in May"] * 2


async def test_of_two_who_save_at_once_one_is_asked(running: Trial) -> None:
    for who in ("ana", "ben"):
        await play(running, f"{who} in #general: /decision Drop the weather feed")
    both = await asyncio.gather(*(play(running, f"{who} submits") for who in ("ana", "ben")))
    assert len(every(running)) == 1
    assert "".join(both).count("This looks like D-1 “Drop the weather feed” (still in force).: [Unrelated]") >= 1


async def test_what_is_logged_in_passing_can_replace_it_afterwards(running: Trial) -> None:
    await log(running, "Drop the weather feed", "ana")
    seen = await play(running, "ana in #general: @Common Ground decided: dropping the weather feed tomorrow")
    assert "*D-2 · Dropping the weather feed tomorrow*" in seen
    assert "D-2 looks like D-1 “Drop the weather feed” (still in force)." in seen
    assert "[It replaces D-1] [It adds to D-1]" in seen
    assert "You replaced D-1 with D-2." in await play(running, 'ana presses "It replaces D-1"')
    assert (one(running).state, one(running, "D-2").supersedes) == ("superseded", one(running).id)


async def test_what_is_logged_in_passing_can_add_to_it_afterwards(running: Trial) -> None:
    await log(running, "Drop the weather feed", "ana")
    seen = await play(running, "ben in #general: @Common Ground decided: dropping the weather feed tomorrow")
    assert "[It adds to D-1]" in seen
    assert "It replaces D-1" not in seen
    seen = await play(running, 'ben presses "It adds to D-1"')
    assert "D-2 adds to *D-1 · Drop the weather feed*." in seen
    assert "by Ana Ruiz, today\n    D-2 adds to it." in seen
    assert "by Ben Okafor, today\n    Adds to D-1." in seen
    assert "It adds to D-1" not in seen
    assert one(running, "D-2").adds_to == one(running).id
