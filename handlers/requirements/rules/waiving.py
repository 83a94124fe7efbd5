"""The decision that records why something is not asked of a component, and how that ends. Pure."""

from handlers.agreements.recorded import title
from handlers.agreements.touching import ATTRIBUTES
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import CARDS, sheet_of
from storage.decisions.decisions import NewDecision
from storage.requirements.requirements import Aspect, Requirement
from storage.responsibilities.responsibilities import Component


def waiver(component: Component, aspect: Aspect, new: Requirement) -> NewDecision:
    attribute = ATTRIBUTES.get(aspect)
    return NewDecision(
        visibility=component.visibility,
        title=_title(component, aspect),
        why=new.said.reason[:3000],
        context=f"From the {CARDS[sheet_of(aspect)]} of {component.name}.",
        decider=new.said.by,
        component_id=component.id,
        consulted=tuple(dict.fromkeys(each.user_id for each in new.agreed_by.values())),
        attributes=(attribute,) if attribute else (),
    )


def _title(component: Component, aspect: Aspect) -> str:
    label = status.label(aspect)
    if sheet_of(aspect) == "requirements":
        return title("{what} is not needed for {name}", component.name, label)
    return title("Not needed for {name}: {what}", component.name, label.lower())


def needed_after_all(aspect: Aspect) -> str:
    label = status.label(aspect)
    return (
        f"{label} is required after all."
        if sheet_of(aspect) == "requirements"
        else f"Needed after all: {label.lower()}."
    )
