"""The outbox, as the store holds it."""

from datetime import UTC, datetime, timedelta

import psycopg

from storage.engine.interface import WORKSPACE, Database, to_text
from storage.outbox import backlog, deliveries, lanes
from storage.outbox.deliveries import Delivery, Outcome
from storage.outbox.lanes import Lane
from tests.conftest import on_postgres
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LEASE = timedelta(seconds=15)
C1 = Lane("T1", "C1")


def a_post(text: str = "hello", at: datetime = NOW, lane: str = "C1") -> Delivery:
    return Delivery(
        act="post",
        team_id="T1",
        visibility=WORKSPACE,
        lane=lane,
        body={"text": text},
        **deliveries.due_at_once(at, timedelta(days=1)),
    )


async def test_only_one_sender_takes_a_delivery(store: Database) -> None:
    post = a_post()
    await write(store, deliveries.add, [post])
    assert await write(store, deliveries.take, post, NOW, LEASE) is True
    assert await write(store, deliveries.take, post, NOW, LEASE) is False
    assert lanes.due(store.reader, NOW) == ([], lanes.BEGIN)
    assert lanes.next_in(store.reader, C1, NOW) is None


async def test_a_delivery_whose_sender_died_is_due_again_and_unsure(store: Database) -> None:
    post = a_post()
    await write(store, deliveries.add, [post])
    await write(store, deliveries.take, post, NOW, LEASE)
    assert lanes.due(store.reader, NOW + LEASE) == ([C1], lanes.BEGIN)
    found = lanes.next_in(store.reader, C1, NOW + LEASE)
    assert isinstance(found, Delivery)
    assert (found.id, found.state, found.tries, found.is_unsure) == (post.id, "sending", 1, True)


async def test_a_sender_whose_lease_has_ended_undoes_nothing_that_its_successor_did(store: Database) -> None:
    post = a_post()
    await write(store, deliveries.add, [post])
    await write(store, deliveries.take, post, NOW, LEASE)
    again = lanes.next_in(store.reader, C1, NOW + LEASE)
    assert isinstance(again, Delivery)
    await write(store, deliveries.take, again, NOW + LEASE, LEASE)
    late = Outcome(id=post.id, state="waiting", not_before=to_text(NOW), tries=1)
    for states, outcome in (
        ("sending", late),
        ("sent", Outcome(id=post.id, state="sent", slack_ts="1.2", tries=2)),
        ("sent", late.model_copy(update={"state": "failed"})),
    ):
        await write(store, deliveries.record_outcomes, [outcome])
        found = deliveries.delivery(store.reader, post.id)
        assert found is not None
        assert (found.state, found.slack_ts) == (states, "" if states == "sending" else "1.2")


async def test_that_slack_has_a_message_counts_also_from_a_sender_whose_lease_has_ended(store: Database) -> None:
    post = a_post()
    await write(store, deliveries.add, [post])
    for number in range(2):
        now = NOW + LEASE * number
        head = lanes.next_in(store.reader, C1, now)
        assert isinstance(head, Delivery)
        await write(store, deliveries.take, head, now, LEASE)
    await write(store, deliveries.record_outcomes, [Outcome(id=post.id, state="sent", slack_ts="1.2", tries=1)])
    await write(store, deliveries.record_outcomes, [Outcome(id=post.id, state="unsure", tries=2, not_before="")])
    assert lanes.next_in(store.reader, C1, NOW + LEASE * 2) is None


@on_postgres
async def test_what_another_replica_is_taking_is_left_to_it_at_once(store: Database, store_url: str) -> None:
    first, second = a_post(), a_post(lane="C2")
    await write(store, deliveries.add, [first, second])
    with psycopg.connect(store_url) as other:
        other.execute("UPDATE outbox SET tries = 1 WHERE id = %s", [first.id])
        assert await write(store, deliveries.take, first, NOW, LEASE) is False
        assert await write(store, deliveries.take, second, NOW, LEASE) is True


async def test_what_ended_long_ago_is_forgotten(store: Database) -> None:
    old, lost, new = a_post("old"), a_post("lost"), a_post("new", NOW + timedelta(days=40))
    await write(store, deliveries.add, [old, lost, new])
    for each, state in ((old, "sent"), (lost, "failed"), (new, "sent")):
        end = Outcome.model_validate({"id": each.id, "state": state})
        await write(store, deliveries.record_outcomes, [end])
    later = NOW + timedelta(days=40)
    gone = await write(store, deliveries.forget_ended, "T1", later - timedelta(days=30))
    assert gone == 2
    assert deliveries.delivery(store.reader, old.id) is None
    assert deliveries.delivery(store.reader, new.id) is not None
    assert backlog.count_open(store.reader) == 0


async def test_replicas_whose_machine_was_two_days_behind_give_up_later_by_two_days_together(store: Database) -> None:
    by, later = timedelta(days=2), NOW + timedelta(days=2)
    old, new = a_post("old", NOW - timedelta(hours=1)), a_post("new", later)
    await write(store, deliveries.add, [old, new])
    noticed = [await write(store, deliveries.put_expiry_off, by, later + timedelta(seconds=each)) for each in (1, 20)]
    assert noticed == [1, 0]
    kept = [deliveries.delivery(store.reader, each.id) for each in (old, new)]
    assert [each and each.expires_at for each in kept] == [to_text(later + timedelta(hours=each)) for each in (23, 24)]


async def test_what_may_have_arrived_when_the_app_was_taken_out_ends_as_uncertain(store: Database) -> None:
    waiting, sending, unsure = (a_post(text) for text in ("waiting", "sending", "unsure"))
    await write(store, deliveries.add, [waiting, sending, unsure])
    await write(store, deliveries.take, sending, NOW, LEASE)
    await write(store, deliveries.record_outcomes, [Outcome(id=unsure.id, state="unsure")])
    await write(store, deliveries.end_open, "T1", deliveries.UNINSTALLED)
    kept = [deliveries.delivery(store.reader, each.id) for each in (waiting, sending, unsure)]
    assert [each.state for each in kept if each is not None] == ["failed", "uncertain", "uncertain"]


async def test_once_the_app_is_back_edits_are_tried_again_and_nothing_else(store: Database) -> None:
    said, waiting = a_post("said"), a_post("waiting")
    times = deliveries.due_at_once(NOW, timedelta(hours=1))
    edits = [
        Delivery(act="update", team_id="T1", visibility="workspace", lane="C1", body={}, thread=each.id, **times)
        for each in (said, waiting)
    ]
    await write(store, deliveries.add, [said, waiting, *edits])
    await write(store, deliveries.record_outcomes, [Outcome(id=each.id, state="sent") for each in (said, edits[1])])
    await write(store, deliveries.end_open, "T1", deliveries.UNINSTALLED)
    back = NOW + timedelta(days=3)
    await write(store, deliveries.edit_again, "T1", back)
    kept = [deliveries.delivery(store.reader, each.id) for each in (said, waiting, *edits)]
    assert [each.state for each in kept if each is not None] == ["sent", "failed", "waiting", "sent"]
    assert kept[2] is not None
    assert (kept[2].not_before, kept[2].expires_at, kept[2].tries) == (
        to_text(back),
        to_text(back + timedelta(days=1)),
        0,
    )
