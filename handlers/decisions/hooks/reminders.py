"""What the decision log would have people settle: reviews whose day has come, and proposals past their deadline."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.decisions.messages import record
from handlers.decisions.rules import moves
from handlers.hooks.reminders import Known, NudgeKind, Reminder
from handlers.slack import blocks
from handlers.slack.blocks import Block
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision
from storage.engine.interface import Reader, to_text

_REVIEW, _DEADLINE = "decision to review", "proposal past its deadline"
_ASKED = "proposal to answer"
#: Whoever is asked is reminded so long before the deadline, and without one so long after they were asked.
_BEFORE, _AFTER = timedelta(days=1), timedelta(days=3)
KINDS = (
    NudgeKind(_DEADLINE, "Proposals of yours past their deadline", timedelta(days=3), timedelta(days=1), 4),
    NudgeKind(_ASKED, "Proposals on which you are asked", timedelta(days=3), timedelta(days=1), 2),
    NudgeKind(_REVIEW, "Decisions of yours to look at again", timedelta(days=7), timedelta(days=1), 4),
)
_HARM = {_DEADLINE: 65, _ASKED: 45, _REVIEW: 35}


def open_reminders(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Reminder]:
    """Return what waits for the one who decides, else for who wrote it down, else for the admins.

    A proposal waits for those who are asked, as long as its deadline has not passed.
    """
    today, said = now.date().isoformat(), votes.said_something(reader, team_id)
    found = []
    for each in decisions.open_ones(reader, team_id, now):
        if each.state == "accepted":
            found.append(_reminder(each, _REVIEW, known))
        elif each.deadline and each.deadline < today:
            found.append(_reminder(each, _DEADLINE, known))
        elif silent := tuple(one for one in silent_ones(each, said) if one not in known.gone):
            found.append(_to_answer(each, silent, known))
    return found


def silent_ones(decision: Decision, said: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """Return who was asked about a proposal and has not said what they think."""
    return tuple(each for each in decision.asked if (decision.id, each) not in said)


def _to_answer(decision: Decision, silent: tuple[str, ...], known: Known) -> Reminder:
    until = f" until {decision.deadline}" if decision.deadline else ""
    created = datetime.fromisoformat(decision.created_at)
    last = datetime.fromisoformat(f"{decision.deadline}T00:00:00+00:00") if decision.deadline else None
    return replace(
        _reminder(decision, _ASKED, known),
        people=silent,
        lead="" if decision.decider in known.gone else decision.decider,
        since=decision.created_at,
        told=f"{decision.number}, {decision.title}. Say{until} whether you agree.",
        ripe_at=to_text(max(created, last - _BEFORE) if last is not None else created + _AFTER),
    )


def people(reader: Reader, team_id: str) -> Iterable[str]:
    """Return who decides and who wrote down what is not at its end."""
    for each in decisions.open_ones(reader, team_id, None):
        yield from (each.decider, each.created_by, *each.asked)


def _reminder(decision: Decision, kind: str, known: Known) -> Reminder:
    people = [each for each in (decision.decider, decision.created_by) if each and each not in known.gone]
    since = decision.deadline if kind == _DEADLINE else decision.review_on or decision.expected_by
    expected = f" Expected: {blocks.cut(decision.expected, 300)}" if decision.expected else ""
    told = f"Still right? What happened?{expected}" if kind == _REVIEW else "Its deadline has passed."
    return Reminder(
        kind=kind,
        subject=decision.id,
        visibility=decision.visibility,
        people=tuple(people[:1]) or known.admins,
        lead=next((each for each in (*people[1:], *known.admins) if each not in people[:1]), ""),
        since=since,
        active_at=decision.created_at,
        harm=_HARM[kind],
        told=f"{decision.number}, {decision.title}. {told}",
        buttons=_buttons_of(decision, is_decider_gone=decision.decider in known.gone),
    )


def _is_its_own(decision: Decision, person: str) -> bool:
    """Tell whether a decision is somebody's to change; it waits for others only where they stand in, or are asked."""
    return person in (decision.decider, decision.created_by) or person not in decision.asked


def _buttons_of(decision: Decision, *, is_decider_gone: bool) -> Callable[[str], Sequence[Block]]:
    def buttons(person: str) -> Sequence[Block]:
        is_own = _is_its_own(decision, person)
        acts = moves.may_do(decision, person, is_admin=is_own, is_decider_gone=is_decider_gone)
        return [*record.buttons(decision, acts)[:4], blocks.button("Open", record.OPEN, decision.id)]

    return buttons
