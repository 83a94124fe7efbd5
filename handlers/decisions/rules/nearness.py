"""Which decision in force looks like one that is being written down. Pure."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from storage.decisions.decisions import Decision, NewDecision

#: So much alike (in per cent) are two titles about one thing.
_ALIKE_ABOUT_ONE_THING = 65.0
#: So much, in their words and in all, two of which not both say what they are about.
_WORDS_ALIKE, _ALL_ALIKE = 85.0, 60.0


def nearest(new: NewDecision, others: Sequence[Decision]) -> Decision | None:
    """Return the decision that is proposed or in force and looks most like a new one; None where none does."""
    near = [(_alike(new, each), each) for each in others if each.state in ("proposed", "accepted")]
    score, found = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return found if score else None


def _alike(new: NewDecision, other: Decision) -> float:
    """Return how much alike two decisions are, in per cent; 0 where that is too little."""
    first, second = new.title.casefold(), other.title.casefold()
    score = fuzz.token_set_ratio(first, second)
    if new.component_id and other.component_id:
        is_alike = new.component_id == other.component_id and score >= _ALIKE_ABOUT_ONE_THING
    else:
        is_alike = score >= _WORDS_ALIKE and fuzz.token_sort_ratio(first, second) >= _ALL_ALIKE
    return score if is_alike else 0.0
