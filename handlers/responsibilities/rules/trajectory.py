"""Which duties are settled early because of the way a component came about, and that another way was chosen. Pure."""

from collections.abc import Mapping

from handlers.agreements.recorded import title
from handlers.agreements.trajectory import EARLY, has_an_order, why_early
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.decisions.decisions import NewDecision
from storage.responsibilities.responsibilities import Component, SetUp

_NAMED: Mapping[SetUp, str] = {
    "model first": "model first",
    "product first": "product first",
    "parallel": "model and product at once",
}


def is_early(about: ComponentDuty) -> bool:
    return about.kind.id in EARLY[about.component.set_up].duties


def comes_first(about: ComponentDuty) -> bool:
    """Tell whether a duty is asked for before others."""
    return has_an_order(about.component) and is_early(about)


def changed(old: Component, new: Component, by: str) -> NewDecision | None:
    """Return the decision that another way was chosen; None where it is the same."""
    if old.set_up == new.set_up:
        return None
    return NewDecision(
        visibility=new.visibility,
        title=title("{name}: {what} instead of {old}", new.name, _NAMED[new.set_up], _NAMED[old.set_up]),
        context=why_early(new),
        decider=by,
        component_id=new.id,
    )
