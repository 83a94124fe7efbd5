"""What a card promises where a component meets what it serves: how far it is agreed, and what it misses."""

from collections.abc import Mapping, Sequence

from handlers.hooks.seams import Artefact, Looked, Seam, Standing
from handlers.requirements.hooks.reminders import place_of
from handlers.requirements.messages.card import OPEN
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import CARDS as CALLED
from handlers.requirements.rules.aspects import aspects_of
from handlers.slack import blocks
from storage.engine.interface import Reader
from storage.requirements import requirements
from storage.requirements.requirements import CARDS, Card, Evaluation, Sheet
from storage.responsibilities.responsibilities import MODELS, Component

#: At which seam each sheet of a card is kept or not.
_SEAMS: Mapping[Sheet, Seam] = {"requirements": "requirements", "interface": "integration"}


def tell(reader: Reader, team_id: str, looked: Looked) -> Sequence[Artefact]:
    """Tell of what is required of each model among the components, and of each interface that somebody described."""
    cards = {each.component_id: each for each in CARDS.every(reader, team_id)}
    measured = requirements.all_evaluations(reader, team_id)
    pairs = [(part, cards.get(part.id)) for part in looked.parts]
    return [
        _artefact(part, card, sheet, measured.get(part.id, ()))
        for part, card in pairs
        for sheet in _SEAMS
        if (sheet == "requirements" and part.kind in MODELS) or (card is not None and _said(part, card, sheet))
    ]


def _said(part: Component, card: Card, sheet: Sheet) -> int:
    return sum(each in card.requirements for each in aspects_of(part.kind, sheet))


def _artefact(part: Component, card: Card | None, sheet: Sheet, evaluations: Sequence[Evaluation]) -> Artefact:
    standing, told = _stands(part, card, sheet, evaluations)
    opens = f"Open the {CALLED[sheet]} of {part.name}"
    button = blocks.spoken(blocks.button("Open", OPEN, place_of(part, card, sheet).value), opens)
    record = card.id if card is not None else ""
    return Artefact(_SEAMS[sheet], part.id, "", standing, told, button, record=record, visibility=part.visibility)


def _stands(
    part: Component, card: Card | None, sheet: Sheet, evaluations: Sequence[Evaluation]
) -> tuple[Standing, str]:
    aspects = aspects_of(part.kind, sheet)
    if card is None or not _said(part, card, sheet):
        return "open", "no requirements yet"
    judged = {each: status.judged(each, card.requirements.get(each), evaluations) for each in aspects}
    missed = [each for each, found in judged.items() if found is not None and found.verdict == "missed"]
    if missed:
        return "broken", f"{', '.join(status.label(each).lower() for each in missed)} missed"
    states = [status.state_of(card.requirements.get(each)) for each in aspects]
    is_settled = set(states) <= {"agreed", "unsaid"}
    what = "requirements" if sheet == "requirements" else "points of its interface"
    return ("good" if is_settled else "open"), f"{states.count('agreed')} of {len(aspects)} {what} agreed"
