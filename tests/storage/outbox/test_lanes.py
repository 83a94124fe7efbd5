"""What is sent in order, and what of it may be tried now, as the store holds it."""

from datetime import datetime

from storage.engine.interface import Database, to_text
from storage.outbox import deliveries, lanes
from storage.outbox.deliveries import Delivery, Outcome
from storage.outbox.lanes import Lane
from tests.storage.outbox.test_deliveries import C1, LEASE, NOW, a_post
from tests.writing import write


def head(store: Database, now: datetime) -> object:
    """Return the text of the next delivery of the lane C1, or None."""
    found = lanes.next_in(store.reader, C1, now)
    return found.body["text"] if isinstance(found, Delivery) else None


async def test_lanes_are_looked_at_page_by_page_and_those_put_off_or_ended_are_not_due(store: Database) -> None:
    for lane in ("C5", "C1", "C2", "C3", "C4"):
        await write(store, deliveries.add, [first := a_post("first", lane=lane), a_post("second", lane=lane)])
        later = to_text(NOW + LEASE)
        if lane == "C2":
            await write(store, deliveries.record_outcomes, [Outcome(id=first.id, state="waiting", not_before=later)])
        if lane == "C3":
            await write(store, deliveries.record_outcomes, [Outcome(id=first.id, state="sent")])
    c1, c2, c3, c4, c5 = (Lane("T1", f"C{number}") for number in range(1, 6))
    assert lanes.due(store.reader, NOW, most=2) == ([c1], c2)
    assert lanes.due(store.reader, NOW, c2, most=2) == ([c3, c4], c4)
    assert lanes.due(store.reader, NOW, c4, most=2) == ([c5], lanes.BEGIN)
    assert lanes.due(store.reader, NOW + LEASE) == ([c1, c2, c3, c4, c5], lanes.BEGIN)
    heads = [lanes.next_in(store.reader, lane, NOW) for lane in (c1, c2, c3)]
    assert [isinstance(each, Delivery) and each.body["text"] for each in heads] == ["first", False, "second"]


async def test_what_is_tried_again_holds_its_lane_back_however_often_until_it_ends(store: Database) -> None:
    first, second = a_post("first"), a_post("second")
    await write(store, deliveries.add, [first, second])
    heads = []
    for number in range(12):
        now = NOW + LEASE * number
        heads.append(head(store, now))
        await write(store, deliveries.take, first.model_copy(update={"not_before": to_text(now)}), now, LEASE)
        again = Outcome(id=first.id, state="waiting", not_before=to_text(now + LEASE * 2))
        await write(store, deliveries.record_outcomes, [again])
        heads.append(head(store, now))
        await write(store, deliveries.record_outcomes, [again.model_copy(update={"not_before": to_text(now + LEASE)})])
    assert heads == ["first", None] * 12
    await write(store, deliveries.record_outcomes, [Outcome(id=first.id, state="failed", reason="given up")])
    assert head(store, NOW) == "second"


async def test_a_row_that_cannot_be_read_is_ended_by_its_reason_and_the_next_goes(store: Database) -> None:
    first, second = a_post("first"), a_post("second")
    await write(store, deliveries.add, [first, second])
    await store.write(lambda transaction: transaction.run("UPDATE outbox SET body = '{' WHERE id = :id", id=first.id))
    ended = lanes.next_in(store.reader, C1, NOW)
    assert isinstance(ended, Outcome)
    assert (ended.id, ended.state, ended.reason) == (first.id, "failed", "its row cannot be read: body")
    await write(store, deliveries.record_outcomes, [ended])
    assert head(store, NOW) == "second"


async def test_the_same_channel_in_two_workspaces_is_two_lanes(store: Database) -> None:
    quay = Lane("T2", "C1")
    await write(
        store, deliveries.add, [first := a_post("harbour"), a_post("quay").model_copy(update={"team_id": "T2"})]
    )
    assert lanes.due(store.reader, NOW) == ([C1, quay], lanes.BEGIN)
    assert lanes.due(store.reader, NOW, C1, most=1) == ([quay], quay)
    await write(store, deliveries.take, first, NOW, LEASE)
    assert lanes.due(store.reader, NOW) == ([quay], lanes.BEGIN)
    found = lanes.next_in(store.reader, quay, NOW)
    assert (head(store, NOW), isinstance(found, Delivery) and found.body["text"]) == (None, "quay")
    await write(store, deliveries.record_outcomes, [Outcome(id=first.id, state="sent")])
    assert [lanes.is_waiting(store.reader, each) for each in (C1, quay)] == [False, True]
