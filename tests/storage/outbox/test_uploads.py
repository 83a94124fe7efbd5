"""The id of a file is kept before anybody can see it, unless its text has changed or another sender has it."""

from handlers.access.recipients import Destination, attach
from storage.engine.interface import Database
from storage.outbox import deliveries
from storage.outbox.uploads import CONTENT, FILE, keep_file
from tests.conftest import START
from tests.writing import write


async def test_the_id_of_a_file_is_kept_unless_its_text_has_changed(store: Database) -> None:
    file = attach(Destination("T0LOCAL", "UANA"), ("words.csv", "word\n"), "Here it is.", START)
    await write(store, deliveries.add, [file])
    assert await write(store, keep_file, file, "F1")
    kept = await store.read(deliveries.delivery, file.id)
    assert kept is not None
    assert kept.body == {**file.body, FILE: "F1"}
    other = file.model_copy(update={"body": {**file.body, CONTENT: "another\n"}})
    assert not await write(store, keep_file, other, "F2")
    assert not await write(store, keep_file, file, "F2")
    assert await store.read(deliveries.delivery, file.id) == kept


async def test_of_a_file_that_is_no_longer_to_be_sent_none_is_kept(store: Database) -> None:
    file = attach(Destination("T0LOCAL", "UANA"), ("words.csv", "word\n"), "Here it is.", START)
    assert not await write(store, keep_file, file, "F1")
