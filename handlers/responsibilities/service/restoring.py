"""Puts back what an export has: components with their duties, when they retire, and how they are linked."""

from collections.abc import Mapping
from datetime import datetime

from handlers.responsibilities.catalogue import catalogue_of
from handlers.responsibilities.rules import duties as rules
from handlers.responsibilities.rules.components import as_component
from handlers.responsibilities.rules.restoring import KeptLink, Place, Restored
from handlers.responsibilities.rules.teams import as_team
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.records.ids import new_id
from storage.records.versioned import HistoryEntry
from storage.responsibilities import links, responsibilities, teams
from storage.responsibilities.links import LINKS, Link
from storage.responsibilities.responsibilities import COMPONENTS, Component
from storage.responsibilities.teams import TEAMS, NewTeam, Team
from storage.workspaces.people import note_names
from storage.workspaces.workspaces import note_place


def restore(transaction: Transaction, team_id: str, restored: Restored, now: datetime) -> None:
    """Put back each component that isn't in the register, with its duties as they were, and each link; tell nobody."""
    catalogue = list(catalogue_of(transaction, team_id).values())
    note_names(transaction, team_id, restored.names)
    owners = {key: _team(transaction, team_id, new, now).id for key, new in restored.teams.items()}
    added: list[Place] = []
    for place, new in restored.components.items():
        component = as_component(new, team_id, new.lead, now)
        owner = {"team_id": team_id, "component_id": component.id}
        duties = [
            each.model_copy(update={**owner, "owner_team": owners.get(each.owner_team, "")})
            for each in restored.duties[place]
        ]
        if responsibilities.add_component(transaction, component, duties):
            added.append(place)
            responsibilities.add_duties(transaction, rules.duties_for(component, catalogue))
            if component.visibility != WORKSPACE:
                note_place(transaction, team_id, component.visibility)
    every = responsibilities.all_components(transaction, team_id)
    there = {(each.visibility, each.look_up_key): each for each in every}
    _retire(transaction, restored, {place: there[place] for place in added}, there)
    for place, kept in restored.links.items():
        _join(transaction, there[place], kept, there, now)


def _team(transaction: Transaction, team_id: str, new: NewTeam, now: datetime) -> Team:
    """Return the team of that name, which stays as it is where it is there."""
    known = teams.named(transaction, team_id, new.name)
    if known is not None:
        return known
    made = as_team(new, team_id, new.accountable, now)
    TEAMS.add(transaction, made, HistoryEntry(at=made.created_at, by=made.created_by, what="added"))
    return made


def _retire(
    transaction: Transaction, restored: Restored, added: Mapping[Place, Component], there: Mapping[Place, Component]
) -> None:
    """Say of what was put back when it retires; what takes its place is found by its name."""
    for (visibility, key), component in added.items():
        told = restored.retiring[visibility, key]
        if told.retires_on:
            seen = [each for (home, _), each in there.items() if home in (WORKSPACE, visibility)]
            successor = next((each.id for each in seen if each.name == told.replaced_by), "")
            changes = {**told.model_dump(), "replaced_by": successor}
            entry = HistoryEntry(at=component.created_at, by=component.created_by, what=f"retires {told.retires_on}")
            COMPONENTS.change(transaction, component, changes, entry)


def _join(
    transaction: Transaction,
    source: Component,
    kept: tuple[KeptLink, ...],
    there: Mapping[Place, Component],
    now: datetime,
) -> None:
    """Put back the links of a component, in the state in which they were; one that is there stays as it is."""
    at = to_text(now)
    for each in kept:
        target = there.get(each.end)
        if target is None or target.id == source.id:
            continue
        told = each.model_dump(exclude={"target", "of"})
        ends = {"source_id": source.id, "target_id": target.id}
        made = Link.model_validate(
            {**told, **ends, "id": new_id(), "team_id": source.team_id, "created_at": at, "changed_at": at}
        )
        if links.between(transaction, made) is None:
            LINKS.add(transaction, made, HistoryEntry(at=at, by=each.proposed_by, what="restored"))
