"""What other programs report of a model: an evaluation, which marks its requirements met or missed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.access.recipients import Facts
from handlers.agreements.reported import owners
from handlers.checks import dates
from handlers.checks.csv_files import FormatError
from handlers.checks.envelopes import unwrapped
from handlers.checks.outcomes import Refused
from handlers.framework.report_kinds import Report, ReportKind, Taken
from handlers.hooks.reports import Target
from handlers.requirements.formats import results
from handlers.requirements.formats.results import Results
from handlers.requirements.messages import notices
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import evaluating, measuring, status
from handlers.requirements.rules.assigning import assigned
from handlers.requirements.service import cards as service
from handlers.requirements.service import entering
from handlers.slack.blocks import Message
from handlers.slack.interactions import Wrong
from storage.engine.interface import Reader, Transaction
from storage.requirements import requirements
from storage.requirements.requirements import Aspect, Card, Evaluation
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.webhooks import Webhook

#: Where a day begins first: a report does not say where it was measured.
_FIRST_ZONE = "Pacific/Kiritimati"
_NO_MODEL = Refused("This web hook is about no model, and only models have requirements that are evaluated.")
_OWN = (evaluating.LINK, evaluating.DAY, evaluating.MODEL_VERSION, evaluating.STAGE)
#: Who answers for an evaluation, beside the lead.
_DUTIES = ("evaluation", "requirements")


@dataclass(frozen=True, slots=True)
class Said:
    """The fields of an evaluation, values by aspect where they are said so, else the metrics of another tool."""

    fields: Mapping[str, str]
    values: Mapping[str, str]
    metrics: Results


def _read(body: Any) -> Said | None:
    fields, told = unwrapped(body)
    found = results.read(told)
    if found is not None:
        return Said({**_run_in(told), **found.fields, **fields}, {}, found)
    if not isinstance(told, dict) or not isinstance(told.get("values"), dict):
        return None
    if wrong := [name for name, value in told["values"].items() if not isinstance(value, str)]:
        raise FormatError(f'{wrong[0]}: write it as a text, a value with its unit, such as "280 ms"')
    if strange := [name for name in told["values"] if status.aspect_of(name) is None]:
        raise FormatError(f"{strange[0]}: unknown aspect; the aspects are {', '.join(requirements.ASPECTS)}")
    own = {name: told[name] for name in _OWN if isinstance(told.get(name), str)}
    return Said({**own, **fields}, told["values"], Results())


def _run_in(told: Any) -> dict[str, str]:
    """Return an address for a run of MLflow, which knows none of its own."""
    run = told.get("run", told) if isinstance(told, dict) else {}
    run_id = (run.get("info") or {}).get("run_id") if isinstance(run, dict) else None
    return {evaluating.LINK: f"mlflow://{run_id}"} if isinstance(run_id, str) else {}


def _take(transaction: Transaction, report: Report[Said], facts: Facts) -> Taken | Refused:
    component = report.target.record
    if not isinstance(component, Component) or component.kind not in responsibilities.MODELS:
        return _NO_MODEL
    card = service.card_of(transaction, component)
    made = assigned(report.said.metrics.metrics, status.measurable(card.requirements), {})
    today = dates.today(facts.now, _FIRST_ZONE)
    fields = {evaluating.DAY: facts.now.date().isoformat(), **_stage(card, report.webhook), **report.said.fields}
    values = {**report.said.values, **{str(aspect): value for aspect, value in made.values.items()}}
    kept = entering.keep(transaction, component, {**fields, **values}, facts, today)
    if isinstance(kept, Refused):
        return kept
    if isinstance(kept, Wrong):
        return Refused("; ".join([*(f"{name}: {told}" for name, told in kept.errors.items()), *made.left_out]))
    missed = _missed(transaction, component, card)
    told = f"{len(kept.evaluation.values)} measured, {len(kept.missed)} missed"
    return Taken(",".join(missed), "; ".join([told, *kept.missed, *made.left_out]), bool(kept.missed), kept.messages)


def _stage(card: Card, webhook: Webhook) -> Mapping[str, str]:
    """Return where a web hook measures that some plan names, where its reports don't say so."""
    stages = [plan.stages for plan in measuring.planned(card).values() if plan.webhook == webhook.id]
    return {evaluating.STAGE: stages[0][-1]} if stages else {}


def _missed(reader: Reader, component: Component, card: Card) -> Sequence[Aspect]:
    """Return what the card has as missed, by the latest evaluation of each."""
    evaluations = requirements.evaluations_of(reader, component.team_id, component.id)
    return status.open_points(component.kind, card, evaluations).get("missed", ())


def _tell(reader: Reader, target: Target, _webhook: Webhook) -> Mapping[str, Message]:
    """Tell who leads a model, and who answers for its evaluation, what it misses now, or that it meets all again."""
    component = responsibilities.component(reader, target.team_id, target.id)
    if component is None:
        return {}
    card = service.card_of(reader, component)
    evaluations = requirements.evaluations_of(reader, component.team_id, component.id)
    message = _message(Place(component, card.id), card, evaluations, _missed(reader, component, card))
    return dict.fromkeys(owners(reader, target, *_DUTIES), message)


def _message(place: Place, card: Card, evaluations: Sequence[Evaluation], missed: Sequence[Aspect]) -> Message:
    if not missed:
        return notices.met_again(place)
    told = [status.measured_words(each, card.requirements.get(each), evaluations) for each in missed]
    return notices.missed(place, told, evaluations[0])


REPORTS = (ReportKind("evaluation", "component", _read, _take, _tell, is_broken=bool),)
