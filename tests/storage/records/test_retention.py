"""Records that ended before a moment are found a few at a time, and deleted with all that was kept of them alone."""

from datetime import timedelta

from storage.engine.interface import WORKSPACE, Database, Transaction, to_text
from storage.feedback.feedback import ITEMS, Feedback
from storage.records import retention
from storage.records.retention import ended
from storage.records.versioned import HistoryEntry
from tests.conftest import START
from tests.writing import write

CLOSED = ended(ITEMS, ("answered",))
LATER = to_text(START + timedelta(days=1))


def report(transaction: Transaction, number: int, visibility: str = WORKSPACE) -> Feedback:
    told = dict.fromkeys(("seen_where", "input", "expected", "got"), "x")
    at = to_text(START)
    named = {"id": f"f{number}", "team_id": "T1", "number": f"FB-{number}", "component_id": "c", "reporter": "UBEN"}
    item = Feedback.model_validate(
        {**told, **named, "severity": "low", "how_often": "once", "created_at": at, "changed_at": at}
        | {"visibility": visibility}
    )
    ITEMS.add(transaction, item, HistoryEntry(at=at, by="UBEN", what="reported"))
    return item


def answer(transaction: Transaction, item: Feedback, days: int) -> None:
    at = to_text(START + timedelta(days=days))
    ITEMS.change(transaction, item, {"state": "answered"}, HistoryEntry(at=at, by="UANA", what="answered"))


def fill(transaction: Transaction) -> None:
    """Leave one open, three answered at once, of which one in a channel, and one answered later."""
    answered = [
        report(transaction, number, place) for number, place in ((2, WORKSPACE), (3, WORKSPACE), (4, "CSECRET"))
    ]
    report(transaction, 1)
    for each in answered:
        answer(transaction, each, 0)
    answer(transaction, report(transaction, 5), 2)


async def test_a_few_are_found_at_a_time_and_counted_as_far_as_they_may_be_seen(store: Database) -> None:
    await write(store, fill)
    assert retention.past(store.reader, CLOSED, "T1", LATER, 2) == [{"id": "f2"}, {"id": "f3"}]
    assert len(retention.past(store.reader, CLOSED, "T1", LATER, 9)) == 3
    assert retention.past(store.reader, CLOSED, "T2", LATER, 9) == []
    seen = [retention.count(store.reader, CLOSED, "T1", LATER, each) for each in ([WORKSPACE], ["CSECRET"], [])]
    assert seen == [2, 1, 0]


async def test_what_has_moved_on_since_it_was_found_stays(store: Database) -> None:
    await write(store, fill)
    keys = retention.past(store.reader, CLOSED, "T1", LATER, 9)
    (second,) = [each for each in ITEMS.every(store.reader, "T1") if each.id == "f2"]
    again = HistoryEntry(at=to_text(START + timedelta(days=3)), by="UBEN", what="opened it again")
    await store.write(lambda transaction: ITEMS.change(transaction, second, {"state": "new"}, again))
    assert await write(store, retention.forget, CLOSED, "T1", LATER, keys) == 2
    assert [each.id for each in ITEMS.every(store.reader, "T1")] == ["f1", "f2", "f5"]
    steps = store.reader.all("SELECT DISTINCT feedback_id FROM feedback_events ORDER BY feedback_id")
    assert [row["feedback_id"] for row in steps] == ["f1", "f2", "f5"]
    assert await write(store, retention.forget, CLOSED, "T1", LATER, keys) == 0
