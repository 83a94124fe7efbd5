"""Decisions that hold no more."""

from handlers.decisions.rules.moves import ENDED
from handlers.hooks.retention import Retained
from storage.decisions.decisions import DECISIONS
from storage.records.retention import ended

RETAINS = (
    Retained(
        "decisions",
        "Decisions that were rejected, replaced or deprecated",
        ended(DECISIONS, ENDED, "decision_votes.decision_id", "decision_asks.decision_id"),
    ),
)
