"""Feedback, as the store holds it: numbered, and found by who may see it."""

from storage.engine.interface import WORKSPACE, Database
from storage.feedback import feedback
from storage.feedback.feedback import ITEMS, Feedback
from storage.records.versioned import HistoryEntry
from tests.writing import write


def an_item(number: int, visibility: str = WORKSPACE) -> Feedback:
    return Feedback(
        id=str(number), team_id="T1", visibility=visibility, number=f"FB-{number}", component_id="C", reporter="UBEN",
        seen_where="here", input="a ship", expected="a berth", got="none", severity="low", how_often="once",
        created_at="", changed_at="",
    )  # fmt: skip


async def test_it_is_found_by_its_id_and_its_number_where_it_may_be_seen(store: Database) -> None:
    shown, secret = an_item(1), an_item(2, "CSECRET")
    for each in (shown, secret):
        await write(store, ITEMS.add, each, HistoryEntry(at="", by="UBEN", what="reported it"))
    assert feedback.by_number(store.reader, "T1", "fb-1", [WORKSPACE]) == shown
    assert feedback.by_id(store.reader, "T1", "1", [WORKSPACE]) == shown
    assert feedback.by_number(store.reader, "T1", "FB-2", [WORKSPACE]) is None
    assert feedback.by_id(store.reader, "T1", "2", [WORKSPACE]) is None
    assert ITEMS.some(store.reader, "T1", [WORKSPACE, "CSECRET"], component_id="C") == [shown, secret]
    assert await write(store, feedback.next_number, "T1", WORKSPACE) == "FB-1"
