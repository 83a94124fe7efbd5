"""A legal hold says who set it and when, until it is lifted."""

from datetime import timedelta

from storage.engine.interface import Database, to_text
from storage.workspaces import holds
from storage.workspaces.workspaces import connect_workspace
from tests.conftest import START
from tests.writing import write


async def test_a_hold_stays_as_it_was_set_until_it_is_lifted(store: Database) -> None:
    await write(store, connect_workspace, "T1", "Harbour", "U0BOT", START)
    assert holds.hold(store.reader, "T1") is None
    await write(store, holds.put_on_hold, "T1", "UCHLOE", START)
    await write(store, holds.put_on_hold, "T1", "UANA", START + timedelta(days=1))
    assert holds.hold(store.reader, "T1") == holds.Hold(by="UCHLOE", at=to_text(START))
    await write(store, holds.lift, "T1")
    assert holds.hold(store.reader, "T1") is None
    await write(store, holds.put_on_hold, "T1", "UANA", START)
    assert holds.hold(store.reader, "T1") == holds.Hold(by="UANA", at=to_text(START))
