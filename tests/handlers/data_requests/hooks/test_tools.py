"""What agents are told of data contracts."""

from bot.trial.run import Trial
from tests.asking_as_agent import asked
from tests.handlers.data_requests.playing import put, put_draft


async def test_an_agreed_contract_is_told_term_by_term(running: Trial) -> None:
    await put(running, state="agreed")
    told = await asked(running, "contract", data="the berth arrivals")
    assert told.answer == "DR-1 is agreed. Next: the owner to deliver."
    request, quantity = told.items[:2]
    assert (request.name, request.owner) == ("DR-1 · berth arrivals", "Ana Ruiz")
    assert (quantity.name, quantity.status) == ("DR-1 Quantity", "agreed")
    assert quantity.says == "1,000 rows in a month, so that each berth has ten"
    assert quantity.date == "2026-01-05"


async def test_what_only_one_side_says_is_not_told_as_agreed(running: Trial) -> None:
    await put(running)
    told = await asked(running, "contract", data="DR-1")
    assert {each.status for each in told.items[1:]} == {"not agreed yet"}
    assert told.items[1].says.startswith("requested: 1,000 rows")


async def test_several_requests_for_the_same_data_stay_several(running: Trial) -> None:
    await put(running)
    await put(running)
    told = await asked(running, "contract", data="berth arrivals")
    assert told.answer == "2 data requests are about that. Ask for one by its number."
    assert [each.kind for each in told.items] == ["data request", "data request"]


async def test_a_draft_is_its_authors_alone(running: Trial) -> None:
    draft = await put_draft(running)
    assert (await asked(running, "contract", "UDEV", data=draft.number)).items != ()
    assert (await asked(running, "contract", "UANA", data=draft.number)).items == ()
