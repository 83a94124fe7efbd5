"""Which duties of a component nobody has."""

from collections.abc import Sequence

from handlers.hooks.readiness import Point
from handlers.responsibilities.catalogue import catalogue_of
from handlers.responsibilities.rules.duties import present
from storage.engine.interface import Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people


def points(reader: Reader, component: Component, _visible: Sequence[str]) -> Sequence[Point]:
    """Return the duties that nobody has accepted, or of whom accepted nobody is left."""
    kinds, gone = catalogue_of(reader, component.team_id), gone_people(reader, component.team_id)
    duties = responsibilities.duties_of(reader, component.team_id, [component.id])
    stands = ((kinds[each.duty].name, present(each, gone).state) for each in duties if each.duty in kinds)
    return [Point("unowned", name.lower()) for name, state in stands if state not in ("accepted", "not needed")]
