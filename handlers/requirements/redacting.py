"""Takes the text of a requirement card out for good; who agreed to what, and when, stays."""

from collections.abc import Sequence

from handlers.components import named
from handlers.redactable import Redactable, Redacts
from handlers.requirements import keeping
from handlers.requirements.aspects import KINDS
from storage import redactions, requirements, responsibilities
from storage.database import Reader, Transaction
from storage.redactions import REDACTED
from storage.requirements import CARDS, Aspect, Card, Requirement
from storage.terms import Offer
from storage.versioned import Event

_CARD = "card "


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    """Find a card by "card" and the name of its model."""
    if not text.casefold().startswith(_CARD):
        return ()
    known = [each for each in responsibilities.components(reader, team_id, visible) if each.kind == "model"]
    found = []
    for component in named(text[len(_CARD) :], known):
        card = keeping.card_of(reader, component)
        if card.id:
            said = [each.said for each in card.requirements.values()]
            authors = tuple(dict.fromkeys([component.lead, *(each.by for each in said)]))
            texts = tuple(text for each in said for text in (*each.parts.values(), each.reason) if text)
            recorded = tuple(each.decision for each in card.requirements.values() if each.decision)
            told = f"the card of {component.name}"
            found.append(Redactable("card", card.id, told, component.visibility, authors, texts, repeated_in=recorded))
    return found


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    card = CARDS.one(transaction, team_id, id=record.id)
    if card is None:
        return
    empty = {"requirements": _emptied(card)}
    CARDS.change(transaction, card, empty, Event(at=at, by=by, what="redacted it"))
    where = {"team_id": team_id, "card_id": card.id}
    kept = {name: each.model_dump() for name, each in _emptied(card).items()}
    redactions.redacted_versions(transaction, "requirement_card_events", where, {"requirements": kept})
    requirements.forget_evaluations(transaction, team_id, card.component_id)


def _emptied(card: Card) -> dict[Aspect, Requirement]:
    return {
        aspect: each.model_copy(update={"said": _without(aspect, each.said), "agreed": _without(aspect, each.agreed)})
        for aspect, each in card.requirements.items()
    }


def _without(aspect: Aspect, said: Offer | None) -> Offer | None:
    """Leave no word of what somebody typed; what was chosen stays."""
    if said is None:
        return None
    chosen = {part.id for part in KINDS[aspect].parts if part.kind in ("choice", "person")}
    parts = {name: text if name in chosen else REDACTED for name, text in said.parts.items()}
    return said.model_copy(update={"parts": parts, "reason": REDACTED if said.reason else ""})


REDACTS = Redacts(("card",), find, take_out)
