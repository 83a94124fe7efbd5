"""Who waits to hear who has a duty, and a workspace's own catalogue."""

from datetime import UTC, datetime, timedelta

from storage.engine.interface import Database
from storage.responsibilities import questions
from storage.responsibilities.responsibilities import Duty
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
DUTY = Duty(team_id="T1", component_id="1", duty="labelling")


async def test_everybody_who_asked_is_remembered_until_it_is_answered(store: Database) -> None:
    assert await write(store, questions.ask, DUTY, "UBEN", "C1", NOW) is True
    for person, hours in (("UANA", 1), ("UBEN", 2)):
        assert await write(store, questions.ask, DUTY, person, "C1", NOW + timedelta(hours=hours)) is False
    assert questions.askers(store.reader, DUTY) == ["UBEN", "UANA"]
    assert questions.askers(store.reader, DUTY.model_copy(update={"duty": "fairness"})) == []
    assert await write(store, questions.end, DUTY) == ["UBEN", "UANA"]
    assert questions.askers(store.reader, DUTY) == []


async def test_a_workspace_keeps_one_catalogue_of_its_own(store: Database) -> None:
    assert questions.own_catalogue(store.reader, "T1") == ""
    for body in ("- one", "- two"):
        await write(store, questions.keep_catalogue, "T1", body)
    assert questions.own_catalogue(store.reader, "T1") == "- two"
    assert questions.own_catalogue(store.reader, "T2") == ""
