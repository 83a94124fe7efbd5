"""What agents find in all records at once."""

from bot.trial.run import Trial
from tests.asking_as_agent import asked
from tests.handlers.data_requests.playing import put
from tests.handlers.decisions.playing import log


async def test_records_of_all_kinds_are_found_each_with_its_address(running: Trial) -> None:
    await log(running, "Keep berth arrivals for a year", "chloe")
    await put(running)
    told = await asked(running, "find", question="berth arrivals")
    assert {(each.kind, each.uri) for each in told.items} == {
        ("decision", "common-ground://decision/D-1"),
        ("data request", "common-ground://data-request/DR-1"),
    }
    assert "decided by Chloe Martin" in next(each.status for each in told.items if each.kind == "decision")


async def test_a_word_of_the_glossary_leads_to_its_definition(running: Trial) -> None:
    told = await asked(running, "find", question="drift")
    assert told.items[0].uri == "common-ground://definition/drift"


async def test_nothing_is_found_where_nothing_is(running: Trial) -> None:
    assert (await asked(running, "find", question="zeppelin")).items == ()
    assert (await asked(running, "find", question="the")).answer == "Ask with the words that a record would have."
