"""What the decision log would have people settle, and what they can press there."""

from datetime import timedelta

from handlers.decisions.hooks.reminders import open_reminders
from handlers.hooks.reminders import Known
from storage.decisions import decisions
from storage.decisions.decisions import NewDecision
from storage.engine.interface import Database, to_text
from tests.conftest import START
from tests.writing import write

PROPOSAL = NewDecision(title="Batch only", decider="UDEV", state="proposed", deadline="2026-01-06")


def labels(blocks: object) -> list[str]:
    assert isinstance(blocks, list)
    return [each["text"]["text"] for each in blocks]


async def test_an_admin_can_accept_in_the_reminder_of_a_proposal_whose_decider_has_left(store: Database) -> None:
    await write(store, decisions.write_down, "T1", PROPOSAL, "UANA", to_text(START))
    later, left = START + timedelta(days=5), Known(frozenset({"UDEV", "UANA"}), ("UCHLOE",))
    (waits,) = await store.search(lambda reader: open_reminders(reader, "T1", left, later))
    assert waits.people == ("UCHLOE",)
    assert labels(waits.buttons("UCHLOE"))[:2] == ["Accept", "Reject"]
    (waits,) = await store.search(lambda reader: open_reminders(reader, "T1", Known(frozenset({"UANA"})), later))
    assert waits.people == ("UDEV",)
    assert labels(waits.buttons("UDEV"))[:2] == ["Accept", "Reject"]
    assert "Accept" not in labels(waits.buttons("UCHLOE"))
