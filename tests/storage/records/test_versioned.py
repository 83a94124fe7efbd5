"""Records with versions: what was read before somebody else wrote is not written over."""

import pytest

from bot.trial.run import Trial
from storage.engine.interface import Transaction
from storage.feedback.feedback import ITEMS
from storage.records.versioned import Event
from tests.handlers.feedback.playing import every, reported
from tests.handlers.requirements.playing import a_model


async def test_an_older_reading_is_not_written_over_a_newer_version(running: Trial) -> None:
    old = await reported(running, await a_model(running))
    event = Event(at=old.created_at, by="UANA", what="changed it")

    def change(transaction: Transaction, got: str) -> None:
        ITEMS.change(transaction, old, {"got": got}, event)

    await running.bot.store.write(lambda transaction: change(transaction, "first"))
    with pytest.raises(LookupError, match="changed inside one transaction"):
        await running.bot.store.write(lambda transaction: change(transaction, "second"))
    assert [(each.got, each.version) for each in every(running)] == [("first", old.version + 1)]
