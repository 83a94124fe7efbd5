"""What the decision log would have people settle: reviews whose day has come, and proposals past their deadline."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from handlers import blocks
from handlers.blocks import Block
from handlers.decisions import views
from handlers.matters import Known, Matter, NudgeKind
from storage import decisions
from storage.database import Reader
from storage.decisions import Decision

_REVIEW, _DEADLINE = "decision to review", "proposal past its deadline"
KINDS = (
    NudgeKind(_DEADLINE, "Proposals of yours past their deadline", timedelta(days=3), timedelta(days=1), 4),
    NudgeKind(_REVIEW, "Decisions of yours to look at again", timedelta(days=7), timedelta(days=1), 4),
)
_HARM = {_DEADLINE: 65, _REVIEW: 35}


def matters(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Matter]:
    """Return what waits for the one who decides, else for who wrote it down, else for the admins."""
    today = now.date().isoformat()
    found = []
    for each in decisions.open_ones(reader, team_id, now):
        if each.state == "accepted":
            found.append(_matter(each, _REVIEW, known))
        elif each.deadline and each.deadline < today:
            found.append(_matter(each, _DEADLINE, known))
    return found


def people(reader: Reader, team_id: str) -> Iterable[str]:
    """Return who decides and who wrote down what is not at its end."""
    for each in decisions.open_ones(reader, team_id, None):
        yield from (each.decider, each.created_by)


def _matter(decision: Decision, kind: str, known: Known) -> Matter:
    people = [each for each in (decision.decider, decision.created_by) if each and each not in known.gone]
    since = decision.deadline if kind == _DEADLINE else decision.review_on or decision.expected_by
    expected = f" Expected: {blocks.cut(decision.expected, 300)}" if decision.expected else ""
    told = f"Still right? What happened?{expected}" if kind == _REVIEW else "Its deadline has passed."
    return Matter(
        kind=kind,
        subject=decision.id,
        visibility=decision.visibility,
        people=tuple(people[:1]) or known.admins,
        lead=next((each for each in (*people[1:], *known.admins) if each not in people[:1]), ""),
        since=since,
        active_at=decision.created_at,
        harm=_HARM[kind],
        told=f"{decision.number}, {decision.title}. {told}",
        buttons=_buttons_of(decision),
    )


def _buttons_of(decision: Decision) -> Callable[[str], Sequence[Block]]:
    return lambda person: [
        *views.buttons(decision, person, may_change=True)[:4],
        blocks.button("Open", views.OPEN, decision.id),
    ]
