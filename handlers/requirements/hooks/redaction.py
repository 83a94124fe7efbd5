"""Takes the text of a card out for good; who agreed to what, and when, stays."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.agreements.components import named
from handlers.hooks.redaction import Redactable, Redacts
from handlers.requirements.rules.aspects import KINDS, sheets_of
from handlers.requirements.service.cards import card_of
from storage.engine.interface import Reader, Transaction
from storage.outbox.redactions import REDACTED
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.requirements import requirements
from storage.requirements.requirements import CARDS, Aspect, Card, Requirement
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component

_CARD = "card "


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    """Find a card by "card" and the name of its component."""
    if not text.casefold().startswith(_CARD):
        return ()
    known = [each for each in responsibilities.components(reader, team_id, visible) if sheets_of(each.kind)]
    cards = [(each, card_of(reader, each)) for each in named(text[len(_CARD) :], known)]
    return [_redactable(reader, component, card) for component, card in cards if card.id]


def _redactable(reader: Reader, component: Component, card: Card) -> Redactable:
    """Return a card with all that was ever said on it, measured of it, and recorded from it."""
    versions = CARDS.versions(reader, card.team_id, card.id)
    said = [(aspect, offer) for version in versions for aspect, offer in _offers(version)]
    found = requirements.evaluations_of(reader, card.team_id, component.id)
    texts = [text for aspect, offer in said for text in _typed(aspect, offer)]
    texts += [text for version in versions for text in _planned(version)]
    texts += [text for each in found for text in (each.link, each.model_version, *each.values.values()) if text]
    recorded = [each.decision for version in versions for each in version.requirements.values() if each.decision]
    authors = dict.fromkeys((component.lead, *(offer.by for _, offer in said), *(each.by for each in found)))
    now = [*_planned(card), *(text for aspect, offer in _offers(card) for text in _typed(aspect, offer))]
    is_written = any(text != REDACTED for text in now)
    name, people, parts = f"the card of {component.name}", tuple(filter(None, authors)), tuple(dict.fromkeys(texts))
    return replace(
        Redactable("card", card.id, name, component.visibility, people, parts),
        repeated_in=tuple(dict.fromkeys(recorded)),
        is_written_since=is_written,
    )


def _offers(card: Card) -> Iterator[tuple[Aspect, Offer]]:
    for aspect, each in card.requirements.items():
        yield aspect, each.said
        if each.agreed is not None:
            yield aspect, each.agreed


def _typed(aspect: Aspect, said: Offer) -> list[str]:
    """Return what somebody typed; what was chosen, a person or a word of ours, is nobody's text."""
    typed = {part.id for part in KINDS[aspect].parts if part.kind not in ("choice", "person")}
    return [text for text in (*(each for name, each in said.parts.items() if name in typed), said.reason) if text]


def _planned(card: Card) -> list[str]:
    """Return what somebody typed of how something is measured."""
    plans = (each.plan for each in card.requirements.values())
    return [plan.how for plan in plans if plan is not None and plan.how]


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    card = CARDS.one(transaction, team_id, id=record.id)
    if card is None:
        return
    CARDS.change(transaction, card, {"requirements": _emptied(card)}, HistoryEntry(at=at, by=by, what="redacted it"))
    CARDS.take_out(transaction, card, lambda version: {"requirements": _emptied(version)})
    requirements.forget_evaluations(transaction, team_id, card.component_id)


def _emptied(card: Card) -> dict[Aspect, Requirement]:
    return {aspect: _emptied_requirement(aspect, each) for aspect, each in card.requirements.items()}


def _emptied_requirement(aspect: Aspect, each: Requirement) -> Requirement:
    agreed = _without(aspect, each.agreed) if each.agreed is not None else None
    plan = each.plan.model_copy(update={"how": REDACTED}) if each.plan is not None and each.plan.how else each.plan
    return each.model_copy(update={"said": _without(aspect, each.said), "agreed": agreed, "plan": plan})


def _without(aspect: Aspect, said: Offer) -> Offer:
    """Leave no word of what somebody typed; what was chosen stays."""
    chosen = {part.id for part in KINDS[aspect].parts if part.kind in ("choice", "person")}
    parts = {name: text if name in chosen else REDACTED for name, text in said.parts.items()}
    return said.model_copy(update={"parts": parts, "reason": REDACTED if said.reason else ""})


REDACTS = Redacts(("card",), find, take_out)
