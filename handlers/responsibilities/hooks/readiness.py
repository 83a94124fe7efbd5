"""Which duties of a component nobody has."""

from collections.abc import Sequence
from datetime import datetime

from handlers.hooks.readiness import Point
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.service.register import all_of
from storage.engine.interface import Reader
from storage.responsibilities.responsibilities import Component


def points(reader: Reader, component: Component, _visible: Sequence[str], _now: datetime) -> Sequence[Point]:
    """Return the duties that nobody has accepted, or of whom accepted nobody is left."""
    if component.is_retired:
        return []
    left = [each for each in all_of(reader, [component]) if each.present.state not in ("accepted", "not needed")]
    return [Point("unowned", _told(each)) for each in left]


def _told(about: ComponentDuty) -> str:
    return about.kind.name.lower() + (f" ({about.team.name})" if about.team is not None else "")
