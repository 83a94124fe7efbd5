"""Which decision in force looks like one that is being written down. Pure."""

from collections.abc import Sequence

from handlers.decisions.rules.filters import telling_words
from storage.decisions.decisions import Decision, NewDecision

#: So much of their words two titles share that are about one thing, and two of which not both say what they are about.
_ALIKE_ABOUT_ONE_THING, _ALIKE = 0.5, 0.75


def nearest(new: NewDecision, others: Sequence[Decision]) -> Decision | None:
    """Return the decision that is proposed or in force and looks most like a new one; None where none does."""
    near = [(_alike(new, each), each) for each in others if each.state in ("proposed", "accepted")]
    score, found = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return found if score else None


def _alike(new: NewDecision, other: Decision) -> float:
    """Return how much of their words two decisions share, from 0 to 1; 0 where that is too little."""
    are_both_about = bool(new.component_id and other.component_id)
    if are_both_about and new.component_id != other.component_id:
        return 0.0
    first, second = set(telling_words(new.title)), set(telling_words(other.title))
    shared = 2 * len(first & second) / max(len(first) + len(second), 1)
    return shared if shared >= (_ALIKE_ABOUT_ONE_THING if are_both_about else _ALIKE) else 0.0
