"""What waits to be said is counted."""

from datetime import timedelta

from storage.engine.interface import Database, to_text
from storage.outbox import backlog, deliveries
from tests.storage.outbox.test_deliveries import NOW, a_post
from tests.writing import write


async def test_what_waits_is_counted_by_kind_of_lane_with_its_oldest(store: Database) -> None:
    later, others = NOW + timedelta(hours=1), a_post(lane="C9").model_copy(update={"team_id": "T2"})
    ended = a_post().model_copy(update={"state": "sent"})
    posts = [a_post(at=later), a_post(lane="U1", at=later), a_post(lane="W1"), a_post(lane="https://x"), ended, others]
    await write(store, deliveries.add, posts)
    now, then = to_text(NOW), to_text(later)
    assert backlog.by_kind(store.reader, "T1") == {"channel": (1, then), "person": (2, now), "response": (1, now)}
    assert backlog.by_kind(store.reader)["channel"] == (2, now)
