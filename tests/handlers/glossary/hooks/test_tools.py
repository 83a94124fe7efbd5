"""What agents are told of words: every meaning, and how each stands."""

from bot.trial.run import Trial
from storage.glossary import changes
from storage.glossary.glossary import NewSense
from storage.workspaces.workspaces import Steward, choose_settings
from tests.asking_as_agent import asked
from tests.writing import write

TEAM = "T0LOCAL"


async def test_several_meanings_stay_several_each_with_how_it_stands(running: Trial) -> None:
    store, now = running.bot.store, running.bot.clock.now()
    senses = [
        NewSense(word="gangway", discipline="product", gloss="How people board", status="approved"),
        NewSense(word="gangway", discipline="operations", gloss="A bridge", status="draft", source_title="Port manual"),
        NewSense(word="gangway", discipline="domain", gloss="A gap", status="deprecated", say_instead="passage"),
    ]
    stewards = [Steward(discipline="operations", user_id="UBEN")]
    await write(store, choose_settings, TEAM, ("product", "operations", "domain"), "", stewards)
    await write(store, changes.add_senses, TEAM, senses, now, "UCHLOE")
    told = await asked(running, "define", word="gangway")
    assert told.answer.startswith("gangway has 3 definitions: product, operations, domain.")
    assert [(each.name, each.status, each.owner, each.source) for each in told.items] == [
        ("gangway (product)", "approved by Chloe Martin", "", ""),
        ("gangway (operations)", "draft, not approved yet", "Ben Okafor", "Port manual"),
        ("gangway (domain)", "no longer used", "", ""),
    ]
    assert told.items[2].says == "A gap\nSay instead: passage."
    assert {each.date for each in told.items} == {now.date().isoformat()}


async def test_a_disputed_meaning_is_said_to_be_disputed(running: Trial) -> None:
    sense = NewSense(word="gangway", discipline="product", gloss="How people board", status="disputed")
    await write(running.bot.store, changes.add_senses, TEAM, [sense], running.bot.clock.now(), "UCHLOE")
    (told,) = (await asked(running, "define", word="gangway")).items
    assert told.status == "disputed"


async def test_a_word_that_is_not_there_is_said_to_be_so_with_what_is_near_it(running: Trial) -> None:
    told = await asked(running, "define", word="drfit")
    assert told.answer == "“drfit” isn't in the glossary. Near it: drift."
    assert told.items == ()


async def test_words_side_by_side_are_all_told(running: Trial) -> None:
    told = await asked(running, "define", word="drift vs quay crane")
    assert "Not in the glossary: quay crane." in told.answer
    assert {each.name.partition(" ")[0] for each in told.items} == {"drift"}


async def test_a_starter_definition_says_that_nobody_has_reviewed_it(running: Trial) -> None:
    told = await asked(running, "define", word="drift")
    assert {each.status for each in told.items} == {"starter definition, not reviewed by the team yet"}


async def test_the_words_of_a_text_that_mean_different_things_are_named(running: Trial) -> None:
    told = await asked(running, "explain_text", text="Does the model drift after a deployment?")
    assert "These mean different things to different disciplines: model, drift" in told.answer
    assert (await asked(running, "explain_text", text="so be it")).answer == "None of its words is in the glossary."
