"""Decisions out to files and back: nothing that people wrote is changed on the way."""

from pathlib import Path

from storage.decisions import decisions
from storage.engine.interface import Transaction
from storage.records.versioned import HistoryEntry
from tests.handlers.decisions.rules.test_moves import a_decision
from tests.interop.round_trip import PATH, TEAM, round_trip


def fill(transaction: Transaction) -> None:
    decision = a_decision(number="D-1", created_at="2026-01-05", decided_at="2026-01-05", team_id=TEAM)
    decisions.add(transaction, decision, HistoryEntry(at="2026-01-05", by="UDEV", what="logged"))


def test_markdown_comes_back_as_the_same_bytes(tmp_path: Path) -> None:
    out, back = ("decisions", "export", PATH, "--format", "madr"), ("decisions", "import", PATH)
    assert b"# Ship in batch" in round_trip(tmp_path, fill, out, back)
