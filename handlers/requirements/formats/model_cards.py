"""A requirement card as the model cards of others: the Model Card Toolkit's, and Hugging Face's.

The first follows the JSON schema v0.0.2 of https://github.com/tensorflow/model-card-toolkit: what was asked stands in
``considerations``, what was measured in ``quantitative_analysis``. The second is Markdown behind a front matter whose
``model-index`` has what was measured (https://huggingface.co/docs/hub/model-cards).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from handlers.agreements.clauses import person_name
from handlers.checks.quantities import measure_in
from handlers.requirements.formats.writing import as_markdown, asked, result
from handlers.requirements.messages.shown import Shown
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import aspects_of
from storage.outbox.redactions import REDACTED
from storage.records.offers import Offer
from storage.requirements.requirements import SHEETS, Aspect, Evaluation

_SCHEMA = "0.0.2"
#: Data that the model has: what is only asked for is none of its parameters.
_THERE = ("delivered", "accepted")
#: Aspects of which it is a risk to people when they are not met.
_ETHICAL: tuple[Aspect, ...] = ("fairness", "explainability", "privacy", "safety")


def as_model_card(shown: Shown) -> dict[str, object]:
    component = shown.component
    latest = shown.evaluations[0] if shown.evaluations else None
    details: dict[str, object] = {
        "name": component.name,
        "overview": f"What is required of {component.name}, and what was measured.",
        "owners": [{"name": person_name(component.lead, shown.names)}],
    }
    if latest is not None and latest.model_version:
        details["version"] = {"name": latest.model_version}
    links = dict.fromkeys(each.link for each in shown.evaluations if each.link != REDACTED)
    if links:
        details["references"] = [{"reference": each} for each in links]
    there = [each for each in shown.requests if each.state in _THERE]
    data = [{"name": each.entity, "description": f"{each.number}, {each.state}"} for each in there]
    return {
        "schema_version": _SCHEMA,
        "model_details": details,
        "model_parameters": {"data": data},
        "quantitative_analysis": {"performance_metrics": _metrics(shown)},
        "considerations": _considerations(shown),
    }


@dataclass(frozen=True, slots=True)
class _Metric:
    """What was measured last of an aspect, against what is asked of it."""

    aspect: Aspect
    number: float
    unit: str
    bar: Offer
    evaluation: Evaluation

    @property
    def name(self) -> str:
        """Return its name with the unit, since a value is a bare number in a model card."""
        return f"{status.label(self.aspect)} in {self.unit}"

    @property
    def slice(self) -> str:
        return _line(self.bar.parts.get("slice") or self.bar.parts.get("under", ""))


def _measured(shown: Shown) -> Iterator[_Metric]:
    for aspect in SHEETS["requirements"]:
        requirement = shown.card.requirements.get(aspect)
        measured, bar = status.judged(aspect, requirement, shown.evaluations), status.in_force(requirement)
        found = measure_in(measured.value) if measured is not None else None
        if found is not None and bar is not None and measured is not None and measured.evaluation is not None:
            yield _Metric(aspect, *found, bar, measured.evaluation)


def _metrics(shown: Shown) -> list[dict[str, str]]:
    """Return what was measured; the toolkit keeps every value as a text."""
    return [
        {"type": each.name, "value": f"{each.number:.12g}", **({"slice": each.slice} if each.slice else {})}
        for each in _measured(shown)
    ]


def as_hugging_face(shown: Shown) -> str:
    """Return a README: what is known goes into its front matter, and the card for people stands below it."""
    measured = [_hugging_face_result(each) for each in _measured(shown)]
    index = [{"name": _line(shown.component.name), "results": measured}]
    front = {"tags": ["requirements"], **({"model-index": index} if measured else {})}
    told = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=1000)
    return f"---\n{told}---\n\n{as_markdown(shown)}"


def _hugging_face_result(found: _Metric) -> dict[str, object]:
    metric = found.bar.parts.get("metric", "") if found.aspect == "adequacy" else ""
    link, on = found.evaluation.link, found.evaluation.measured_on
    source = {"source": {"name": f"Evaluation of {on}", "url": link}} if link != REDACTED else {}
    return {
        "task": {"type": "other"},
        "dataset": {"type": _slug(found.slice), "name": found.slice or "not set"},
        "metrics": [{"type": _line(metric) or found.aspect, "value": found.number, "name": found.name}],
        **source,
    }


def _slug(text: str) -> str:
    """Return what tells datasets apart: results of one kind of dataset are put together by Hugging Face's own tools."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-") or "other"


def _line(text: str) -> str:
    """Return words in one line: a front matter ends at the first line of dashes, even inside a text."""
    return " ".join(text.split())


def _considerations(shown: Shown) -> dict[str, object]:
    """Return what was asked: risks to people with how they are met, the rest as use cases, and what is open."""
    uses, risks, limits, trades = [], [], [], []
    for aspect in aspects_of(shown.component.kind, "requirements"):
        requirement = shown.card.requirements.get(aspect)
        words = asked(shown, aspect, requirement)
        found = result(shown, aspect)
        if requirement is None or requirement.said.stance == "unknown" or found.startswith("Missed"):
            limits.append({"description": f"{status.label(aspect)}: {words} {found}".strip()})
        if requirement is None:
            continue
        if requirement.said.stance == "not needed":
            trades.append({"description": f"{status.label(aspect)}: {words}"})
        elif aspect in _ETHICAL:
            risks.append({"name": status.label(aspect), "mitigation_strategy": f"{words} {found}".strip()})
        elif requirement.said.stance == "value":
            uses.append({"description": f"{status.label(aspect)}: {words}"})
    told = {"use_cases": uses, "limitations": limits, "tradeoffs": trades, "ethical_considerations": risks}
    return {name: listed for name, listed in told.items() if listed}
