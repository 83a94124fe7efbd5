"""Notes on data: kept once, found by the data or by their words in any case, by who may see them."""

import pytest

from storage.data_requests import notes
from storage.data_requests.notes import Note
from storage.engine.interface import WORKSPACE, Database
from tests.writing import write


def a_note(number: int, text: str = "A berth of -1 is at anchor", **more: str) -> Note:
    told = {"id": f"{number:02}", "team_id": "T1", "visibility": WORKSPACE, "data_key": "arrivals", "author": "UANA"}
    return Note.model_validate({**told, "link": f"link {number}", "kept_by": "UDEV", "at": "", "text": text, **more})


async def test_a_message_is_kept_once_for_some_data(store: Database) -> None:
    note = a_note(1)
    assert await write(store, notes.keep, note) is True
    assert await write(store, notes.keep, a_note(2, link=note.link)) is False
    assert await write(store, notes.keep, a_note(3, link=note.link, data_key="ships")) is True
    assert notes.of_data(store.reader, "T1", "arrivals", [WORKSPACE]) == [note]
    await write(store, notes.forget, "T1", note.id)
    assert notes.of_data(store.reader, "T1", "arrivals", [WORKSPACE]) == []


async def test_what_belongs_to_a_channel_is_seen_there_alone(store: Database) -> None:
    secret = a_note(1, visibility="CSECRET")
    await write(store, notes.keep, secret)
    assert notes.of_data(store.reader, "T1", "arrivals", [WORKSPACE]) == []
    assert notes.with_words(store.reader, "T1", "berth", [WORKSPACE]) == []
    assert notes.of_data(store.reader, "T1", "arrivals", [WORKSPACE, "CSECRET"]) == [secret]


@pytest.mark.parametrize("words", ["ärger", "ÄRGER", "Ärger mit 100%"])
async def test_words_are_found_in_any_case_and_as_they_are(store: Database, words: str) -> None:
    found, other = a_note(1, "Nur Ärger mit 100% der Schiffe"), a_note(2, "Nichts mit 1000 Schiffen")
    for each in (found, other):
        await write(store, notes.keep, each)
    assert notes.with_words(store.reader, "T1", words, [WORKSPACE]) == [found]
    assert notes.with_words(store.reader, "T2", words, [WORKSPACE]) == []
    assert notes.with_words(store.reader, "T1", "", [WORKSPACE]) == []


async def test_the_newest_ten_are_found(store: Database) -> None:
    for number in range(12):
        await write(store, notes.keep, a_note(number))
    assert [each.id for each in notes.with_words(store.reader, "T1", "BERTH", [WORKSPACE])] == [
        f"{number:02}" for number in range(11, 1, -1)
    ]
