"""Whether what is required of a component is met, and whether it is written down how it is called and used."""

from collections.abc import Iterator, Sequence

from handlers.hooks.readiness import Point
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import aspects_of
from storage.engine.interface import Reader
from storage.requirements import requirements
from storage.requirements.requirements import CARDS, Card, Evaluation
from storage.responsibilities.responsibilities import Component


def points(reader: Reader, component: Component, _visible: Sequence[str]) -> Sequence[Point]:
    """Return how each requirement stands; of the other sheets what is not agreed."""
    card = CARDS.one(reader, component.team_id, component_id=component.id)
    evaluations = requirements.evaluations_of(reader, component.team_id, component.id)
    return [*_required(component, card, evaluations), *_documented(component, card)]


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


def _documented(component: Component, card: Card | None) -> Iterator[Point]:
    for sheet in ("interface", "usage"):
        for aspect in aspects_of(component.kind, sheet):
            if status.state_of(card.requirements.get(aspect) if card is not None else None) != "agreed":
                yield Point("undocumented", status.label(aspect).lower())
