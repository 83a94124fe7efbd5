"""What an agreement links in the register: the data and what it is for, where it has both."""

from datetime import UTC, datetime

import pytest

from bot.trial.run import Trial
from handlers.data_requests.rules.parsing import data_key
from handlers.data_requests.service.joining import join_by_contract
from storage.engine.interface import WORKSPACE, Database
from storage.responsibilities import links
from tests.handlers.agreements.test_links import added, part
from tests.handlers.data_requests.playing import TEAM, every, put
from tests.handlers.data_requests.requests import a_request
from tests.playing import play
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
OF_TEAM = {"team_id": "T1", "component_id": "m"}


async def test_a_contract_confirms_for_both_sides_that_the_data_feeds_what_it_is_for(store: Database) -> None:
    await added(store, part("Arrivals of berths"), part("berth model", id="m"))
    request = a_request(**OF_TEAM, data_key=data_key("berths: arrivals"))
    made = await write(store, join_by_contract, request, NOW)
    assert made is not None
    assert (made.source_id, made.kind, made.target_id, made.state) == ("Arrivals of berths", "feeds", "m", "confirmed")
    assert (made.source_by, made.target_by, made.origin) == ("UANA", "UDEV", "DR-1")
    private = request.model_copy(update={"number": "DR-BCDFG", "visibility": "C1"})
    hidden = await write(store, join_by_contract, private, NOW)
    assert hidden is not None
    assert hidden.visibility == "C1"
    assert [each.origin for each in links.links(store.reader, "T1", [WORKSPACE])] == ["DR-1"]


@pytest.mark.parametrize("more", [{"data_key": "tides"}, {"component_id": ""}, {"data_key": "hidden"}])
async def test_a_contract_links_nothing_that_is_not_in_the_register_where_it_stands(
    store: Database, more: dict[str, str]
) -> None:
    await added(store, part("arrivals"), part("berth model", id="m"), part("hidden", "C1"))
    request = a_request(**{**OF_TEAM, "data_key": "arrivals", **more})
    assert await write(store, join_by_contract, request, NOW) is None
    assert links.links(store.reader, "T1") == []


async def test_the_agreement_of_both_sides_links_the_data_to_the_model(running: Trial) -> None:
    model, data = part("berth model", team_id=TEAM), part("berth arrivals", team_id=TEAM, kind="dataset")
    await added(running.bot.store, model, data)
    await put(running, component_id=model.id)
    number = every(running)[0].number
    await play(running, f"dev in #data: /data-request {number} agree")
    assert links.links(running.bot.store.reader, TEAM) == []
    await play(running, f"ana in #data: /data-request {number} agree")
    found = links.links(running.bot.store.reader, TEAM)
    assert [(each.source_id, each.target_id, each.state, each.origin) for each in found] == [
        (data.id, model.id, "confirmed", number)
    ]
