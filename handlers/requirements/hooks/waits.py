"""How long requirements with a value go without a measure, and without a plan who measures them when."""

from collections.abc import Iterator, Sequence

from handlers.hooks.digest import Span
from handlers.hooks.waits import Wait
from handlers.requirements.hooks.reminders import carded
from handlers.requirements.rules.status import measurable
from storage.engine.interface import Reader
from storage.requirements import requirements
from storage.requirements.requirements import Card, Evaluation


def waits(reader: Reader, team_id: str, span: Span) -> Sequence[Wait]:
    """Return when what is required of models that may be seen was not measured yet, or nobody had planned it."""
    measured = requirements.all_evaluations(reader, team_id)
    return [
        wait
        for component, card in carded(reader, team_id)
        if card is not None and component.visibility in span.visible
        for wait in _unmeasured(card, measured.get(component.id, ()))
    ]


def _unmeasured(card: Card, evaluations: Sequence[Evaluation]) -> Iterator[Wait]:
    for aspect, bar in measurable(card.requirements).items():
        first = min((each.at for each in evaluations if aspect in each.values), default="")
        if not first or first > bar.at:
            yield Wait("unmeasured", card.component_id, bar.at, first)
        plan = card.requirements[aspect].plan
        yield Wait("unplanned", card.component_id, bar.at, plan.since if plan is not None else "")
