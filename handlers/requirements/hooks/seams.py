"""What a requirement card promises where a model meets what it serves: how far it is agreed, and what it misses."""

from collections.abc import Sequence

from handlers.hooks.seams import Artefact, Looked, Standing
from handlers.requirements.hooks.reminders import place_of
from handlers.requirements.messages.card import OPEN
from handlers.requirements.rules import status
from handlers.slack import blocks
from storage.engine.interface import Reader
from storage.requirements import requirements
from storage.requirements.requirements import ASPECTS, CARDS, Card, Evaluation
from storage.responsibilities.responsibilities import Component


def tell(reader: Reader, team_id: str, looked: Looked) -> Sequence[Artefact]:
    """Tell of the card of each model among the components."""
    cards = {each.component_id: each for each in CARDS.every(reader, team_id)}
    measured = requirements.all_evaluations(reader, team_id)
    models = [each for each in looked.parts if each.kind == "model"]
    return [_artefact(each, cards.get(each.id), measured.get(each.id, ())) for each in models]


def _artefact(model: Component, card: Card | None, evaluations: Sequence[Evaluation]) -> Artefact:
    standing, told = _stands(card, evaluations)
    button = blocks.spoken(blocks.button("Open", OPEN, place_of(model, card).value), f"Open the card of {model.name}")
    record = card.id if card is not None else ""
    return Artefact("requirements", model.id, "", standing, told, button, record=record, visibility=model.visibility)


def _stands(card: Card | None, evaluations: Sequence[Evaluation]) -> tuple[Standing, str]:
    if card is None or not card.requirements:
        return "open", "no requirements yet"
    missed = [
        each
        for each in ASPECTS
        if (found := status.judged(each, card.requirements.get(each), evaluations)) and found.verdict == "missed"
    ]
    if missed:
        return "broken", f"{', '.join(status.label(each).lower() for each in missed)} missed"
    agreed = sum(status.state_of(card.requirements.get(each)) == "agreed" for each in ASPECTS)
    is_settled = all(status.state_of(each) == "agreed" for each in card.requirements.values())
    return ("good" if is_settled else "open"), f"{agreed} of {len(ASPECTS)} requirements agreed"
