"""Decisions that hold no more."""

from handlers.decisions.rules.moves import ENDED
from handlers.hooks.retention import Retained
from storage.decisions.decisions import DECISIONS
from storage.records.retention import ended

RETAINS = (
    Retained(
        "decisions",
        "rejected, replaced or deprecated decisions",
        ended(DECISIONS, ENDED, "decision_votes.decision_id", "decision_asks.decision_id"),
    ),
)
