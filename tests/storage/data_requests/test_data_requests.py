"""Data requests, as the store holds them: by number, by state, by person, by data, as far as they may be seen."""

from storage.data_requests import data_requests
from storage.data_requests.data_requests import STATES, DataRequest
from storage.engine.interface import WORKSPACE, Database
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from tests.writing import write


def a_request(number: int = 1, **more: object) -> DataRequest:
    told = {
        "id": str(number), "team_id": "T1", "number": f"DR-{number}", "requester": "UANA", "data_key": "ships",
        "created_at": f"2026-01-0{number}", "changed_at": "", **more,
    }  # fmt: skip
    return DataRequest.model_validate(told)


async def add(store: Database, *requests: DataRequest) -> None:
    for each in requests:
        await write(store, data_requests.add, each, HistoryEntry(at="", by="UANA", what="began a draft"))


async def test_a_request_is_found_by_its_id_and_its_number(store: Database) -> None:
    made = a_request(terms={"quantity": {"asked": Offer(parts={"amount": "4 rows"})}})
    await add(store, made, a_request(2, visibility="CSECRET"))
    assert data_requests.by_id(store.reader, "T1", "1") == made
    assert data_requests.by_number(store.reader, "T1", "dr-1", [WORKSPACE]) == made
    assert data_requests.by_number(store.reader, "T1", "DR-2", [WORKSPACE]) is None
    assert data_requests.by_number(store.reader, "T1", "DR-2", None) is not None
    assert data_requests.by_number(store.reader, "T2", "DR-1", None) is None


async def test_requests_are_listed_by_state_data_and_person(store: Database) -> None:
    mine = a_request(2, state="open", owner="UBEN", followers=("UEVA",), decision_id="D")
    await add(store, a_request(), mine, a_request(3, state="declined", owner="UBEN"))
    assert data_requests.in_states(store.reader, "T1", ["open"]) == [mine]
    assert data_requests.in_states(store.reader, "T1", STATES, ["CSECRET"]) == []
    assert [each.id for each in data_requests.of_data(store.reader, "T1", "ships", [WORKSPACE])] == ["3", "2", "1"]
    assert data_requests.with_person(store.reader, "T1", "UBEN", [WORKSPACE]) == [mine]
    assert data_requests.with_person(store.reader, "T1", "UEVA", [WORKSPACE]) == [mine]
    assert data_requests.with_person(store.reader, "T1", "UEVA", ["CSECRET"]) == []
    assert data_requests.decisions_served(store.reader, "T1", [WORKSPACE]) == {"D"}
    assert data_requests.decisions_served(store.reader, "T1", ["CSECRET"]) == frozenset()


async def test_numbers_count_in_a_workspace(store: Database) -> None:
    assert [await write(store, data_requests.next_number, "T1", WORKSPACE) for _ in range(2)] == ["DR-1", "DR-2"]
