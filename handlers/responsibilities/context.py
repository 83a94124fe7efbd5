"""Finds the component and the duty that an interaction is about, as far as the person may see them."""

from dataclasses import dataclass

from handlers.access.visibility import Viewpoint
from handlers.responsibilities.catalogue import DutyKind, catalogue_of
from handlers.responsibilities.rules.duties import present
from handlers.slack.interactions import Interaction
from storage.engine.interface import Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Duty
from storage.workspaces.people import gone_people


@dataclass(frozen=True, slots=True)
class Seen:
    """A duty of a component, what the catalogue says of it, and who is gone of those who had to do with it."""

    component: Component
    kind: DutyKind
    duty: Duty
    gone: frozenset[str] = frozenset()

    @property
    def value(self) -> str:
        """Return what a button carries to find it again."""
        return f"{self.component.id}:{self.kind.id}"

    @property
    def present(self) -> Duty:
        """Return the duty as it stands without those who are gone."""
        return present(self.duty, self.gone)

    @property
    def name(self) -> str:
        return f"{self.kind.name} of {self.component.name}"


def seen(reader: Reader, team_id: str, value: str, viewpoint: Viewpoint) -> Seen | None:
    """Return the duty that a button or a form names; None where it is gone or may not be seen."""
    component_id, _, duty_id = value.partition(":")
    component = responsibilities.component(reader, team_id, component_id)
    if component is None or component.visibility not in viewpoint.visibilities:
        return None
    return found(reader, component, duty_id)


def found(reader: Reader, component: Component, duty_id: str) -> Seen | None:
    """Return a duty of a component, where it has that one."""
    kind = catalogue_of(reader, component.team_id).get(duty_id)
    duty = responsibilities.duty(reader, component.team_id, component.id, duty_id)
    if kind is None or duty is None or component.kind not in kind.kinds:
        return None
    return Seen(component, kind, duty, gone_people(reader, component.team_id))


def all_of(reader: Reader, components: list[Component]) -> list[Seen]:
    """Return every duty of some components, in the order of the catalogue."""
    if not components:
        return []
    catalogue = catalogue_of(reader, components[0].team_id)
    by_id = {each.id: each for each in components}
    places = {duty_id: place for place, duty_id in enumerate(catalogue)}
    duties = responsibilities.duties_of(reader, components[0].team_id, list(by_id))
    gone = gone_people(reader, components[0].team_id)
    listed = [
        Seen(by_id[each.component_id], catalogue[each.duty], each, gone)
        for each in duties
        if each.duty in catalogue and by_id[each.component_id].kind in catalogue[each.duty].kinds
    ]
    return sorted(listed, key=lambda each: (each.component.name.casefold(), places[each.kind.id]))


def may_see(interaction: Interaction, viewpoint: Viewpoint) -> tuple[str, ...]:
    """Return which records an answer may tell of: all that the person sees, or those that everybody there does."""
    return viewpoint.visibilities if interaction.is_private else viewpoint.shown_to_all
