"""What is known of a workspace is read once a second, and anew where it is to be forgotten."""

from handlers.framework.known import KnownWorkspaces
from storage.engine.interface import Database
from storage.outbox.redactions import scrub_later
from storage.workspaces.workspaces import connect_workspace
from tests.conftest import START
from tests.writing import write


async def test_a_workspace_is_known_as_it_was_read_until_it_is_forgotten_where_nobody_shares_the_store(
    store: Database,
) -> None:
    known = KnownWorkspaces(store)
    assert await known.of("T1") == (None, 0)
    await write(store, connect_workspace, "T1", "Harbour", "UBOT", START)
    await write(store, scrub_later, "T1")
    assert ((await known.of("T1")).workspace is not None) is store.is_shared
    known.forget("T2")
    assert (await known.of("T1")).taken_out == int(store.is_shared)
    known.forget("T1")
    found = await known.of("T1")
    assert found.workspace is not None
    assert (found.workspace.name, found.taken_out) == ("Harbour", 1)


async def test_all_are_forgotten_together(store: Database) -> None:
    known = KnownWorkspaces(store)
    assert await known.of("T1") == await known.of("T2") == (None, 0)
    for team_id in ("T1", "T2"):
        await write(store, scrub_later, team_id)
    known.forget()
    assert [(await known.of(each)).taken_out for each in ("T1", "T2")] == [1, 1]
