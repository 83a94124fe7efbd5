"""Every change of a question what a word means: asked, answered, merged into another word, turned down."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from handlers.access.recipients import Destination, Facts, notify, post
from handlers.access.settling import Deed, settle
from handlers.checks.outcomes import Refused
from handlers.glossary.context import asked_for, open_question
from handlers.glossary.lookup import Glossary
from handlers.glossary.messages import questions as messages
from handlers.glossary.rules import writing
from handlers.glossary.rules.knowing import Likely
from handlers.glossary.rules.naming import Found
from handlers.glossary.rules.rights import rights_of
from handlers.slack.blocks import Message
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.glossary import changes, glossary, misses, questions
from storage.glossary.changes import Change
from storage.glossary.forms import exact
from storage.glossary.glossary import Sense
from storage.glossary.questions import ALONE, Asking, Question, Thread
from storage.outbox import asks, claims
from storage.outbox.deliveries import Delivery
from storage.workspaces.workspaces import hold, known_workspace, note_place
from storage.workspaces.workspaces import workspace as find_workspace

_ALL = 100_000
_DEFINED = " defined this."


@dataclass(frozen=True, slots=True)
class Ended:
    """The question has ended, in ``word`` where it was merged into that."""

    question: Question
    messages: Sequence[Delivery]
    word: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is open now, whether it was before, and what its owner is told."""

    question: Question
    is_new: bool
    messages: Sequence[Delivery] = ()


@dataclass(frozen=True, slots=True)
class How:
    """How a question is asked: in a thread or (an empty one) privately, and why its owner may know the answer."""

    thread: Thread = ALONE
    because: str = ""


class Missed(NamedTuple):
    """A word that wasn't found, where that is counted, when, and the names under which it is counted once."""

    team_id: str
    visibility: str
    word: str
    now: datetime
    claims: tuple[str, ...]


def count_misses(transaction: Transaction, missed: Sequence[Missed]) -> None:
    """Count words that weren't found, each once for what somebody did."""
    # In one order, lest two replicas wait for each other.
    for team_id in sorted({each.team_id for each in missed}):
        theirs = [each for each in missed if each.team_id == team_id]
        if hold(transaction, team_id):
            _count(transaction, team_id, theirs)


def _count(transaction: Transaction, team_id: str, missed: Sequence[Missed]) -> None:
    counts, now = Counter[tuple[str, str]](), missed[-1].now
    new = claims.claim_each(transaction, team_id, (name for each in missed for name in each.claims), now)
    for each in missed:
        counts[each.visibility, each.word] += new.issuperset(each.claims)
        new.difference_update(each.claims)
    misses.count_misses(transaction, team_id, +counts, now)


def ask(transaction: Transaction, question: Question, shown: Glossary, facts: Facts, how: How) -> Asked | Found:
    """Ask for a definition, unless the word has one by now."""
    if (found := shown.found_now(transaction, question.word)) is not None:
        return found
    is_new = questions.ask(transaction, question, facts.by, facts.now, how.thread)
    if question.visibility != WORKSPACE:
        note_place(transaction, question.team_id, question.visibility)
    known = questions.like(transaction, question.team_id, question.visibility, question.word) or question
    told = {question.owner: messages.to_answer(known, how.because)} if is_new else {}
    return Asked(known, is_new, notify(transaction, question.team_id, told, facts))


def merge(transaction: Transaction, team_id: str, key: str, into: str, facts: Facts) -> Ended | Refused:
    """Make a word another name of one that is in the glossary; every meaning of that word gets it."""
    question = _to_end(transaction, team_id, key, facts)
    if isinstance(question, Refused):
        return question
    found = Glossary(known_workspace(transaction, team_id), (question.visibility,)).found_now(transaction, into)
    if found is None:
        return Refused(messages.nothing_to_merge(into, question), "into")
    change = Change(what="changed", by=facts.by, at=to_text(facts.now), note=f"also: {question.word}")
    for sense in found.senses:
        changes.change_sense(transaction, sense, {"aliases": writing.with_alias(sense, question.word)}, change)
    told = _answer(transaction, question, found.senses[0], facts, " linked this to another word.")
    return Ended(question, told, found.word)


def turn_down(transaction: Transaction, team_id: str, key: str, facts: Facts) -> Ended | Refused:
    question = _to_end(transaction, team_id, key, facts)
    if not isinstance(question, Question):
        return question
    asked = questions.end(transaction, question, "closed", facts.now)
    told = dict.fromkeys((_whom(each, facts) for each in asked), messages.not_defined(question))
    edits = _settled(transaction, question, " took this off the list.", facts)
    return Ended(question, [*edits, *_tell(transaction, team_id, told, facts)])


def pass_on(
    transaction: Transaction, team_id: str, key: str, likely: Sequence[Likely], facts: Facts
) -> Ended | Refused:
    """Ask the next who may know what a word means, in the place of one who doesn't."""
    question = _to_end(transaction, team_id, key, facts)
    if isinstance(question, Refused):
        return question
    if facts.by in question.passed or question.owner not in ("", facts.by):
        return Refused(messages.with_another(question))
    others = (each for each in likely if each.user_id not in (*question.passed, facts.by))
    then = next(others, Likely(""))
    questions.pass_on(transaction, question, facts.by, then.user_id)
    said = asks.asking(transaction, team_id, [messages.id_of(question)])
    theirs = {each.id for each in said if each.lane == facts.by}
    edits = settle(transaction, team_id, [Deed((messages.id_of(question),), " passed this on.")], facts, theirs)
    told = {then.user_id: messages.to_answer(question, then.because)}
    return Ended(question, [*edits, *notify(transaction, team_id, told, facts)], then.user_id)


def _to_end(transaction: Transaction, team_id: str, key: str, facts: Facts) -> Question | Refused:
    """Return a question that is open, for somebody who may end it, or why it is not ended."""
    question = open_question(transaction, team_id, key, facts.visible)
    if question is None:
        return Refused(messages.ended(key))
    return question if rights_of(transaction, team_id, facts).looks_after_words else messages.only_stewards(question)


def answer(transaction: Transaction, sense: Sense, facts: Facts) -> list[Delivery]:
    """End the questions that a meaning answers, and return what their askers are told, each once.

    A meaning for everybody answers the questions of every place; one of a channel answers only that channel's.
    """
    places = known_workspace(transaction, sense.team_id).places
    visibilities = [WORKSPACE, *places] if sense.visibility == WORKSPACE else [sense.visibility]
    told, edits = dict[str | Thread, Message](), list[Delivery]()
    for question in asked_for(transaction, sense.team_id, sense, visibilities):
        edits += _settled(transaction, question, _DEFINED, facts)
        for asking in questions.end(transaction, question, "answered", facts.now, facts.by):
            told.setdefault(whom := _whom(asking, facts), _answered(question, sense, whom))
    # Whoever wrote it knows that it is defined, and hears of its approval.
    told.pop(sense.created_by, None)
    return [*edits, *_tell(transaction, sense.team_id, told, facts)]


def answer_all(transaction: Transaction, team_id: str, facts: Facts) -> list[Delivery]:
    """End the questions that the glossary as it is now answers, after a change of many meanings at once."""
    workspace, told = find_workspace(transaction, team_id), list[Delivery]()
    visibilities = [WORKSPACE, *workspace.places] if workspace else []
    for question in questions.unanswered(transaction, team_id, visibilities, most=_ALL):
        if (sense := _approved(transaction, team_id, question)) is not None:
            told += _answer(transaction, question, sense, facts)
    return told


def _answer(
    transaction: Transaction, question: Question, sense: Sense, facts: Facts, did: str = _DEFINED
) -> list[Delivery]:
    asked = (_whom(each, facts) for each in questions.end(transaction, question, "answered", facts.now, facts.by))
    told = {whom: _answered(question, sense, whom) for whom in asked}
    edits = _settled(transaction, question, did, facts)
    return [*edits, *_tell(transaction, sense.team_id, told, facts)]


def _whom(asking: Asking, facts: Facts) -> str | Thread:
    """Return where an answer goes: into the thread of the question if it may be said there, else to whoever asked."""
    return asking.thread if asking.thread in facts.threads else asking.user_id


def _answered(question: Question, sense: Sense, whom: str | Thread) -> Message:
    return messages.answered(question, sense, is_here=isinstance(whom, Thread))


def _tell(reader: Reader, team_id: str, told: Mapping[str | Thread, Message], facts: Facts) -> list[Delivery]:
    """Say an answer once in each thread, and to each who asked for themselves; who else asked is said to nobody."""
    alone = {whom: message for whom, message in told.items() if isinstance(whom, str)}
    openly = [
        post(Destination(team_id, whom.channel, whom.ts), message, facts.now)
        for whom, message in told.items()
        if isinstance(whom, Thread)
    ]
    return [*openly, *notify(reader, team_id, alone, facts)]


def _settled(transaction: Transaction, question: Question, did: str, facts: Facts) -> list[Delivery]:
    """Take the buttons out of the messages that ask for an answer; ``did`` follows who gave it."""
    told = did if facts.by else "An import defined this."
    return settle(transaction, question.team_id, [Deed((messages.id_of(question),), told)], facts)


def _approved(reader: Reader, team_id: str, question: Question) -> Sense | None:
    """Return an approved meaning of what was asked for, where those who asked may see it."""
    visible, keys = sorted({WORKSPACE, question.visibility}), exact(question.word)
    found = (sense for key in keys for sense in glossary.senses_named(reader, team_id, key, visible))
    return next((sense for sense in found if sense.status == "approved"), None)
