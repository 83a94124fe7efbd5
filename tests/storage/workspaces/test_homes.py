"""Homes, as they were published last."""

from storage.engine.interface import Database
from storage.workspaces import homes
from storage.workspaces.homes import Home
from tests.writing import write


async def test_the_last_publishing_of_a_home_is_what_is_known_of_it(store: Database) -> None:
    first = Home(team_id="T1", user_id="UANA", opened_at="2026-01-05", page=2, hash="h1", digest="d1")
    last = first.model_copy(update={"opened_at": "2026-01-06", "page": 0, "hash": "", "digest": ""})
    other = first.model_copy(update={"user_id": "UBEN"})
    for each in (first, other, last):
        await write(store, homes.note, each)
    assert homes.home(store.reader, "T1", "UANA") == last
    assert homes.home(store.reader, "T2", "UANA") is None
    assert homes.opened_since(store.reader, "T1", "2026-01-06") == [last]
    assert homes.opened_since(store.reader, "T1", "2026-01-05") == [other, last]
