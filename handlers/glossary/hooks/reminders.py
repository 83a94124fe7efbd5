"""What the glossary would have people settle: overdue questions, drafts that wait, and disputes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from handlers.checks.dates import day, working_day_before
from handlers.glossary.messages import questions as questions_views
from handlers.glossary.messages.review import REVIEW
from handlers.glossary.rules.review import worth_a_look
from handlers.glossary.sessions.messages import OPEN
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.slack import blocks
from storage.engine.interface import WORKSPACE, Reader, to_text
from storage.glossary import glossary, sessions
from storage.glossary import questions as glossary_questions
from storage.glossary.glossary import Sense
from storage.glossary.questions import Question
from storage.glossary.sessions import Session
from storage.workspaces.workspaces import known_workspace, stewards_of

_QUESTION, _DRAFT, _DISPUTE, _REVIEW = "open question", "draft waits", "disputed meaning", "meanings to review"
_SESSION = "session on words"
KINDS = (
    NudgeKind(_DISPUTE, "Disputed definitions", "words"),
    NudgeKind(_QUESTION, "Words that somebody asked for", "words"),
    NudgeKind(_REVIEW, "Definitions that are unclear, or often asked for and not verified", "words"),
    NudgeKind(_DRAFT, "Drafts to approve", "words"),
    # Words are what stewards are reminded of; to lead a session is anybody's duty.
    NudgeKind(_SESSION, "Sessions on words", "duties"),
)
_ASKED = Topic("words asked for", "Asked for", "words need a definition")
_TO_REVIEW = Topic("words to review", "Words", "definitions to review", blocks.button("Review", REVIEW))
_SESSIONS = Topic("sessions on words", "Sessions on words", "sessions to lead")
_HARM = {_SESSION: 60, _DISPUTE: 55, _QUESTION: 45, _DRAFT: 25, _REVIEW: 15}
#: The steward was told at once; so long they have without a word.
_TIME_TO_ACT = timedelta(days=3)


def open_reminders(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Reminder]:
    """Return overdue questions, drafts, disputed meanings and sessions, each for who looks after it, else admins."""
    stewards: dict[str, list[str]] = {}
    for each in stewards_of(reader, team_id):
        stewards.setdefault(each.discipline, []).append(each.user_id)

    def fit(people: Iterable[str]) -> tuple[str, ...]:
        return tuple(each for each in people if each and each not in known.gone) or known.admins

    visible = [WORKSPACE, *known_workspace(reader, team_id).places]
    waiting = glossary.senses_with_status(reader, team_id, ("draft", "disputed"), visible)
    found = [_of_sense(it, fit([it.steward] if it.steward else stewards.get(it.discipline, ()))) for it in waiting]
    found += [_of_question(each, fit([each.owner])) for each in glossary_questions.overdue(reader, team_id, now)]
    found += [_of_session(each, fit([each.owner])) for each in sessions.to_hold(reader, team_id)]
    return found + [_of_review(*each, fit(stewards.get(each[0], ()))) for each in _to_look_at(reader, team_id)]


def people(reader: Reader, team_id: str) -> Iterable[str]:
    """Return everybody who looks after words, or leads a session on them."""
    leads = {each.owner for each in sessions.to_hold(reader, team_id)}
    return leads | {each.user_id for each in stewards_of(reader, team_id)}


def _of_sense(sense: Sense, who: tuple[str, ...]) -> Reminder:
    kind = _DRAFT if sense.status == "draft" else _DISPUTE
    told = "draft to approve" if kind == _DRAFT else "disputed"
    return Reminder(
        kind=kind,
        subject=sense.id,
        visibility=sense.visibility,
        people=who,
        lead="",
        since=sense.updated_at,
        active_at=sense.updated_at,
        harm=_HARM[kind],
        told=f"{told} ({sense.discipline}): {sense.gloss}",
        # Its id is there for who takes the gloss out of this message.
        button=lambda _person: blocks.button("Review", REVIEW, sense.id),
        topic=_TO_REVIEW,
        title=f"“{sense.word}”",
        ripe_at=to_text(datetime.fromisoformat(sense.updated_at) + _TIME_TO_ACT),
    )


def _of_question(question: Question, who: tuple[str, ...]) -> Reminder:
    return Reminder(
        kind=_QUESTION,
        subject=questions_views.key_of(question),
        visibility=question.visibility,
        people=who,
        lead="",
        since=question.due_at,
        active_at=question.first_at,
        harm=_HARM[_QUESTION],
        told="isn't defined yet, and somebody asked",
        due=question.due_at[:10],
        button=lambda _person: blocks.button("Define it", questions_views.DEFINE, questions_views.key_of(question)),
        topic=_ASKED,
        title=f"“{question.word}”",
    )


def _of_session(session: Session, who: tuple[str, ...]) -> Reminder:
    return Reminder(
        kind=_SESSION,
        subject=session.id,
        visibility=session.visibility,
        people=who,
        lead="",
        since=session.planned_at,
        # Its day comes, whenever it was planned.
        active_at="",
        harm=_HARM[_SESSION],
        told=f"yours to lead: {day(session.held_on)}",
        due=session.held_on,
        button=lambda _person: blocks.button("Open the agenda", OPEN, session.id),
        topic=_SESSIONS,
        ripe_at=f"{working_day_before(date.fromisoformat(session.held_on), ())}T00:00:00+00:00",
    )


def _to_look_at(reader: Reader, team_id: str) -> list[tuple[str, list[Sense]]]:
    """Return by discipline the meanings for everybody that people find unclear, or ask for without verification."""
    by_discipline: dict[str, list[Sense]] = {}
    for each in worth_a_look(reader, team_id, [WORKSPACE]):
        by_discipline.setdefault(each.sense.discipline, []).append(each.sense)
    return sorted(by_discipline.items())


def _of_review(discipline: str, senses: Sequence[Sense], who: tuple[str, ...]) -> Reminder:
    changed = max(each.updated_at for each in senses)
    words = ", ".join(f"“{each.word}”" for each in senses[:5])
    return Reminder(
        kind=_REVIEW,
        subject=f"review {discipline}",
        visibility=WORKSPACE,
        people=who,
        lead="",
        since=changed,
        active_at=changed,
        harm=_HARM[_REVIEW],
        told=f"unclear, or often asked for and not verified: {words}",
        button=lambda _person: blocks.button("Review", REVIEW),
        topic=_TO_REVIEW,
        title=f"Words of {discipline}",
    )
