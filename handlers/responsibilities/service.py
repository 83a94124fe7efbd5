"""Every change of the register, inside a write, with what others are told of it; and how the register is read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.access.recipients import Destination, Facts, notify, post
from handlers.access.settling import Deed, settle
from handlers.agreements import components
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.responsibilities.catalogue import DutyKind, catalogue_of, read_catalogue, standard_text
from handlers.responsibilities.messages import components as component_messages
from handlers.responsibilities.messages import duties as duty_messages
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages.register import GONE
from handlers.responsibilities.rules import duties as rules
from handlers.responsibilities.rules import importing
from handlers.responsibilities.rules.components import as_component
from handlers.responsibilities.rules.duties import Step
from handlers.responsibilities.rules.importing import Plan
from handlers.responsibilities.rules.standing import ComponentDuty, side_of, to_ask
from handlers.slack.blocks import Message
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities import questions, responsibilities
from storage.responsibilities.responsibilities import Component, Duty, NewComponent
from storage.workspaces.people import gone_people
from storage.workspaces.workspaces import note_place

#: Steps that end the question of who has a duty.
_SETTLED = ("accepted", "not needed")


@dataclass(frozen=True, slots=True)
class Saved:
    """A component as it is now, and its duties in the order of the catalogue."""

    component: Component
    duties: Sequence[ComponentDuty]


@dataclass(frozen=True, slots=True)
class Taken:
    """A duty after a step, the messages that others get, and the edits of those that asked for it.

    ``is_late``: somebody else was first, and nothing changed.
    """

    about: ComponentDuty
    messages: Sequence[Delivery] = ()
    edits: Sequence[Delivery] = ()
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who is asked to take which duties, and the message that each of them gets."""

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


def known(reader: Reader, team_id: str, visible: Sequence[str]) -> tuple[list[Component], list[DutyKind]]:
    """Return the components that may be seen, by name, and the duties of the catalogue."""
    return responsibilities.components(reader, team_id, visible), list(catalogue_of(reader, team_id).values())


def seen(reader: Reader, team_id: str, value: str, visible: Sequence[str]) -> ComponentDuty | None:
    """Return the duty that a button or a form names; None where it is gone or may not be seen."""
    component_id, _, duty_id = value.partition(":")
    component = components.seen(reader, team_id, component_id, visible)
    return found(reader, component, duty_id) if component is not None else None


def found(reader: Reader, component: Component, duty_id: str) -> ComponentDuty | None:
    kind = catalogue_of(reader, component.team_id).get(duty_id)
    duty = responsibilities.duty(reader, component.team_id, component.id, duty_id)
    if kind is None or duty is None or component.kind not in kind.kinds:
        return None
    return ComponentDuty(component, kind, duty, gone_people(reader, component.team_id))


def all_of(reader: Reader, listed: Sequence[Component]) -> list[ComponentDuty]:
    """Return every duty of some components, in the order of the catalogue."""
    if not listed:
        return []
    team_id = listed[0].team_id
    duties = responsibilities.duties_of(reader, team_id, [each.id for each in listed])
    return in_order(listed, duties, catalogue_of(reader, team_id), gone_people(reader, team_id))


def in_order(
    listed: Sequence[Component], duties: Sequence[Duty], catalogue: Mapping[str, DutyKind], gone: frozenset[str]
) -> list[ComponentDuty]:
    """Return the duties of some components that the catalogue has for them, in its order."""
    by_id = {each.id: each for each in listed}
    places = {duty_id: place for place, duty_id in enumerate(catalogue)}
    found = [
        ComponentDuty(by_id[each.component_id], catalogue[each.duty], each, gone)
        for each in duties
        if each.duty in catalogue and by_id[each.component_id].kind in catalogue[each.duty].kinds
    ]
    return sorted(found, key=lambda each: (each.component.name.casefold(), places[each.kind.id]))


def of_person(reader: Reader, team_id: str, user_id: str, visible: Sequence[str]) -> list[ComponentDuty]:
    """Return the duties that a person has, claims or is asked to take, as far as they may be seen."""
    duties = responsibilities.duties_with(reader, team_id, user_id)
    listed = (seen(reader, team_id, f"{each.component_id}:{each.duty}", visible) for each in duties)
    return [each for each in listed if each is not None]


def add(transaction: Transaction, team_id: str, new: NewComponent, facts: Facts) -> Saved | Refused:
    """Add a component with its duties; what nobody adds, as an import, is its lead's."""
    component = as_component(new, team_id, facts.by or new.lead, facts.now)
    kinds = list(catalogue_of(transaction, team_id).values())
    if not responsibilities.add_component(transaction, component, rules.duties_for(component, kinds)):
        return Refused(component_messages.NAME_TAKEN, "name")
    if component.visibility != WORKSPACE:
        note_place(transaction, team_id, component.visibility)
    return Saved(component, all_of(transaction, [component]))


def change(transaction: Transaction, shown: Component, new: NewComponent, facts: Facts) -> Saved | Refused:
    """Change a component as it was ``shown`` to who changes it; it keeps its duties, and gets those of its new kind."""
    old = components.seen(transaction, shown.team_id, shown.id, facts.visible)
    if old is None:
        return Refused(GONE)
    if not components.may_edit(old, facts.by, is_admin=facts.is_admin):
        return component_messages.not_theirs(old)
    if old.version != shown.version:
        return Refused(component_messages.CHANGED_MEANWHILE, "name")
    entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what="changed")
    changed = responsibilities.change_component(transaction, old, new, entry)
    if changed is None:
        return Refused(component_messages.NAME_TAKEN, "name")
    duties = rules.duties_for(changed, list(catalogue_of(transaction, old.team_id).values()))
    dated = [each.model_copy(update={"changed_at": entry.at}) for each in duties]
    responsibilities.add_duties(transaction, dated)
    return Saved(changed, all_of(transaction, [changed]))


def take(transaction: Transaction, shown: ComponentDuty, step: Step, facts: Facts) -> Taken | Refused:
    """Take a step with a duty as it stands now, and tell whom it concerns."""
    about = seen(transaction, shown.component.team_id, shown.value, facts.visible)
    if about is None:
        return Refused(GONE)
    if rules.is_late(about.present, step):
        return Taken(about, is_late=True)
    after = _changed(transaction, about, step, facts)
    if isinstance(after, Refused):
        return after
    told = concerned(about, after, step)
    if after.duty.state in _SETTLED:
        told |= dict.fromkeys(questions.end(transaction, about.duty), duty_messages.answered(after))
    edits = settle(transaction, about.component.team_id, [deed(about, after, step, facts)], facts)
    return Taken(after, notify(transaction, about.component.team_id, told, facts), edits)


def deed(before: ComponentDuty, after: ComponentDuty, step: Step, facts: Facts) -> Deed:
    """Return what the messages that asked for a duty say from now on; an answer in a channel says how it stands."""

    def instead(reader: str) -> Message | None:
        is_answer = not reader.startswith(("U", "W"))
        return register.answer(after, "", facts.names) if is_answer else None

    return Deed((before.value,), duty_messages.did(step), duty_messages.left(after, step), instead)


def _changed(transaction: Transaction, about: ComponentDuty, step: Step, facts: Facts) -> ComponentDuty | Refused:
    done = rules.step(about.present, step, facts.now)
    if isinstance(done, NotAllowed):
        return replace(done, visibility=about.component.visibility)
    if isinstance(done, Refused):
        return done
    return replace(about, duty=responsibilities.change_duty(transaction, about.duty, done.duty, done.entry))


def concerned(before: ComponentDuty, after: ComponentDuty, step: Step) -> dict[str, Message]:
    """Return who is told of a step, and what: whoever is asked, had it, claims it, asked for it, or leads."""
    old, new, lead = before.duty, after.duty, before.component.lead
    people: list[str] = []
    if step.act == "suggest" and step.by not in (old.proposed_to, old.owner, *old.claimants):
        step = replace(step, act="propose")
    match step.act:
        case "dispute":
            people = [*new.claimants, lead]
        case "claim":
            people = [old.proposed_by, old.proposed_to]
        case "decline" | "suggest":
            people = [old.proposed_by, *new.claimants, new.owner, lead]
        case "propose":
            people = [lead, old.proposed_to]
        case "need":
            people = [old.proposed_by or lead]
        case "not needed":
            people = [old.owner, old.proposed_to, lead]
    told = {each: duty_messages.told_of(after, step, each) for each in people}
    if new.state == "proposed" and step.act in ("propose", "suggest"):
        told[new.proposed_to] = duty_messages.proposed([after], step.by, new.proposed_to, step.note)
    return told


def propose(transaction: Transaction, wanted: Iterable[tuple[ComponentDuty, str]], facts: Facts) -> Proposed:
    """Propose duties that were just read to people, each of whom hears of all of theirs in one message."""
    asked: defaultdict[str, list[ComponentDuty]] = defaultdict(list)
    for about, person in wanted:
        after = _changed(transaction, about, Step("propose", facts.by, person), facts)
        if not isinstance(after, Refused):
            asked[person].append(after)
    told = {person: duty_messages.proposed(listed, facts.by, person) for person, listed in asked.items()}
    team_id = next((each.component.team_id for listed in asked.values() for each in listed), "")
    own = [post(Destination(team_id, facts.by), told[facts.by], facts.now)] if facts.by in told else []
    return Proposed(asked, [*notify(transaction, team_id, told, facts), *own])


def propose_to_sides(transaction: Transaction, component: Component, fit: Sequence[str], facts: Facts) -> Proposed:
    """Propose each duty that nobody has to the first person of the side that it falls to, of those who are ``fit``."""
    sides = [(about, side_of(about)) for about in all_of(transaction, [component]) if about.duty.state == "unowned"]
    first = [(about, side[0]) for about, side in sides if side and side[0] not in about.duty.declined_by]
    return propose(transaction, [(about, person) for about, person in first if person in fit], facts)


def carry_out(transaction: Transaction, team_id: str, plan: Plan, facts: Facts) -> Proposed:
    for new in plan.added.values():
        add(transaction, team_id, new, facts)
    there = importing.visible(responsibilities.all_components(transaction, team_id))
    wanted = [(found(transaction, there[key], duty), person) for (key, duty), person in plan.proposed.items()]
    return propose(transaction, [(about, person) for about, person in wanted if about is not None], facts)


def ask(transaction: Transaction, shown: ComponentDuty, place: str, facts: Facts) -> Question:
    """Answer who has a duty; who can find an owner for one that nobody has is asked, once.

    ``place`` is the channel in which it was asked, where everybody may know of that one.
    """
    about = found(transaction, shown.component, shown.kind.id) or shown
    people = (each for each in to_ask(about) if facts.may_hear(each) and each not in facts.left)
    to = next(people, "")
    if about.present.state != "unowned" or to == facts.by:
        return Question(about)
    is_first = questions.ask(transaction, about.duty, facts.by, place, facts.now)
    told = {to: duty_messages.asked_for(about, facts.by, place, to)} if is_first else {}
    return Question(about, is_open=True, asked=to, messages=notify(transaction, about.component.team_id, told, facts))


def keep_catalogue(transaction: Transaction, team_id: str, text: str) -> None:
    """Keep a workspace's own catalogue (empty: the standard one), and give every component its new duties.

    Raises CatalogueError.
    """
    kinds = read_catalogue(text or standard_text())
    questions.keep_catalogue(transaction, team_id, text)
    for component in responsibilities.all_components(transaction, team_id):
        responsibilities.add_duties(transaction, rules.duties_for(component, kinds))
