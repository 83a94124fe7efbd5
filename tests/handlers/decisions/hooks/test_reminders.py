"""What the decision log would have people settle."""

from datetime import timedelta

from handlers.decisions.hooks.reminders import open_reminders
from handlers.decisions.messages import record
from handlers.hooks.reminders import Known
from storage.decisions import decisions
from storage.decisions.decisions import NewDecision
from storage.engine.interface import Database, to_text
from tests.conftest import START
from tests.writing import write

PROPOSAL = NewDecision(title="Batch only", decider="UDEV", state="proposed", deadline="2026-01-06")


async def test_a_proposal_whose_decider_has_left_is_for_an_admin(store: Database) -> None:
    await write(store, decisions.write_down, "T1", PROPOSAL, "UANA", to_text(START))
    later, left = START + timedelta(days=5), Known(frozenset({"UDEV", "UANA"}), ("UCHLOE",))
    (waits,) = await store.search(lambda reader: open_reminders(reader, "T1", left, later))
    assert waits.people == ("UCHLOE",)
    assert (waits.name, waits.told) == ("D-1 Batch only", "past its deadline, accept it or withdraw it")
    assert waits.due == "2026-01-06"
    assert waits.button("UCHLOE")["action_id"] == record.OPEN
    (waits,) = await store.search(lambda reader: open_reminders(reader, "T1", Known(frozenset({"UANA"})), later))
    assert waits.people == ("UDEV",)
