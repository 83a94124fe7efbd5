"""Cards that come from files, inside a write: asked of both sides, or as they were where there is none yet."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.requirements.formats.whole import Whole
from handlers.requirements.rules.standing import Read
from handlers.requirements.service import cards
from handlers.requirements.service.cards import Saved
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.ids import new_id
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.requirements import requirements
from storage.requirements.requirements import CARDS, Aspect, Card
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import known_names, note_names

HAS_ONE = "This model has a card already. Only a model without one gets it back from a file."


def new_of(reader: Reader, component: Component, asked: Mapping[Aspect, Offer]) -> dict[Aspect, Offer]:
    """Return what isn't said on a model's card yet."""
    said = cards.card_of(reader, component).requirements
    return {
        each: offer for each, offer in asked.items() if each not in said or not said[each].said.says_the_same(offer)
    }


def propose(
    transaction: Transaction, component: Component, asked: Mapping[Aspect, Offer], facts: Facts
) -> Saved | Refused:
    """Write what a file asks of a model; both sides are asked to agree, and what they agreed to applies until then."""
    messages, names = list[Delivery](), known_names(transaction, component.team_id, [component.lead])
    facts = replace(facts, names={**names, **facts.names})
    for aspect, offer in new_of(transaction, component, asked).items():
        read = Read(aspect, cards.model_card(transaction, component).version_of(aspect))
        saved = cards.say(transaction, component, read, offer, facts)
        if not isinstance(saved, Saved):
            return saved if isinstance(saved, Refused) else Refused(HAS_ONE)
        messages += saved.messages
    return Saved(cards.card_of(transaction, component), messages)


def restore(transaction: Transaction, component: Component, whole: Whole, facts: Facts) -> Card | Refused:
    """Give a model without a card one as it was, with who agreed and what was measured; nobody is told."""
    about = (component.team_id, component.id)
    if cards.card_of(transaction, component).id or requirements.evaluations_of(transaction, *about):
        return Refused(HAS_ONE)
    at, named = to_text(facts.now), {"team_id": component.team_id, "component_id": component.id}
    card = Card(**named, id=new_id(), version=whole.version, requirements=dict(whole.requirements), **_dated(at))
    note_names(transaction, component.team_id, whole.names)
    CARDS.add(transaction, card, HistoryEntry(at=at, by=facts.by, what="imported"))
    for each in reversed(whole.evaluations):
        requirements.add_evaluation(transaction, each.model_copy(update={**named, "id": new_id()}))
    return card


def _dated(at: str) -> dict[str, str]:
    return {"created_at": at, "changed_at": at}
