"""Puts what both sides agree not to need into the decision log; inside a write."""

from dataclasses import dataclass

from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import ATTRIBUTES
from storage.decisions import decisions
from storage.decisions.decisions import NewDecision
from storage.engine.interface import Transaction
from storage.records.versioned import HistoryEntry
from storage.requirements.requirements import Aspect, Requirement
from storage.responsibilities.responsibilities import Component


@dataclass(frozen=True, slots=True)
class Change:
    """A requirement as it was, and as it is to be."""

    aspect: Aspect
    old: Requirement | None
    new: Requirement


def recorded(transaction: Transaction, component: Component, change: Change, event: HistoryEntry) -> Requirement:
    """Return a requirement with the number of the decision not to need it; that ends once it is needed after all."""
    new, agreed = change.new, change.new.agreed
    if agreed is None or (change.old is not None and agreed == change.old.agreed):
        return new
    team_id, label = component.team_id, status.label(change.aspect)
    earlier = decisions.by_number(transaction, team_id, new.decision, [component.visibility]) if new.decision else None
    standing = earlier if earlier is not None and earlier.state == "accepted" else None
    if agreed.stance == "value":
        if standing is not None:
            ended = {"state": "deprecated", "reason": f"{label} is asked for after all."}
            decisions.change(transaction, standing, ended, HistoryEntry(at=event.at, by=event.by, what="deprecate"))
        return new.model_copy(update={"decision": ""})
    decision = decisions.write_down(transaction, team_id, _waiver(component, change), agreed.by, event.at)
    if standing is not None:
        decisions.put_in_place_of(transaction, standing, decision, event.by, event.at)
    return new.model_copy(update={"decision": decision.number})


def _waiver(component: Component, change: Change) -> NewDecision:
    agreed, attribute = change.new.said, ATTRIBUTES.get(change.aspect)
    both = (each.user_id for each in change.new.agreed_by.values())
    return NewDecision(
        visibility=component.visibility,
        title=f"{status.label(change.aspect)} is not needed for {component.name}"[:200],
        why=agreed.reason[:3000],
        context=f"It stands on the requirement card of {component.name}.", decider=agreed.by, component_id=component.id,
        consulted=tuple(dict.fromkeys(both)), attributes=(attribute,) if attribute else (),
    )  # fmt: skip
