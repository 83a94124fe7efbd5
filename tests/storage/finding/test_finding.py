"""One index over all kinds of records: by words, never what may not be seen, and never longer than the record says."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storage import open_store
from storage.data_requests import notes
from storage.data_requests.data_requests import REQUESTS
from storage.data_requests.notes import Note
from storage.decisions import decisions
from storage.decisions.decisions import DECISIONS, Decision, NewDecision
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction, to_text
from storage.feedback.feedback import ITEMS
from storage.finding import finding
from storage.records import retention
from storage.records.versioned import HistoryEntry, VersionedStore
from storage.requirements.requirements import CARDS
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, NewComponent
from storage.workspaces import deletion, personal_data, workspaces
from tests.storage.stores.dumping import load, read
from tests.storage.test_stores_of_the_past import STORES
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
AT = to_text(NOW)
STEP = HistoryEntry(at=AT, by="UBEN", what="changed")
PART = NewComponent(name="berth model", kind="model", lead="UANA")


@pytest.fixture(autouse=True)
async def workspace(store: Database) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)


async def log(store: Database, title: str, **more: object) -> Decision:
    new = NewDecision.model_validate({"title": title, "decider": "UANA", **more})
    return await write(store, decisions.write_down, "T1", new, "UBEN", AT)


async def part(store: Database, visibility: str = WORKSPACE) -> Component:
    made = {"id": "C1", "team_id": "T1", "look_up_key": "berthmodel", "created_by": "UANA", "created_at": AT}
    component = Component.model_validate({**PART.model_dump(), **made, "visibility": visibility})
    await write(store, responsibilities.add_component, component, [])
    return component


def found(store: Database, *words: str | Sequence[str], visible: Sequence[str] = (WORKSPACE,)) -> list[str]:
    groups = [[each] if isinstance(each, str) else each for each in words]
    return [each.title for each in finding.search(store.reader, "T1", groups, visible)]


async def test_a_word_of_each_group_is_found_in_every_form(store: Database) -> None:
    await log(store, "Retrain monthly", why="Drift is seasonal")
    assert found(store, "retraining", ["cats", "drifted"]) == ["Retrain monthly"]
    assert found(store, "retraining", "cats") == []
    assert found(store, "is seasonal") == ["Retrain monthly"]
    assert found(store, "seasonal is") == []


async def test_what_may_not_be_seen_is_not_found_and_takes_no_place(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "RANKED", 2)
    for number in range(5):
        await log(store, f"Retrain Falcon {number}", visibility="CSECRET")
    await log(store, "Retrain monthly")
    for number in range(5, 10):
        await log(store, f"Retrain Falcon {number}", visibility="CSECRET")
    assert found(store, "retrain") == ["Retrain monthly"]
    assert found(store, "falcon") == []
    assert len(found(store, "falcon", visible=["CSECRET", WORKSPACE])) == 2
    assert found(store, "retrain", visible=[]) == []


async def test_nobody_finds_their_way_around_by_typing_how_the_index_tells_places_apart(store: Database) -> None:
    await log(store, "Retrain Falcon", why="T1workspacenow", visibility="CSECRET")
    assert found(store, "falcon") == found(store, "T1CSECRETnow") == []


async def test_what_is_in_force_stands_before_what_was_replaced(store: Database) -> None:
    old, new = await log(store, "Retrain weekly"), await log(store, "Retrain monthly")
    await log(store, "Retrain never")
    await write(store, decisions.put_in_place_of, old, new, "UANA", AT)
    assert found(store, "retrain")[-1] == "Retrain weekly"
    assert len(found(store, "retrain")) == 3


async def test_what_is_about_a_component_is_found_by_its_name_of_now(store: Database) -> None:
    component = await part(store)
    await log(store, "Retrain monthly", component_id=component.id)
    assert found(store, "berth", "retrain") == ["Retrain monthly"]
    renamed = PART.model_copy(update={"name": "quay model"})
    await write(store, responsibilities.change_component, component, renamed, STEP)
    assert found(store, "berth", "retrain") == []
    assert found(store, "quay", "retrain") == ["Retrain monthly"]


async def test_a_component_that_may_not_be_seen_finds_nothing(store: Database) -> None:
    component = await part(store, "CSECRET")
    await log(store, "Retrain monthly", component_id=component.id)
    assert found(store, "berth", visible=[WORKSPACE, "CSECRET"]) == []


async def test_words_that_were_taken_out_find_nothing(store: Database) -> None:
    decision = await log(store, "Retrain monthly", why="Because of Falcon")
    await write(store, DECISIONS.change, decision, {"title": "(redacted)", "why": ""}, STEP)
    assert found(store, "falcon") == found(store, "retrain") == []
    note = Note(
        id="N1",
        team_id="T1",
        visibility=WORKSPACE,
        data_key="rosters",
        text="Reservists count twice",
        author="UANA",
        link="l",
        kept_by="UANA",
        at=AT,
    )
    await write(store, notes.keep, note)
    assert found(store, "reservist") == ["rosters"]
    await write(store, notes.forget, "T1", "N1")
    assert found(store, "reservist") == []


async def test_records_that_were_deleted_after_their_time_find_nothing(store: Database) -> None:
    decision = await log(store, "Retrain monthly")
    await write(store, DECISIONS.change, decision, {"state": "rejected"}, STEP)
    such = retention.ended(DECISIONS, ["rejected"])
    await write(store, retention.forget, such, "T1", "2027-01-01", [{"id": decision.id}])
    assert found(store, "retrain") == []


async def test_a_person_who_is_forgotten_is_found_no_more(store: Database) -> None:
    await log(store, "Ask <@UANA> first")
    assert found(store, "UANA") == ["Ask <@UANA> first"]
    told = personal_data.told(store.reader, "T1", "UANA", None)
    assert "index of records" not in told
    await write(store, personal_data.forget, "T1", "UANA", "removed")
    assert found(store, "UANA") == []


async def test_nothing_of_a_deleted_workspace_stays(store: Database) -> None:
    await log(store, "Retrain monthly")
    await write(store, deletion.begin, "T1", NOW)
    while await write(store, deletion.delete_some, "T1"):
        pass
    assert store.reader.all("SELECT id FROM findable") == []


def _rows(reader: Reader) -> list[dict[str, object]]:
    return reader.all("SELECT * FROM findable ORDER BY id")


def _file_again(store: VersionedStore[Any, Any], transaction: Transaction) -> None:
    for each in store.every(transaction, "T0LOCAL"):
        store.file(transaction, each)


@pytest.mark.parametrize("file", STORES, ids=lambda path: path.name)
async def test_what_an_earlier_version_kept_is_filed_as_if_it_were_new(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "past.db"
    load(read(file), path)
    past = open_store(f"sqlite:///{path}")

    before = _rows(past.reader)
    assert {row["kind"] for row in before} >= {"decision", "data request", "card", "feedback"}
    for kind in (DECISIONS, REQUESTS, ITEMS, CARDS):
        await past.write(partial(_file_again, kind))
    assert _rows(past.reader) == before
    await past.close()
