"""The card of a component as it stands, and who may change what of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.agreements.clauses import people_named
from handlers.agreements.components import may_edit
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS
from storage.requirements.requirements import Aspect, Card, Requirement, Sheet, Standing
from storage.responsibilities.responsibilities import Component


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A component with its card, and who is gone of those whom it concerns."""

    component: Component
    card: Card
    gone: frozenset[str] = frozenset()

    def requirement(self, aspect: Aspect | None) -> Requirement | None:
        return self.card.requirements.get(aspect) if aspect is not None else None

    def version_of(self, scope: Sheet | Aspect | None) -> int:
        """Return the version of what is said of one aspect, 0 where nothing is; or that of the whole card."""
        aspect = status.aspect_of(scope or "")
        if aspect is None:
            return self.card.version
        requirement = self.requirement(aspect)
        return requirement.version if requirement is not None else 0

    @property
    def people(self) -> list[str]:
        """Return everybody who is named on the card."""
        component = self.component
        found = [component.lead, *component.model_side, *component.product_side]
        for aspect, each in self.card.requirements.items():
            for said in (each.said, *([each.agreed] if each.agreed is not None else [])):
                found += [said.by, said.finder, *people_named(KINDS[aspect].parts, said.parts)]
            found += [each.plan.by, each.plan.set_by] if each.plan is not None else []
            found += [one.user_id for one in (*each.agreements.values(), *each.agreed_by.values())]
        return [each for each in dict.fromkeys(found) if each]


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody read before they said something: an aspect in a version, and how it stands to decisions."""

    aspect: Aspect
    version: int
    beside: Mapping[str, Standing] = field(default_factory=dict)


def may_change(model: ModelCard, user_id: str, aspect: Aspect | None = None, *, is_admin: bool) -> bool:
    """Tell whether somebody may change a card, or one aspect of it: its people may, and who is to find that out."""
    requirement = model.requirement(aspect)
    is_finder = requirement is not None and requirement.said.finder == user_id
    return is_finder or may_edit(model.component, user_id, is_admin=is_admin)


def waiting_for(model: ModelCard, user_id: str) -> list[Aspect]:
    """Return the aspects of which what is said waits for somebody to agree."""
    return status.waiting(model.card, status.sides_of(model.component, user_id, model.gone))
