"""The register, read; and every change of its components and its catalogue, inside a write."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.access.recipients import Facts
from handlers.agreements import components
from handlers.checks.outcomes import Refused
from handlers.responsibilities.catalogue import DutyKind, catalogue_of, read_catalogue, standard_text
from handlers.responsibilities.messages import components as component_messages
from handlers.responsibilities.messages.register import GONE
from handlers.responsibilities.rules import duties as rules
from handlers.responsibilities.rules import trajectory
from handlers.responsibilities.rules.components import as_component
from handlers.responsibilities.rules.standing import ComponentDuty, standing
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.records.versioned import HistoryEntry
from storage.responsibilities import questions, responsibilities, teams
from storage.responsibilities.responsibilities import Component, Duty, NewComponent
from storage.workspaces.people import gone_people
from storage.workspaces.workspaces import note_place


@dataclass(frozen=True, slots=True)
class Saved:
    """A component as it is now, and its duties in the order of the catalogue."""

    component: Component
    duties: Sequence[ComponentDuty]


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
    team_id = component.team_id
    return standing(component, kind, duty, gone_people(reader, team_id), teams.teams(reader, team_id))


def all_of(reader: Reader, listed: Sequence[Component]) -> list[ComponentDuty]:
    """Return every duty of some components, in the order of the catalogue."""
    if not listed:
        return []
    team_id = listed[0].team_id
    duties = responsibilities.duties_of(reader, team_id, [each.id for each in listed])
    return in_order(reader, listed, duties, gone_people(reader, team_id))


def in_order(
    reader: Reader, listed: Sequence[Component], duties: Sequence[Duty], gone: frozenset[str]
) -> list[ComponentDuty]:
    """Return the duties of some components that the catalogue has for them, in its order."""
    by_id = {each.id: each for each in listed}
    team_id = next((each.team_id for each in listed), "")
    catalogue, owners = catalogue_of(reader, team_id), teams.teams(reader, team_id)
    places = {duty_id: place for place, duty_id in enumerate(catalogue)}
    found = [
        standing(by_id[each.component_id], catalogue[each.duty], each, gone, owners)
        for each in duties
        if each.component_id in by_id
        if each.duty in catalogue and by_id[each.component_id].kind in catalogue[each.duty].kinds
    ]
    return sorted(
        found,
        key=lambda each: (each.component.name.casefold(), not trajectory.comes_first(each), places[each.kind.id]),
    )


def of_person(reader: Reader, team_id: str, user_id: str, visible: Sequence[str]) -> list[ComponentDuty]:
    """Return the duties that a person has, claims or is asked to take, as far as they may be seen."""
    duties = responsibilities.duties_with(reader, team_id, user_id)
    listed = (seen(reader, team_id, f"{each.component_id}:{each.duty}", visible) for each in duties)
    return [each for each in listed if each is not None and not each.component.is_retired]


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
        return component_messages.not_theirs(old, facts.names.get(old.lead, "its lead"))
    if old.version != shown.version:
        return Refused(component_messages.CHANGED_MEANWHILE, "name")
    entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what="changed")
    changed = responsibilities.change_component(transaction, old, new, entry)
    if changed is None:
        return Refused(component_messages.NAME_TAKEN, "name")
    if (decided := trajectory.changed(old, changed, facts.by)) is not None:
        decisions.write_down(transaction, old.team_id, decided, facts.by, entry.at)
    duties = rules.duties_for(changed, list(catalogue_of(transaction, old.team_id).values()))
    dated = [each.model_copy(update={"changed_at": entry.at}) for each in duties]
    responsibilities.add_duties(transaction, dated)
    return Saved(changed, all_of(transaction, [changed]))


def keep_catalogue(transaction: Transaction, team_id: str, text: str) -> None:
    """Keep a workspace's own catalogue (empty: the standard one), and give every component its new duties.

    Raises CatalogueError.
    """
    kinds = read_catalogue(text or standard_text())
    questions.keep_catalogue(transaction, team_id, text)
    for component in responsibilities.all_components(transaction, team_id):
        responsibilities.add_duties(transaction, rules.duties_for(component, kinds))
