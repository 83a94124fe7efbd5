"""What was never said is told, newest first, and each loss is noted once somebody was told of it."""

from storage.engine.interface import Database
from storage.outbox import deliveries, losses
from storage.outbox.deliveries import Outcome
from tests.storage.outbox.test_deliveries import LEASE, NOW, a_post
from tests.writing import write

WHICH = ("failed", "unsure", "left", "old", "others", "waiting")


async def test_what_ended_badly_is_told_newest_first_and_only_to_its_workspace(store: Database) -> None:
    first, second, third = a_post("first"), a_post("second"), a_post("third")
    await write(store, deliveries.add, [first, second, third])
    ends = [
        Outcome(id=first.id, state="failed", reason="is_archived"),
        Outcome(id=second.id, state="uncertain", reason="no scope"),
        Outcome(id=third.id, state="sent", slack_ts="1.2"),
    ]
    for end in ends:
        await write(store, deliveries.record_outcomes, [end])
    told = [(each.body["text"], each.state, each.reason) for each in losses.ended_badly(store.reader, "T1")]
    assert told == [("second", "uncertain", "no scope"), ("first", "failed", "is_archived")]
    assert losses.ended_badly(store.reader, "T2") == []
    sent = deliveries.delivery(store.reader, third.id)
    assert sent is not None
    assert (sent.state, sent.slack_ts) == ("sent", "1.2")
    assert deliveries.delivery(store.reader, "none") is None


async def test_what_was_lost_is_told_but_for_what_nobody_misses(store: Database) -> None:
    failed, unsure, left, old, others, waiting = (a_post(each, NOW if each != "old" else NOW - LEASE) for each in WHICH)
    ended = [
        failed.model_copy(update={"state": "failed", "reason": "is_archived"}),
        unsure.model_copy(update={"state": "uncertain", "reason": "fatal_error"}),
        left.model_copy(update={"state": "failed", "reason": deliveries.READER_LEFT}),
        old.model_copy(update={"state": "failed", "reason": "is_archived"}),
        others.model_copy(update={"state": "failed", "team_id": "T2"}),
        waiting,
    ]
    await write(store, deliveries.add, ended)
    await write(store, losses.note_told, "T1", [failed.id], NOW)
    found = losses.lost(store.reader, "T1", NOW)
    assert [(each.id, each.reason, each.is_told) for each in found] == [
        (unsure.id, "fatal_error", False),
        (failed.id, "is_archived", True),
    ]
    assert losses.count_lost(store.reader) == 5
