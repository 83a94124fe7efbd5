"""How a decision looks to who looks through all records."""

from collections.abc import Mapping, Sequence
from functools import partial

from handlers.checks.dates import day
from handlers.decisions.messages.lines import standing
from handlers.decisions.messages.record import OPEN
from handlers.hooks.finding import Finds, Hit
from handlers.slack import blocks
from storage.decisions.decisions import DECISIONS, Decision
from storage.engine.interface import Reader

#: So much of a reason is said in a list.
_WHY = 120


def tell(reader: Reader, team_id: str, ids: Sequence[str], visible: Sequence[str]) -> Mapping[str, Hit]:
    found = DECISIONS.by_id(reader, team_id, visible, ids)
    return {name: _hit(each) for name, each in found.items()}


def _hit(decision: Decision) -> Hit:
    button = blocks.spoken(blocks.button("Open", OPEN, decision.id), f"Open {decision.number}")
    people = (decision.decider, decision.created_by)
    return Hit("Decision", f"{decision.number} · {decision.title}", partial(_stands, decision), button, people)


def _stands(decision: Decision, names: Mapping[str, str]) -> str:
    told = "".join(str(each["text"]) for each in standing(decision, names))
    review = decision.review_on if decision.state == "accepted" else ""
    stands = f"{told}; review {day(review)}" if review else told
    return f"{stands}\nWhy: {blocks.cut(' '.join(decision.why.split()), _WHY)}" if decision.why else stands


#: Groups of words that say the same of what is decided.
_SAME = (
    ("drop", "remove", "scrap", "abandon", "discontinue", "retire", "discard", "kill", "stop", "gone", "ditch"),
    ("exclude", "omit", "skip", "ignore", "left", "leave", "stay out", "keep out", "leave out"),
    ("include", "add", "contain"),
    ("monthly", "month"),
    ("weekly", "week"),
    ("daily", "day"),
    ("use", "adopt", "introduce"),
    ("postpone", "delay", "defer"),
)
_ALIKE = {word: group for group in _SAME for word in group}

FINDS = Finds({"decision": tell}, alike=_ALIKE)
