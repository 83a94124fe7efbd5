"""Homes, as they were published last."""

from datetime import timedelta

from storage.engine.interface import Database, to_text
from storage.workspaces import homes
from storage.workspaces.homes import Home
from tests.conftest import START
from tests.writing import write

MINUTE = timedelta(minutes=1)


async def test_the_last_publishing_of_a_home_is_what_is_known_of_it(store: Database) -> None:
    first = Home(team_id="T1", user_id="UANA", opened_at=to_text(START), page=2, hash="h1", digest="d1")
    last = first.model_copy(update={"opened_at": to_text(START + MINUTE), "page": 0, "hash": "", "digest": ""})
    other = first.model_copy(update={"user_id": "UBEN"})
    for each in (first, other, last):
        await write(store, homes.note, each)
    assert homes.home(store.reader, "T1", "UANA") == last
    assert homes.home(store.reader, "T2", "UANA") is None
    assert homes.watched(store.reader, "T1", START + 11 * MINUTE) == [last]
    assert homes.watched(store.reader, "T1", START + 10 * MINUTE) == [other, last]


async def test_everybodys_home_or_one_persons_is_looked_at_again_for_two_minutes(store: Database) -> None:
    listed = [("T1", "UANA"), ("T1", "UBEN"), ("T2", "UANA")]
    for team_id, user_id in listed:
        await write(store, homes.note, Home(team_id=team_id, user_id=user_id, opened_at=to_text(START)))
    later = START + timedelta(hours=1)
    for user_id, watched in (("UBEN", ["UBEN"]), ("", ["UANA", "UBEN"])):
        await write(store, homes.look_again, "T1", later, user_id)
        assert [each.user_id for each in homes.watched(store.reader, "T1", later + 2 * MINUTE)] == watched
    assert homes.watched(store.reader, "T1", later + 3 * MINUTE) == []
    assert homes.watched(store.reader, "T2", later) == []
