"""A session on words: what it would be about, planned with an owner and a day, and what was clarified in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.access.recipients import Facts, notify
from handlers.checks.outcomes import Refused
from handlers.glossary.around import disciplines_of
from handlers.glossary.rules.ordering import in_order
from handlers.glossary.service import meanings
from handlers.glossary.service.meanings import Outcome, Saved, Shown
from handlers.glossary.sessions import messages, rules
from handlers.glossary.sessions.rules import Against, Agenda, Confused, Pair
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.finding import finding
from storage.glossary import glossary, opinions, sessions
from storage.glossary.glossary import Sense
from storage.glossary.questions import unanswered
from storage.glossary.sessions import Session
from storage.outbox.deliveries import Delivery
from storage.records.ids import new_id
from storage.workspaces.workspaces import Workspace

#: Of the words asked for, so many are looked at; of those that nobody has defined, so many are named.
_ASKED, _UNDEFINED = 50, 5
#: So many records of the team show how a word is used.
_EXAMPLES = 2
_SEEN = [WORKSPACE]


@dataclass(frozen=True, slots=True)
class Planned:
    session: Session
    messages: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Clarified:
    """The meanings that were settled, and those that this person may not settle or that have changed meanwhile."""

    settled: Sequence[Sense]
    left: Sequence[str]
    messages: Sequence[Delivery]


def agenda(reader: Reader, workspace: Workspace, visible: Sequence[str], begin: str) -> Agenda:
    """Return what is misread since a moment (ISO 8601 UTC text), of the words that everybody may see.

    What a session clarified is left out, until somebody asks or objects anew.
    """
    team_id, settled = workspace.team_id, sessions.clarified(reader, workspace.team_id)
    asked = _asked(reader, team_id, begin, settled)
    against = _against(reader, workspace, begin, settled)
    found = (_confused(reader, workspace, key, asked.get(key, 0), against.get(key, ())) for key in {**asked, **against})
    words = rules.agenda(each for each in found if each is not None)
    undefined = [each for each in unanswered(reader, team_id, _SEEN, _UNDEFINED) if each.state == "open"]
    return Agenda(words, _examples(reader, team_id, words, visible), undefined)


def of_session(reader: Reader, workspace: Workspace, visible: Sequence[str], held: Session) -> Agenda:
    """Return what a planned session is about, as its words stand now."""
    against = _against(reader, workspace, "", {})
    found = (_confused(reader, workspace, key, 0, against.get(key, ())) for key in held.words)
    words = rules.agenda(each for each in found if each is not None)
    return Agenda(words, _examples(reader, workspace.team_id, words, visible))


def _asked(reader: Reader, team_id: str, begin: str, settled: Mapping[str, str]) -> dict[str, int]:
    """Return how often words were asked for, by look-up key; a settled one only if it was since."""

    def since(moment: str) -> dict[str, int]:
        found = opinions.asked_between(reader, team_id, _SEEN, moment, _ASKED)
        return {glossary.look_up_key(word): times for word, times, _ in found}

    again = {moment: since(moment) for moment in set(settled.values()) if moment > begin}
    return {key: times for key, times in since(begin).items() if key in again.get(settled.get(key, ""), (key,))}


def _against(reader: Reader, workspace: Workspace, begin: str, settled: Mapping[str, str]) -> dict[str, list[Against]]:
    """Return the objections to the meanings that everybody may see, by the word's look-up key."""
    made, disciplines = sessions.objections(reader, workspace.team_id, begin), disciplines_of(reader, workspace)
    senses = glossary.senses_by_id(reader, workspace.team_id, [each.sense_id for each in made])
    found: dict[str, list[Against]] = {}
    for each in made:
        sense = senses.get(each.sense_id)
        if sense is None or sense.visibility != WORKSPACE:
            continue
        if each.is_open or each.at > settled.get(sense.look_up_key, ""):
            told = Against(sense, disciplines.get(each.by, ""), each.is_dispute)
            found.setdefault(sense.look_up_key, []).append(told)
    return found


def _confused(
    reader: Reader, workspace: Workspace, key: str, asked: int, against: Sequence[Against]
) -> Confused | None:
    senses = glossary.senses_named(reader, workspace.team_id, key, _SEEN)
    return rules.confused(in_order(senses, workspace.disciplines), asked, against)


def _examples(
    reader: Reader, team_id: str, words: Mapping[Pair, Sequence[Confused]], visible: Sequence[str]
) -> dict[str, Sequence[str]]:
    every = [each for listed in words.values() for each in listed]
    found = {each.key: finding.search(reader, team_id, [[each.word.casefold()]], visible) for each in every}
    return {key: [each.title for each in hits if each.title][:_EXAMPLES] for key, hits in found.items() if hits}


def plan(transaction: Transaction, team_id: str, wanted: tuple[str, str, Sequence[str]], facts: Facts) -> Planned:
    """Plan a session: its owner, its day and its words; the owner hears of it."""
    owner, held_on, words = wanted
    made = Session(
        id=new_id(),
        team_id=team_id,
        owner=owner,
        held_on=held_on,
        words=tuple(words),
        planned_by=facts.by,
        planned_at=to_text(facts.now),
    )
    sessions.plan(transaction, made)
    told = notify(transaction, team_id, {owner: messages.yours(made, facts.by)}, facts)
    return Planned(made, told)


def clarify(transaction: Transaction, held: Session, ticked: Sequence[Shown], facts: Facts) -> Clarified | Refused:
    """Approve, keep or verify what the people of a session agreed on, as far as whoever says so may settle it."""
    settled, left, told = list[Sense](), list[str](), list[Delivery]()
    for shown in ticked:
        sense = glossary.sense(transaction, held.team_id, shown.sense_id)
        outcome = _settle(transaction, shown, sense, facts)
        if isinstance(outcome, Saved):
            settled.append(outcome.sense)
            told += outcome.messages
        elif sense is not None:
            left.append(f"{sense.word} ({sense.discipline})")
    if not settled:
        return messages.nothing_settled(left)
    sessions.end(transaction, held, facts.now)
    return Clarified(settled, left, told)


def _settle(transaction: Transaction, shown: Shown, sense: Sense | None, facts: Facts) -> Outcome | None:
    if sense is None or sense.visibility != WORKSPACE:
        return None
    steps = {"draft": meanings.approve, "disputed": meanings.keep, "approved": meanings.verify}
    return steps[sense.status](transaction, shown, facts) if sense.status in steps else None
