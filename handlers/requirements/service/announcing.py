"""What of a card concerns those who build on a component: a new interface, and a bar that is missed from now on."""

from collections.abc import Sequence

from handlers.access.recipients import Facts
from handlers.agreements.change_notices import Change, announce
from handlers.requirements.messages.card import OPEN
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import status
from handlers.requirements.rules.standing import ModelCard
from handlers.slack import blocks
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.requirements.requirements import SHEETS, Aspect, Card, Evaluation


def interface_changed(transaction: Transaction, model: ModelCard, new: Card, facts: Facts) -> list[Delivery]:
    """Ask whoever uses a component once both sides agreed to another interface than before: a first one asks nobody."""
    component, before = model.component, model.card
    aspects = [each for each in SHEETS["interface"] if _is_other(before, new, each)]
    if not aspects:
        return []
    versioning = new.requirements["versioning"].agreed if "versioning" in aspects else None
    version = versioning.values.get("version", "") if versioning is not None else ""
    listed = ", ".join(status.label(each).lower() for each in aspects)
    agreed_before = [who for each in SHEETS["interface"] for who in _agreed_by(before, each)]
    agreed_now = [who for each in aspects for who in _agreed_by(new, each)]
    change = Change(
        kind="interface",
        team_id=component.team_id,
        visibility=component.visibility,
        told=f"The interface of {component.name} changed{f' to {version}' if version else ''}: {listed}.",
        opens=blocks.button("Open the card", OPEN, Place(component, new.id, "interface").value),
        component=component,
        to_version=version,
        aspects=tuple(aspects),
        people=(*status.speakers(component, "product", model.gone), *agreed_before),
        told_otherwise=frozenset((*status.speakers(component, "model", model.gone), *agreed_now)),
    )
    return announce(transaction, change, facts)


def _is_other(before: Card, new: Card, aspect: Aspect) -> bool:
    old, now = before.requirements.get(aspect), new.requirements.get(aspect)
    if old is None or now is None or old.agreed is None or now.agreed is None:
        return False
    return not old.agreed.says_the_same(now.agreed)


def _agreed_by(card: Card, aspect: Aspect) -> list[str]:
    requirement = card.requirements.get(aspect)
    return [each.user_id for each in requirement.agreed_by.values()] if requirement is not None else []


def missed_anew(
    transaction: Transaction, model: ModelCard, before: Sequence[Evaluation], found: Evaluation, facts: Facts
) -> list[Delivery]:
    """Tell whoever uses a model what it misses from now on; its lead hears of that by the evaluation itself."""
    component, card = model.component, model.card
    was = status.open_points(component.kind, card, before).get("missed", ())
    aspects = [each for each in status.missed(card, found) if each not in was]
    if not aspects:
        return []
    told = "; ".join(status.measured_words(each, card.requirements.get(each), [found]) for each in aspects)
    change = Change(
        kind="missed",
        team_id=component.team_id,
        visibility=component.visibility,
        told=f"{component.name}: {told[:1].lower()}{told[1:]}.",
        opens=blocks.button("Open the card", OPEN, Place(component, card.id).value),
        component=component,
        aspects=tuple(aspects),
        told_otherwise=frozenset((component.lead,)),
    )
    return announce(transaction, change, facts)
