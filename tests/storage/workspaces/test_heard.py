"""What replicas tell one another of Slack's events comes in its order, each once, and is counted though it is gone."""

from datetime import UTC, datetime, timedelta

from storage.engine.interface import Database
from storage.workspaces import heard, workspaces
from storage.workspaces.heard import Heard
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LEFT, JOINED = Heard(kind="member_left_channel", user_id="UANA", channels="C1"), Heard(kind="team_join", user_id="UBEN")


async def test_what_was_heard_is_numbered_in_each_workspace(store: Database) -> None:
    told = [await write(store, heard.note, *each, NOW) for each in (("T1", LEFT), ("T2", LEFT), ("T1", JOINED))]
    assert told == [1, 1, 2]
    assert (heard.last(store.reader, "T1"), heard.last(store.reader, "T3")) == (2, 0)
    assert heard.since(store.reader, "T1", 0) == [LEFT, JOINED]
    assert heard.since(store.reader, "T1", 1) == [JOINED]


async def test_what_is_forgotten_still_counts(store: Database) -> None:
    await write(store, heard.note, "T1", LEFT, NOW)
    later = NOW + timedelta(minutes=1)
    await write(store, heard.note, "T1", JOINED, later)
    await write(store, heard.note, "T2", LEFT, NOW)
    assert await write(store, heard.forget, "T1", later) == 1
    assert heard.since(store.reader, "T2", 0) == [LEFT]
    assert (heard.last(store.reader, "T1"), heard.since(store.reader, "T1", 0)) == (2, [JOINED])


async def test_where_there_is_no_other_replica_an_event_is_only_counted_and_not_where_nobody_is(
    store: Database,
) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    for team_id in ("T1", "T2"):
        await write(store, heard.note_change, team_id)
    assert [heard.last(store.reader, each) for each in ("T1", "T2")] == [1, 0]
    assert heard.since(store.reader, "T1", 0) == []
