"""How, by whom and when requirements are measured, planned inside a write."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.access.recipients import Facts, notify
from handlers.checks.outcomes import Refused
from handlers.requirements.messages import measuring as words
from handlers.requirements.messages import notices
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import status
from handlers.requirements.service.cards import Saved, current, written
from storage.engine.interface import Transaction, to_text
from storage.records.versioned import HistoryEntry
from storage.requirements.requirements import Aspect, Plan
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import known_names

_GONE = Refused("Nothing of that can be measured any more: set an amount first.", "of")


@dataclass(frozen=True, slots=True)
class Planned:
    """What somebody planned: how which requirements are measured."""

    aspects: Sequence[Aspect]
    plan: Plan


def plan(transaction: Transaction, component: Component, new: Planned, facts: Facts) -> Saved | Refused:
    """Keep how some requirements are measured; who is to measure what they weren't before is told."""
    model = current(transaction, component, facts)
    if isinstance(model, Refused):
        return model
    asked = status.measurable(model.card.requirements)
    aspects = [each for each in new.aspects if each in asked]
    if not aspects:
        return _GONE
    kept = new.plan.model_copy(update={"set_by": facts.by, "at": to_text(facts.now)})
    requirements = model.card.requirements
    before = {each: requirements[each].plan for each in aspects}
    since = {each: old.since if old is not None else kept.at for each, old in before.items()}
    plans = {each: kept.model_copy(update={"since": since[each]}) for each in aspects}
    changed = {each: requirements[each].model_copy(update={"plan": plans[each]}) for each in aspects}
    names = {**known_names(transaction, component.team_id, [kept.by]), **facts.names}
    what, note = f"planned the measuring of {words.named(aspects)}", words.plan_words(kept, names)
    entry = HistoryEntry(at=kept.at, by=facts.by, what=what, note=note)
    card = written(transaction, model, changed, entry)
    theirs = [each for each, old in before.items() if old is None or old.by != kept.by]
    told = {kept.by: notices.measures(Place(component, card.id), theirs, kept)} if kept.by and theirs else {}
    return Saved(card, notify(transaction, component.team_id, told, facts))
