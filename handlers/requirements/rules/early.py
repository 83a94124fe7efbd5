"""What of a card is still to be said that comes first because of the way a component came about, and by whom. Pure."""

from collections.abc import Iterator, Mapping

from handlers.agreements.trajectory import EARLY
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import early, sheets_of
from storage.requirements.requirements import Aspect, Card, Sheet, Side
from storage.responsibilities.responsibilities import Component, SetUp

#: Who is asked early: who knows the use of a model that is there already, and who knows what data and a model can give.
#: Where both sides begin at once, both meet at the interface.
_ASKED: Mapping[SetUp, tuple[Side, ...]] = {
    "model first": ("product",),
    "product first": ("model",),
    "parallel": ("model", "product"),
}


def unsaid(component: Component, card: Card | None) -> Iterator[tuple[Sheet, list[Aspect]]]:
    """Yield what comes first and nobody has said yet, by the sheet on which it stands."""
    said = card.requirements if card is not None else {}
    for sheet in sheets_of(component.kind):
        if left := [each for each in early(component, sheet) if each not in said]:
            yield sheet, left


def asked(component: Component, gone: frozenset[str]) -> tuple[str, ...]:
    """Return who is asked to say it."""
    sides = (status.speakers(component, side, gone) for side in _ASKED[component.set_up])
    return tuple(dict.fromkeys(who for people in sides for who in people))


def why(component: Component, card: Card, sheet: Sheet) -> str:
    """Return why some things come first on a sheet; empty once both sides have agreed to them."""
    first = early(component, sheet)
    left = [each for each in first if status.state_of(card.requirements.get(each)) != "agreed"]
    return EARLY[component.set_up].why if left else ""
