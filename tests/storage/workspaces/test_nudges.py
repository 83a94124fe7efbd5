"""Nudges: what somebody was reminded of, and when it was settled."""

from datetime import UTC, datetime, timedelta

from storage.engine.interface import Database, to_text
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery, Outcome
from storage.workspaces import nudges
from storage.workspaces.nudges import Figures, Nudge
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def a_nudge(number: int, delivery_id: str = "M", **more: str) -> Nudge:
    told = {"id": str(number), "team_id": "T1", "person": "UANA", "kind": "duty", "subject": f"duty {number}"}
    told["visibility"] = "workspace"
    return Nudge.model_validate({**told, "at": to_text(NOW), "delivery_id": delivery_id, **more})


async def test_a_nudge_is_open_until_its_matter_is_settled(store: Database) -> None:
    first, second = a_nudge(1), a_nudge(2)
    await write(store, nudges.record, [first, second])
    assert nudges.open_nudges(store.reader, "T1") == [first, second]
    assert nudges.open_nudges(store.reader, "T2") == []
    await write(store, nudges.settle, [first], NOW)
    assert nudges.open_nudges(store.reader, "T1") == [second]
    assert await write(store, nudges.forget_settled, "T1", NOW) == 0
    assert await write(store, nudges.forget_settled, "T1", NOW + timedelta(seconds=1)) == 1


async def test_an_open_nudge_says_how_its_message_fared(store: Database) -> None:
    times = deliveries.due_at_once(NOW, timedelta(days=1))
    post = Delivery(act="post", team_id="T1", visibility="workspace", lane="UANA", body={}, **times)
    await write(store, deliveries.add, [post])
    await write(store, deliveries.record_outcomes, [Outcome(id=post.id, state="failed", reason="user_disabled")])
    await write(store, nudges.record, [a_nudge(1, post.id)])
    (found,) = nudges.open_nudges(store.reader, "T1")
    assert (found.state, found.reason) == ("failed", "user_disabled")


async def test_what_was_settled_lately_is_still_known(store: Database) -> None:
    await write(store, nudges.record, [a_nudge(1), a_nudge(2)])
    await write(store, nudges.settle, [a_nudge(1)], NOW)
    assert [each.id for each in nudges.open_nudges(store.reader, "T1", to_text(NOW))] == ["1", "2"]
    assert [each.id for each in nudges.open_nudges(store.reader, "T1", to_text(NOW + timedelta(seconds=1)))] == ["2"]


async def test_what_older_versions_kept_of_reminders_that_were_put_off_is_not_read(store: Database) -> None:
    await write(store, nudges.record, [a_nudge(1)])
    await store.write(lambda transaction: transaction.run("UPDATE nudges SET what = 'snoozed'"))
    assert nudges.open_nudges(store.reader, "T1") == []
    assert await write(store, nudges.forget_settled, "T1", NOW + timedelta(seconds=1)) == 1


async def test_of_each_kind_it_is_known_how_much_is_settled_and_how_soon(store: Database) -> None:
    await write(store, nudges.record, [a_nudge(1), a_nudge(2), a_nudge(3, "N")])
    await write(store, nudges.settle, [a_nudge(1)], NOW + timedelta(hours=3))
    assert nudges.figures(store.reader, "T1", ["workspace"]) == [Figures(kind="duty", sent=3, settled=1, hours=3.0)]
    assert nudges.figures(store.reader, "T2", ["workspace"]) == []
    assert nudges.figures(store.reader, "T1", ["C1"]) == []
