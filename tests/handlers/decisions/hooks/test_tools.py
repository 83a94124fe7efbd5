"""What agents are told of decisions."""

from bot.trial.run import Trial
from tests.asking_as_agent import asked
from tests.handlers.decisions.playing import PROPOSED, log


async def test_a_decision_says_who_decided_it_when_and_why(running: Trial) -> None:
    await log(running, "Batches only", "chloe", "#general", '"Why?": nobody acts within a day')
    told = await asked(running, "decision", decision="D-1")
    (item,) = told.items
    assert (item.name, item.status, item.owner) == ("D-1 · Batches only", "accepted", "Chloe Martin")
    assert (item.says, item.date) == ("Why: nobody acts within a day", running.bot.clock.now().date().isoformat())
    assert item.uri == "common-ground://decision/D-1"


async def test_a_proposal_is_said_to_be_no_decision_yet(running: Trial) -> None:
    await log(running, "Batches only", "chloe", "#general", *PROPOSED)
    (item,) = (await asked(running, "decision", decision="batches")).items
    assert (item.status, item.owner) == ("proposed, not decided yet", "Eli Berg")


async def test_no_decision_is_found_by_a_number_that_is_not_there(running: Trial) -> None:
    told = await asked(running, "decision", decision="D-99")
    assert (told.answer, told.items) == ("No decision that you can see is that.", ())
