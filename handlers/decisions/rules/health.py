"""What is left open in the decision log. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.checks.dates import is_past
from storage.decisions.decisions import Decision
from storage.responsibilities.responsibilities import Component


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is left open, and the decisions that it is about.

    ``lacks_data``: a data request would settle it.
    """

    told: str
    decisions: Sequence[Decision]
    lacks_data: bool = False


def findings(
    every: Sequence[Decision], models: Mapping[str, Component], served: Collection[str], today: date
) -> list[Finding]:
    """Return what is left open, each with its decisions; what there is nothing of is left out.

    ``served`` are the ids of decisions for which data was asked.
    """
    accepted = [each for each in every if each.state == "accepted"]
    late = [each for each in every if each.state == "proposed" and is_past(each.deadline, today)]
    undecided = [each for each in accepted if not each.decider]
    overdue = [each for each in accepted if is_past(each.review_on, today)]
    replaced = [each for each in every if each.state == "superseded" and not each.superseded_by]
    one_sided = [each for each in accepted if each.component_id in models and not _has_model_side(each, models)]
    unserved = [each for each in accepted if each.needs_data and each.id not in served]
    listed = [
        Finding("Proposals overdue", late),
        Finding("Decisions without a decider", undecided),
        Finding("Reviews overdue", overdue),
        Finding("Superseded without a replacement", replaced),
        Finding("Decided without the model side", one_sided),
        Finding("Need data, not requested yet", unserved, lacks_data=True),
    ]
    return [each for each in listed if each.decisions]


def _has_model_side(decision: Decision, models: Mapping[str, Component]) -> bool:
    people = {decision.decider, decision.created_by, *decision.consulted}
    return bool(people & set(models[decision.component_id].model_side))
