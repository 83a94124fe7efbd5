"""Which decision in force looks like one that is being written down. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.checks import nearness
from handlers.checks.nearness import Names, Shared, Text
from storage.decisions.decisions import Decision, NewDecision


@dataclass(frozen=True, slots=True)
class Found:
    """A decision that is near a new one, and what the two have in common."""

    decision: Decision
    shared: Shared


def text_of(decision: NewDecision) -> Text:
    return Text(decision.title, decision.why, decision.component_id, frozenset(decision.attributes))


def nearest(new: NewDecision, others: Iterable[Decision], names: Names) -> Found | None:
    """Return the decision that is proposed or in force and looks most like a new one; None where none does."""
    standing = [each for each in others if each.state in ("proposed", "accepted")]
    said = nearness.said(text_of(new), names)
    compared = [(each, nearness.shared(said, text_of(each))) for each in standing]
    near = [Found(each, shared) for each, shared in compared if shared is not None]
    return max(near, key=lambda each: (each.shared.score, each.decision.created_at, each.decision.id), default=None)
