"""The decision that records why something is not asked of a model. Pure."""

from handlers.agreements.touching import ATTRIBUTES
from handlers.requirements.rules import status
from storage.decisions.decisions import NewDecision
from storage.requirements.requirements import Aspect, Requirement
from storage.responsibilities.responsibilities import Component


def waiver(component: Component, aspect: Aspect, new: Requirement) -> NewDecision:
    attribute = ATTRIBUTES.get(aspect)
    return NewDecision(
        visibility=component.visibility,
        title=f"{status.label(aspect)} is not needed for {component.name}"[:200],
        why=new.said.reason[:3000],
        context=f"From the requirement card of {component.name}.",
        decider=new.said.by,
        component_id=component.id,
        consulted=tuple(dict.fromkeys(each.user_id for each in new.agreed_by.values())),
        attributes=(attribute,) if attribute else (),
    )
