"""What was measured of a model, kept inside a write, with what others are told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.access.recipients import Facts, notify
from handlers.checks.outcomes import Refused
from handlers.requirements.messages import notices
from handlers.requirements.messages.answers import GONE
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import evaluating, status
from handlers.requirements.rules.standing import ModelCard
from handlers.requirements.service import cards
from handlers.requirements.service.announcing import missed_anew
from handlers.requirements.service.cards import card_of, seen_model
from handlers.requirements.service.measuring import measurers
from handlers.slack.interactions import Wrong
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.requirements import requirements
from storage.requirements.requirements import Evaluation
from storage.responsibilities.responsibilities import Component


@dataclass(frozen=True, slots=True)
class Measured:
    """An evaluation that is kept, what it shows to be missed in words, and what others are told."""

    evaluation: Evaluation
    missed: Sequence[str]
    messages: Sequence[Delivery] = ()


def why_not(reader: Reader, model: ModelCard, facts: Facts) -> Refused | None:
    """Say why somebody may not enter an evaluation: who may change the card may, and who is to measure something."""
    if facts.may_hear(facts.by) and facts.by in measurers(reader, model.component, model.card):
        return None
    return cards.why_not(model, facts)


def evaluate(
    transaction: Transaction, component: Component, told: Mapping[str, str], facts: Facts, today: date
) -> Measured | Refused | Wrong:
    """Keep what was measured, checked against what is asked now; the lead is told of what it misses."""
    kept = keep(transaction, component, told, facts, today)
    if not isinstance(kept, Measured) or not kept.missed:
        return kept
    card = card_of(transaction, component)
    notice = {component.lead: notices.missed(Place(component, card.id), kept.missed, kept.evaluation)}
    return replace(kept, messages=[*kept.messages, *notify(transaction, component.team_id, notice, facts)])


def keep(
    transaction: Transaction, component: Component, told: Mapping[str, str], facts: Facts, today: date
) -> Measured | Refused | Wrong:
    """Keep what was measured, checked against what is asked now; the same that was kept last is kept once."""
    model = seen_model(transaction, component.team_id, component.id, facts.visible)
    if model is None:
        return Refused(GONE)
    if refused := why_not(transaction, model, facts):
        return refused
    start = (component.team_id, component.id, facts.by, to_text(facts.now))
    found = evaluating.evaluation_in(told, model.card.requirements, start, today)
    if isinstance(found, Wrong):
        return found
    before = requirements.evaluations_of(transaction, component.team_id, component.id)
    if not any(each.says_the_same(found) for each in before[:1]):
        requirements.add_evaluation(transaction, found)
    aspects, cards = status.missed(model.card, found), model.card.requirements
    missed = [status.measured_words(each, cards.get(each), [found]) for each in aspects]
    return Measured(found, missed, missed_anew(transaction, model, before, found, facts))
