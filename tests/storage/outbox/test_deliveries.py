"""Claims and the outbox, as the store holds them."""

from datetime import UTC, datetime, timedelta

from storage.engine.interface import WORKSPACE, Database
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery, Outcome
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LEASE = timedelta(seconds=15)


def a_post(text: str = "hello", at: datetime = NOW) -> Delivery:
    return Delivery(
        act="post",
        team_id="T1",
        visibility=WORKSPACE,
        lane="C1",
        body={"text": text},
        **deliveries.due_at_once(at, timedelta(days=1)),
    )


async def test_a_gesture_is_claimed_once_in_each_workspace(store: Database) -> None:
    async def claim(team_id: str, *names: str) -> bool:
        return await write(store, deliveries.claim, team_id, names, NOW)

    assert await claim("T1", "event:1", "message:C1:1") is True
    assert await claim("T1", "event:2", "message:C1:1") is False
    assert await claim("T1", "event:1") is False
    assert await claim("T2", "event:1") is True


async def test_claims_are_kept_for_three_days(store: Database) -> None:
    await write(store, deliveries.claim, "T1", ["event:1"], NOW)
    later = NOW + deliveries.CLAIMS_KEPT
    assert await write(store, deliveries.forget_old_claims, later) == 0
    much_later = later + timedelta(seconds=1)
    assert await write(store, deliveries.forget_old_claims, much_later) == 1


async def test_only_one_sender_takes_a_delivery(store: Database) -> None:
    post = a_post()
    await write(store, deliveries.add, [post])
    assert await write(store, deliveries.take, post, NOW, LEASE) is True
    assert await write(store, deliveries.take, post, NOW, LEASE) is False
    assert deliveries.due(store.reader, NOW) == []


async def test_a_delivery_whose_sender_died_is_due_again_and_unsure(store: Database) -> None:
    post = a_post()
    await write(store, deliveries.add, [post])
    await write(store, deliveries.take, post, NOW, LEASE)
    (found,) = deliveries.due(store.reader, NOW + LEASE)
    assert (found.id, found.state, found.tries, found.is_unsure) == (post.id, "sending", 1, True)


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
    told = [(each.body["text"], each.state, each.reason) for each in deliveries.ended_badly(store.reader, "T1")]
    assert told == [("second", "uncertain", "no scope"), ("first", "failed", "is_archived")]
    assert deliveries.ended_badly(store.reader, "T2") == []
    sent = deliveries.delivery(store.reader, third.id)
    assert sent is not None
    assert (sent.state, sent.slack_ts) == ("sent", "1.2")
    assert deliveries.delivery(store.reader, "none") is None


async def test_what_ended_long_ago_is_forgotten(store: Database) -> None:
    old, lost, new = a_post("old"), a_post("lost"), a_post("new", NOW + timedelta(days=40))
    await write(store, deliveries.add, [old, lost, new])
    for each, state in ((old, "sent"), (lost, "failed"), (new, "sent")):
        end = Outcome.model_validate({"id": each.id, "state": state})
        await write(store, deliveries.record_outcomes, [end])
    later = NOW + timedelta(days=40)
    gone = await write(store, deliveries.forget_ended, later, timedelta(days=30))
    assert gone == 2
    assert deliveries.delivery(store.reader, old.id) is None
    assert deliveries.delivery(store.reader, new.id) is not None
    assert deliveries.count_open(store.reader) == 0
