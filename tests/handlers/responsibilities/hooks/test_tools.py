"""What agents are told of duties."""

from bot.trial.run import Trial
from storage.outbox import deliveries
from tests.asking_as_agent import asked
from tests.handlers.requirements.playing import a_model
from tests.playing import play


async def test_who_owns_a_duty_is_said_and_what_nobody_owns_is_said_to_be_so(running: Trial) -> None:
    await a_model(running, "berth model")
    told = await asked(running, "who_owns", about="monitoring of the berth model")
    assert told.answer.endswith("of berth model: nobody owns it; Chloe Martin leads the component.")
    await play(running, "ben in #general: /owner berth model monitoring", 'ben presses "I\'ll take it"')
    told = await asked(running, "who_owns", about="monitoring of the berth model")
    assert told.answer.endswith("of berth model: Ben Okafor owns it.")
    (item,) = told.items
    assert (item.owner, item.status, item.date) == ("Ben Okafor", "owned", running.bot.clock.now().date().isoformat())


async def test_an_agent_that_asks_makes_no_question_of_a_duty_that_nobody_has(running: Trial) -> None:
    await a_model(running, "berth model")
    await asked(running, "who_owns", about="monitoring of the berth model")
    await running.quiet()
    rows = running.bot.store.reader.all("SELECT id FROM outbox")
    assert [deliveries.delivery(running.bot.store.reader, row["id"]) for row in rows] == []
    assert running.bot.store.reader.all("SELECT * FROM duty_questions") == []


async def test_a_component_tells_all_its_duties_page_by_page(running: Trial) -> None:
    await a_model(running, "berth model")
    first = await asked(running, "who_owns", about="berth model")
    second = await asked(running, "who_owns", about="berth model", page=2)
    assert first.answer.startswith("berth model is a model led by Chloe Martin.")
    assert first.left == len(second.items) > 0
    assert not {each.name for each in first.items} & {each.name for each in second.items}


async def test_what_is_not_in_the_register_is_said_to_be_so(running: Trial) -> None:
    await a_model(running, "berth model")
    told = await asked(running, "who_owns", about="the moon")
    assert told.answer == "No duty and no component is called that. Components: berth model."
