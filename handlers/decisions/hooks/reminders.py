"""What the decision log would have people settle: reviews whose day has come, and proposals past their deadline."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.decisions.messages import record
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.slack import blocks
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision
from storage.engine.interface import Reader, to_text

_REVIEW, _DEADLINE = "decision to review", "proposal past its deadline"
_ASKED = "proposal to answer"
#: Whoever is asked is reminded so long before the deadline, and without one so long after they were asked.
_BEFORE, _AFTER = timedelta(days=1), timedelta(days=3)
KINDS = (
    NudgeKind(_DEADLINE, "Proposals past their deadline", "decisions"),
    NudgeKind(_ASKED, "Proposals that somebody is asked about", "decisions"),
    NudgeKind(_REVIEW, "Decisions due for review", "decisions"),
)
_TOPIC = Topic("decisions", "Decisions", "need you")
_HARM = {_DEADLINE: 65, _ASKED: 45, _REVIEW: 35}


def open_reminders(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Reminder]:
    """Return what waits for the one who decides, else for who wrote it down, else for the admins.

    A proposal waits for those who are asked, as long as its deadline has not passed.
    """
    today, waiting, found = now.date().isoformat(), decisions.open_ones(reader, team_id, now), list[Reminder]()
    said = votes.said_something(reader, team_id) if any(each.asked for each in waiting) else frozenset()
    for each in waiting:
        if each.state == "accepted":
            found.append(_reminder(each, _REVIEW, known))
        elif each.deadline and each.deadline < today:
            found.append(_reminder(each, _DEADLINE, known))
        elif silent := tuple(one for one in silent_ones(each, said) if one not in known.gone):
            found.append(_to_answer(each, silent, known))
        else:
            found.append(_to_decide(each, known))
    return found


def silent_ones(decision: Decision, said: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """Return who was asked about a proposal and has not said what they think."""
    return tuple(each for each in decision.asked if (decision.id, each) not in said)


def _to_answer(decision: Decision, silent: tuple[str, ...], known: Known) -> Reminder:
    created = datetime.fromisoformat(decision.created_at)
    last = datetime.fromisoformat(f"{decision.deadline}T00:00:00+00:00") if decision.deadline else None
    return replace(
        _reminder(decision, _ASKED, known),
        people=silent,
        lead="" if decision.decider in known.gone else decision.decider,
        since=decision.created_at,
        told="your view",
        told_lead=f"no view yet from {'one person' if len(silent) == 1 else f'{len(silent)} people'}",
        due=decision.deadline,
        ripe_at=to_text(max(created, last - _BEFORE) if last is not None else created + _AFTER),
    )


def _to_decide(decision: Decision, known: Known) -> Reminder:
    """A proposal on which nobody is left to be heard; its decider is reminded once its deadline is near."""
    created = datetime.fromisoformat(decision.created_at)
    last = datetime.fromisoformat(f"{decision.deadline}T00:00:00+00:00") if decision.deadline else created + _AFTER
    about = _reminder(decision, _DEADLINE, known)
    ripe = to_text(max(created, last - _BEFORE))
    return replace(
        about, since=decision.created_at, told="ready for your decision", due=decision.deadline, ripe_at=ripe
    )


def people(reader: Reader, team_id: str) -> Iterable[str]:
    """Return who decides and who wrote down what is not at its end."""
    for each in decisions.open_ones(reader, team_id, None):
        yield from (each.decider, each.created_by, *each.asked)


def _reminder(decision: Decision, kind: str, known: Known) -> Reminder:
    people = [each for each in (decision.decider, decision.created_by) if each and each not in known.gone]
    due = decision.deadline if kind == _DEADLINE else decision.review_on or decision.expected_by
    expected = f" Expected: {blocks.cut(decision.expected, 80)}" if decision.expected else ""
    told = f"does it still hold?{expected}" if kind == _REVIEW else "past its deadline, accept it or withdraw it"
    return Reminder(
        kind=kind,
        subject=decision.id,
        visibility=decision.visibility,
        people=tuple(people[:1]) or known.admins,
        lead=next((each for each in (*people[1:], *known.admins) if each not in people[:1]), ""),
        since=due,
        due=due,
        active_at=decision.created_at,
        harm=_HARM[kind],
        told=told,
        button=lambda _person: blocks.button("Open", record.OPEN, decision.id),
        topic=_TOPIC,
        title=f"{decision.number} {decision.title}",
    )
