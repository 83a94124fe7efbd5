"""Whether what is required of a component is met, and whether it is written down how it is called and used."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers.hooks.readiness import Point
from handlers.requirements.rules import measuring as rules
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import aspects_of
from handlers.requirements.rules.measuring import Check
from handlers.requirements.service import measuring
from storage.engine.interface import Reader
from storage.requirements import requirements
from storage.requirements.requirements import CARDS, Card, Evaluation
from storage.responsibilities.responsibilities import Component


def points(reader: Reader, component: Component, _visible: Sequence[str], now: datetime) -> Sequence[Point]:
    """Return how each requirement stands; of the other sheets what is not agreed."""
    card = CARDS.one(reader, component.team_id, component_id=component.id)
    evaluations = requirements.evaluations_of(reader, component.team_id, component.id)
    planned = measuring.checks(reader, component, card, evaluations, now)
    return [*_required(component, card, evaluations), *_measured(card, planned), *_documented(component, card)]


def _required(component: Component, card: Card | None, evaluations: Sequence[Evaluation]) -> Iterator[Point]:
    open_ = status.open_points(component.kind, card, evaluations)
    for standing in ("missed", "never measured", "not set", "unknown"):
        yield from (Point(standing, status.label(each).lower()) for each in open_.get(standing, ()))
    for aspect in aspects_of(component.kind, "requirements"):
        requirement = card.requirements.get(aspect) if card is not None else None
        measured = status.judged(aspect, requirement, evaluations)
        if measured is not None and measured.verdict == "met":
            yield Point("met", status.label(aspect).lower())
        elif status.state_of(requirement) == "waits":
            yield Point("not agreed", status.label(aspect).lower())


def _measured(card: Card | None, found: Sequence[Check]) -> Iterator[Point]:
    """Yield what lacks of what is planned; what was never measured anywhere stands there as such already."""
    anywhere = {each.aspect for each in found if each.last is not None}
    for each in rules.overdue(found):
        yield Point("overdue", f"{status.label(each.aspect).lower()} in production")
    for each in rules.missing(found):
        if each.aspect in anywhere:
            yield Point("never measured", f"{status.label(each.aspect).lower()} {each.stage}")
    yield from (Point("not planned", status.label(each).lower()) for each in rules.unplanned(card))


def _documented(component: Component, card: Card | None) -> Iterator[Point]:
    for sheet in ("interface", "usage"):
        for aspect in aspects_of(component.kind, sheet):
            if status.state_of(card.requirements.get(aspect) if card is not None else None) != "agreed":
                yield Point("undocumented", status.label(aspect).lower())
