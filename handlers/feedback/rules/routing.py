"""Who feedback on a component goes to: who has the duty for it, else the model's own people, else its lead."""

from dataclasses import dataclass

from handlers.feedback.rules.moves import Role, reporters
from storage.engine.interface import WORKSPACE, Reader
from storage.feedback.feedback import Feedback
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Duty

#: As the catalogue calls structured feedback from the product to the model team.
DUTY = "feedback"


@dataclass(frozen=True, slots=True)
class Report:
    """Feedback, and the component that it is about."""

    item: Feedback
    component: Component


def receivers(reader: Reader, component: Component, gone: frozenset[str]) -> tuple[str, ...]:
    """Return who feedback goes to, the first one first; the others where the first may not hear of it."""
    return people_for(responsibilities.duty(reader, component.team_id, component.id, DUTY), component, gone)


def people_for(duty: Duty | None, component: Component, gone: frozenset[str]) -> tuple[str, ...]:
    """Return who feedback on a component goes to, whose duty it is first."""
    owner = duty.owner if duty is not None and duty.state == "accepted" else ""
    people = (owner, *component.model_side, component.lead)
    return tuple(each for each in dict.fromkeys(people) if each and each not in gone)


def first_of(people: tuple[str, ...], item: Feedback) -> tuple[str, ...]:
    """Return who feedback goes to, in order: who promised something, or was told of it where not everybody may hear."""
    is_promised = item.state in ("will fix", "needs data")
    promised, told = item.by if is_promised else "", item.receiver if item.visibility != WORKSPACE else ""
    first = [each for each in (promised, told) if each in people]
    return tuple(dict.fromkeys((*first, *people)))


def roles_of(item: Feedback, people: tuple[str, ...], user_id: str, *, is_admin: bool) -> frozenset[Role]:
    """Return the roles that a person has in feedback; ``people`` are those it can go to."""
    told: dict[Role, bool] = {"team": is_admin or user_id in people, "reporter": user_id in reporters(item)}
    return frozenset(role for role, has in told.items() if has)
