"""Every step with duties, inside a write, with what others are told of it and the messages that asked for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.access.recipients import Destination, Facts, notify, post
from handlers.access.settling import Deed, settle
from handlers.agreements.change_needs import by_duty
from handlers.agreements.links import Joining
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.responsibilities.messages import duties as duty_messages
from handlers.responsibilities.messages import register as register_messages
from handlers.responsibilities.messages import retirement as retirement_messages
from handlers.responsibilities.rules import duties as rules
from handlers.responsibilities.rules import importing
from handlers.responsibilities.rules.duties import Step
from handlers.responsibilities.rules.importing import Plan
from handlers.responsibilities.rules.standing import Change, ComponentDuty, to_ask
from handlers.responsibilities.rules.teams import owner_team_of
from handlers.responsibilities.service import links
from handlers.responsibilities.service.register import add, found, seen
from handlers.slack.blocks import Message
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.responsibilities import questions, responsibilities
from storage.responsibilities.teams import teams as all_teams

#: Steps that end the question of who has a duty.
_SETTLED = ("accepted", "not needed")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done with duties, the messages that others get, and the edits of those that asked for it.

    ``late`` are duties that somebody else took on before, ``refused`` says why some steps were not taken.
    """

    changes: Sequence[Change] = ()
    late: Sequence[ComponentDuty] = ()
    refused: Sequence[Refused] = ()
    messages: Sequence[Delivery] = ()
    edits: Sequence[Delivery] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who is asked to take which duties, and the message that each of them gets, behind the edits of older ones."""

    asked: Mapping[str, Sequence[ComponentDuty]]
    messages: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Question:
    """A duty that somebody asks about, who was ``asked`` to find an owner for it, and the message that they get.

    ``is_open`` where nobody has it; then ``asked`` is empty where there is nobody to ask.
    """

    about: ComponentDuty
    is_open: bool = False
    asked: str = ""
    messages: Sequence[Delivery] = ()


def take(transaction: Transaction, team_id: str, wanted: Iterable[tuple[str, Step]], facts: Facts) -> Taken:
    """Take steps with duties, named as buttons name them, as these stand now; tell each whom it concerns once."""
    ended = [_taken(transaction, team_id, value, step, facts) for value, step in wanted]
    changes = [each for each in ended if isinstance(each, Change)]
    messages = notify(transaction, team_id, _told(transaction, changes, facts), facts)
    noted = [sent for each in changes if each.is_proposal for sent in _met_a_change(transaction, each, facts)]
    return Taken(
        changes,
        [each for each in ended if isinstance(each, ComponentDuty)],
        [each for each in ended if isinstance(each, Refused)],
        messages,
        [*_settled(transaction, team_id, changes, facts), *noted],
    )


def _met_a_change(transaction: Transaction, change: Change, facts: Facts) -> list[Delivery]:
    about = change.after
    duty = (about.kind.id, about.kind.short)
    return by_duty(transaction, about.component.team_id, about.component.id, duty, facts)


def _taken(
    transaction: Transaction, team_id: str, value: str, step: Step, facts: Facts
) -> Change | ComponentDuty | Refused:
    about = seen(transaction, team_id, value, facts.visible)
    if about is None:
        return Refused(register_messages.GONE)
    if about.component.is_retired:
        return retirement_messages.ended(about.component)
    return about if rules.is_late(about.present, step) else _changed(transaction, about, step, facts)


def _changed(transaction: Transaction, about: ComponentDuty, step: Step, facts: Facts) -> Change | Refused:
    done = rules.step(about.present, step, facts.now)
    if isinstance(done, NotAllowed):
        return replace(done, visibility=about.component.visibility)
    if isinstance(done, Refused):
        return done
    teams = all_teams(transaction, about.component.team_id)
    theirs = {"owner_team": owner_team_of(done.duty, step, about.component, teams)}
    new = responsibilities.change_duty(transaction, about.duty, done.duty.model_copy(update=theirs), done.entry)
    return Change(about, replace(about, duty=new, team=teams.get(new.owner_team)), step)


def _told(transaction: Transaction, changes: Sequence[Change], facts: Facts) -> dict[str, Message]:
    """Return what each person is told: what was done, or what they are asked to take on."""
    heard, asked = defaultdict[str, list[Change]](list), defaultdict[str, list[ComponentDuty]](list)
    for each in changes:
        people = list(each.concerns)
        if each.after.duty.state in _SETTLED:
            people += questions.end(transaction, each.before.duty)
        for person in dict.fromkeys(people):
            heard[person].append(each)
        if each.is_proposal:
            asked[each.after.duty.proposed_to].append(each.after)
    note = changes[0].step.note if changes else ""
    told = {person: duty_messages.told_of(listed, person) for person, listed in heard.items()}
    return told | {person: duty_messages.proposed(listed, facts.by, person, note) for person, listed in asked.items()}


def _settled(transaction: Transaction, team_id: str, changes: Sequence[Change], facts: Facts) -> list[Delivery]:
    """Have the messages that asked for duties say what was done; who helps with one, nobody was asked."""
    moved = [each for each in changes if each.step.act != "help"]
    did = duty_messages.did(moved)
    return settle(transaction, team_id, [_deed(each, did, facts) for each in moved], facts)


def _deed(change: Change, did: str, facts: Facts) -> Deed:
    """Return what became of a duty; an answer in a channel, and who said "yes, if …", reads how it stands."""

    def instead(reader: str) -> Message | None:
        if not reader.startswith(("U", "W")):
            return register_messages.answer(change.after, "", facts.names)
        is_open = change.step.act == "need" and reader == change.step.by
        return register_messages.answer(change.after, reader) if is_open else None

    return Deed((change.before.value,), did, instead=instead)


def propose(
    transaction: Transaction,
    wanted: Iterable[tuple[ComponentDuty, str]],
    facts: Facts,
    teams: Mapping[str, str] | None = None,
) -> Proposed:
    """Propose duties that were just read to people, each of whom hears of all of theirs in one message.

    ``teams`` are the ids of the teams for which that is, by the values of the duties.
    """
    of_team = teams or {}
    ended = [
        _changed(transaction, about, Step("propose", facts.by, person, team=of_team.get(about.value)), facts)
        for about, person in wanted
    ]
    changes = [each for each in ended if isinstance(each, Change)]
    asked: defaultdict[str, list[ComponentDuty]] = defaultdict(list)
    for each in changes:
        asked[each.step.person].append(each.after)
    told = {person: duty_messages.proposed(listed, facts.by, person) for person, listed in asked.items()}
    team_id = next((each.before.component.team_id for each in changes), "")
    about = tuple(sorted({each.component.visibility for each in asked.get(facts.by, ())}))
    own = [post(Destination(team_id, facts.by, about=about), told[facts.by], facts.now)] if facts.by in told else []
    edits = _settled(transaction, team_id, changes, facts)
    return Proposed(asked, [*edits, *notify(transaction, team_id, told, facts), *own])


def carry_out(transaction: Transaction, team_id: str, plan: Plan, facts: Facts) -> Proposed:
    for new in plan.added.values():
        add(transaction, team_id, new, facts)
    there = importing.visible(responsibilities.all_components(transaction, team_id))
    wanted = [(found(transaction, there[key], duty), person) for (key, duty), person in plan.proposed.items()]
    teams = {f"{there[key].id}:{duty}": team for (key, duty), team in plan.for_teams.items()}
    done = propose(transaction, [(about, person) for about, person in wanted if about is not None], facts, teams)
    joinings = [Joining(there[source], joint, there[target]) for source, joint, target in plan.joined]
    return replace(done, messages=[*done.messages, *links.import_all(transaction, team_id, joinings, facts)])


def ask(transaction: Transaction, shown: ComponentDuty, places: tuple[str, str], facts: Facts) -> Question:
    """Answer who has a duty; who can find an owner for one that nobody has is asked, once.

    ``places`` are the channel in which it was asked, where everybody may know of that one, and the channel in which its
    team may be asked; each may be empty.
    """
    place, there = places
    about = found(transaction, shown.component, shown.kind.id) or shown
    people = (each for each in to_ask(about) if facts.may_hear(each) and each not in facts.left)
    to = next(people, "")
    if about.present.state != "unowned" or to == facts.by:
        return Question(about)
    is_first = questions.ask(transaction, about.duty, facts.by, place, facts.now)
    if about.team is not None and there not in ("", place):
        message = duty_messages.asked_for(about, facts.by, place, "", facts.names)
        messages = [post(Destination(about.component.team_id, there), message, facts.now)] if is_first else []
        return Question(about, is_open=True, asked=there, messages=messages)
    told = {to: duty_messages.asked_for(about, facts.by, place, to)} if is_first else {}
    return Question(about, is_open=True, asked=to, messages=notify(transaction, about.component.team_id, told, facts))
