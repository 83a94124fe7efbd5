"""Where an edit of a single message goes: to where Slack has it, once it has; nowhere when it never arrived."""

from datetime import timedelta

import pytest

from bot.outbox.placing import placed_in_slack
from bot.outbox.slack_calls import Sent, Unreached
from storage.engine.interface import Database
from storage.outbox import deliveries
from storage.outbox.deliveries import Act, Delivery, Outcome, State
from tests.conftest import START
from tests.writing import write


def a_row(act: Act, text: str, thread: str = "") -> Delivery:
    times = deliveries.due_at_once(START, timedelta(days=1))
    body: dict[str, object] = {"channel": "UANA", "text": text}
    return Delivery(act=act, team_id="T1", visibility="UANA", lane="UANA", thread=thread, body=body, **times)


async def test_an_edit_finds_the_place_of_its_message(store: Database) -> None:
    said = a_row("post", "Who?")
    update = a_row("update", "Ben.", said.id)
    await write(store, deliveries.add, [said, update])
    assert isinstance(placed_in_slack(store.reader, update), Unreached)
    sent = Outcome(id=said.id, state="sent", slack_ts="1.2", slack_channel="DANA")
    await write(store, deliveries.record_outcomes, [sent])
    placed = placed_in_slack(store.reader, update)
    assert isinstance(placed, Delivery)
    assert placed.body == {"channel": "DANA", "text": "Ben.", "ts": "1.2"}


@pytest.mark.parametrize("state", ["failed", "uncertain"])
async def test_an_edit_of_what_never_arrived_is_done_with(store: Database, state: State) -> None:
    said = a_row("post", "Who?")
    await write(store, deliveries.add, [said])
    await write(store, deliveries.record_outcomes, [Outcome(id=said.id, state=state)])
    assert placed_in_slack(store.reader, a_row("update", "Ben.", said.id)) == Sent()
    assert placed_in_slack(store.reader, a_row("update", "Ben.", "forgotten")) == Sent()


async def test_an_edit_that_a_newer_one_has_overtaken_is_done_with(store: Database) -> None:
    said = a_row("post", "Who?")
    old, new = a_row("update", "Ben.", said.id), a_row("update", "Dev.", said.id)
    await write(store, deliveries.add, [said, new])
    await write(store, deliveries.record_outcomes, [Outcome(id=said.id, state="sent", slack_ts="1.2")])
    assert placed_in_slack(store.reader, old) == Sent()
    assert isinstance(placed_in_slack(store.reader, new), Delivery)
