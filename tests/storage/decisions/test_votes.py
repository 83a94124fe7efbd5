"""What people say to a proposal: the last word counts, the earlier ones stay, and reasons can be taken out."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision, NewDecision
from storage.decisions.votes import Opinion
from storage.engine.interface import Database, to_text
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery, Outcome
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
async def proposal(store: Database) -> Decision:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    new = NewDecision(title="Retrain", decider="UANA", state="proposed", asked=("UBEN", "UDEV"), source_text="A quote")
    return await write(store, decisions.write_down, "T1", new, "UANA", to_text(NOW))


async def test_every_word_of_a_person_is_kept_in_order(store: Database, proposal: Decision) -> None:
    first = Opinion(user_id="UBEN", vote="object", reason="Too dear", at=to_text(NOW))
    second = Opinion(user_id="UBEN", vote="agree", at=to_text(NOW + timedelta(hours=1)))
    for each in (second, first):
        await write(store, votes.vote, proposal, each)
    assert votes.opinions(store.reader, proposal) == [first, second]
    assert votes.said_something(store.reader, "T1") == {(proposal.id, "UBEN")}
    assert votes.said_something(store.reader, "T2") == frozenset()


async def test_who_was_asked_is_reached_once_the_message_has_arrived(store: Database, proposal: Decision) -> None:
    times = deliveries.due_at_once(NOW, timedelta(days=1))
    asked = Delivery(act="post", team_id="T1", visibility="workspace", lane="UBEN", body={"text": "?"}, **times)
    await write(store, deliveries.add, [asked])
    await write(store, votes.note_asked, proposal, "UBEN", asked.id)
    await write(store, votes.note_told, "T1")
    assert votes.unreached(store.reader, proposal) == ["UBEN", "UDEV"]
    await write(store, deliveries.record_outcomes, [Outcome(id=asked.id, state="sent")])
    await write(store, votes.note_told, "T1")
    assert votes.unreached(store.reader, proposal) == ["UDEV"]


async def test_a_quote_is_kept_for_a_form_and_dropped_when_none_came_of_it(store: Database) -> None:
    kept = votes.new_quote("T1", "We retrain", "UBEN", "UANA", NOW)
    await write(store, votes.keep_quote, kept)
    assert votes.quote(store.reader, "T1", kept.id, "UANA") == kept
    assert votes.quote(store.reader, "T1", kept.id, "UBEN") is None
    assert votes.quote(store.reader, "T2", kept.id, "UANA") is None
    assert await write(store, votes.forget_quotes, "T1", NOW) == 0
    assert await write(store, votes.forget_quotes, "T1", NOW + timedelta(seconds=1)) == 1
    assert votes.quote(store.reader, "T1", kept.id, "UANA") is None


async def test_reasons_and_the_message_it_came_from_go_and_the_votes_stay(store: Database, proposal: Decision) -> None:
    quote = votes.new_quote("T1", "A quote", "UBEN", "UANA", NOW)
    await write(store, votes.keep_quote, quote)
    said = Opinion(user_id="UBEN", vote="object", reason="A secret", at=to_text(NOW))
    await write(store, votes.vote, proposal, said)
    await write(store, votes.take_out_reasons, "T1", proposal)
    assert votes.opinions(store.reader, proposal) == [said.model_copy(update={"reason": ""})]
    assert votes.quote(store.reader, "T1", quote.id, "UANA") is None
