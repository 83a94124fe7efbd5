"""Requirement cards and evaluations: one card a model, what was measured latest first."""

from storage.engine.interface import Database
from storage.outbox.redactions import REDACTED
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.requirements import requirements
from storage.requirements.requirements import CARDS, Card, Evaluation, Requirement
from tests.writing import write


async def test_a_card_is_found_by_its_component_and_says_what_was_said(store: Database) -> None:
    said = Requirement(said=Offer(parts={"amount": "300 ms"}), version=2)
    card = Card(id="1", team_id="T1", component_id="C", created_at="", changed_at="", requirements={"latency": said})
    await write(store, CARDS.add, card, HistoryEntry(at="", by="UANA", what="set latency"))
    assert CARDS.one(store.reader, "T1", component_id="C") == card
    assert CARDS.one(store.reader, "T2", component_id="C") is None
    assert CARDS.one(store.reader, "T1", component_id="D") is None


async def test_what_was_measured_is_listed_latest_first_and_loses_its_words(store: Database) -> None:
    first, last = (
        Evaluation(
            id=day, team_id="T1", component_id="C", link="https://runs.example/1", measured_on=day, at="",
            values={"latency": "280 ms"}, model_version="v7", by="UANA",
        )
        for day in ("2026-01-04", "2026-01-05")
    )  # fmt: skip
    for each in (last, first):
        await write(store, requirements.add_evaluation, each)
    assert requirements.evaluations_of(store.reader, "T1", "C") == [last, first]
    await write(store, requirements.forget_evaluations, "T1", "C")
    emptied = {"link": REDACTED, "model_version": "", "values": {}}
    kept = [each.model_copy(update=emptied) for each in (last, first)]
    assert requirements.evaluations_of(store.reader, "T1", "C") == kept
