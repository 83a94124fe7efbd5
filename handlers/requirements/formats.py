"""A requirement card as a file: Markdown for people, YAML whole, and a model card in the Model Card Toolkit's fields.

The model card follows the JSON schema v0.0.2 of https://github.com/tensorflow/model-card-toolkit: what was asked
stands in ``considerations``, what was measured in ``quantitative_analysis``.
"""

import json
import re
from collections.abc import Mapping
from typing import Literal, get_args

import yaml

from handlers.agreements.clauses import offer_words, person_name
from handlers.checks.dates import MARKS
from handlers.checks.plain_markdown import plain
from handlers.checks.quantities import measure_in
from handlers.requirements.messages.card import Shown, agreement_words
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS
from storage.outbox.redactions import REDACTED
from storage.records.offers import Offer
from storage.requirements.requirements import ASPECTS, Aspect, Evaluation, Requirement
from storage.responsibilities.responsibilities import Component

Format = Literal["markdown", "yaml", "model-card"]
FORMATS: tuple[Format, ...] = get_args(Format)
_ENDINGS: Mapping[Format, str] = {"markdown": "md", "yaml": "yaml", "model-card": "model-card.json"}
COMMENTS: Mapping[Format, str] = {
    "markdown": "For people, as Markdown.",
    "yaml": "The whole card, as YAML.",
    "model-card": "A model card, in the fields of the Model Card Toolkit.",
}
_SCHEMA = "0.0.2"
_DAY, _DAY_LENGTH = re.compile(f"{MARKS[0]}([^{MARKS[1]}]*){MARKS[1]}"), 10
#: Data that the model has: what is only asked for is none of its parameters.
_THERE = ("delivered", "accepted")
#: Aspects of which it is a risk to people when they are not met.
_ETHICAL: tuple[Aspect, ...] = ("fairness", "explainability", "privacy", "safety")


def file_name(component: Component, form: Format) -> str:
    plain = re.sub(r"[^\w-]+", "-", component.name.casefold()).strip("-") or "model"
    return f"{plain}.{_ENDINGS[form]}"


def _plain_days(text: str) -> str:
    """Return words with their days in ISO form: a file is not shown by Slack."""
    return _DAY.sub(lambda match: match[1][:_DAY_LENGTH], text)


def written(shown: Shown, form: Format) -> str:
    match form:
        case "markdown":
            return _markdown(shown)
        case "yaml":
            return yaml.safe_dump(_whole(shown), sort_keys=False, allow_unicode=True, width=110)
        case "model-card":
            return json.dumps(_model_card(shown), indent=2, ensure_ascii=False) + "\n"


def _markdown(shown: Shown) -> str:
    component = shown.component
    lines = [f"# {plain(component.name)}: requirements", ""]
    if component.launch_on:
        lines += [f"Launches on {component.launch_on}.", ""]
    for aspect in ASPECTS:
        requirement = shown.card.requirements.get(aspect)
        lines += [f"## {status.label(aspect)}", "", plain(_asked(shown, aspect, requirement)), ""]
        notes = [_result(shown, aspect)]
        if requirement is not None:
            agreed = _plain_days(agreement_words(requirement, shown.names))
            notes = [_proposed(shown, aspect, requirement), agreed, *notes]
        lines += [f"- {plain(each)}" for each in notes if each]
        lines += [""] if any(notes) else []
    if shown.evaluations:
        lines += ["## Latest evaluation", "", *_evaluation_lines(shown.evaluations[0]), ""]
    for heading, told in shown.beside:
        lines += [f"## {heading}", "", *(f"- {plain(each)}" for each in told), ""] if told else []
    return "\n".join(lines).rstrip() + "\n"


def _asked(shown: Shown, aspect: Aspect, requirement: Requirement | None) -> str:
    """Return what goes for the model: what was agreed last, and until then what one side says."""
    bar = status.in_force(requirement)
    if requirement is None or bar is None:
        return "Not set."
    return _words(shown, aspect, requirement.said if requirement.said.stance == "unknown" else bar)


def _proposed(shown: Shown, aspect: Aspect, requirement: Requirement) -> str:
    """Return what one side says instead of what was agreed; empty where that is the same."""
    bar, said = status.in_force(requirement), requirement.said
    if bar is None or bar.says_the_same(said) or said.stance == "unknown":
        return ""
    return f"Proposed instead: {_words(shown, aspect, said)}"


def _words(shown: Shown, aspect: Aspect, said: Offer) -> str:
    words = offer_words(KINDS[aspect], said, shown.names, str)
    return f"{words[:1].upper()}{words[1:]}."


def _result(shown: Shown, aspect: Aspect) -> str:
    measured = status.judged(aspect, shown.card.requirements.get(aspect), shown.evaluations)
    if measured is None:
        return ""
    found = measured.evaluation
    on = f": {measured.value} on {found.measured_on}, {found.link}" if found is not None else ""
    return f"{measured.verdict.capitalize()}{on}"


def _evaluation_lines(found: Evaluation) -> list[str]:
    version = f", version {found.model_version}" if found.model_version else ""
    values = [f"- {status.label(aspect)}: {plain(value)}" for aspect, value in found.values.items()]
    return [plain(f"Of {found.measured_on}{version}: {found.link}"), "", *values]


def _whole(shown: Shown) -> dict[str, object]:
    component = shown.component
    return {
        "model": component.name,
        "launch_on": component.launch_on,
        "version": shown.card.version,
        "requirements": {
            aspect: _as_data(shown, aspect, requirement)
            for aspect in ASPECTS
            if (requirement := shown.card.requirements.get(aspect)) is not None
        },
        "evaluations": [
            each.model_dump(include={"link", "measured_on", "model_version", "values"}) for each in shown.evaluations
        ],
        "decisions": [{"number": each.number, "title": each.title, "state": each.state} for each in shown.decisions],
        "data_requests": [{"number": each.number, "data": each.entity, "state": each.state} for each in shown.requests],
    }


def _as_data(shown: Shown, aspect: Aspect, requirement: Requirement) -> dict[str, object]:
    said, names = requirement.said, shown.names
    people = {part.id for part in KINDS[aspect].parts if part.kind == "person"}
    told: dict[str, object] = {"stance": {"value": "set"}.get(said.stance, said.stance)}
    match said.stance:
        case "value":
            told |= {name: person_name(text, names) if name in people else text for name, text in said.parts.items()}
        case "not needed":
            told |= {"reason": said.reason, "decision": requirement.decision}
        case _:
            told |= {"finder": person_name(said.finder, names), "until": said.until}
    told["said_by"] = person_name(said.by, names)
    told["agreed_by"] = {
        str(side): {"name": person_name(each.user_id, names), "at": each.at}
        for side, each in requirement.agreements.items()
    }
    if requirement.agreed is not None and not requirement.agreed.says_the_same(said):
        told["in_force"] = offer_words(KINDS[aspect], requirement.agreed, names, str)
    measured = status.judged(aspect, requirement, shown.evaluations)
    told |= {"result": measured.verdict, "measured": measured.value} if measured is not None else {}
    return told


def _model_card(shown: Shown) -> dict[str, object]:
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


def _metrics(shown: Shown) -> list[dict[str, object]]:
    """Return what was measured last of each aspect; the type names the unit, since a value is a bare number there."""
    metrics: list[dict[str, object]] = []
    for aspect in ASPECTS:
        requirement = shown.card.requirements.get(aspect)
        measured = status.judged(aspect, requirement, shown.evaluations)
        bar = status.in_force(requirement)
        found = measure_in(measured.value) if measured is not None else None
        if found is not None and bar is not None:
            metric: dict[str, object] = {"type": f"{status.label(aspect)} in {found[1]}", "value": found[0]}
            sliced = bar.parts.get("slice") or bar.parts.get("under", "")
            metrics.append({**metric, "slice": sliced} if sliced else metric)
    return metrics


def _considerations(shown: Shown) -> dict[str, object]:
    """Return what was asked: risks to people with how they are met, the rest as use cases, and what is open."""
    uses, risks, limits, trades = [], [], [], []
    for aspect in ASPECTS:
        requirement = shown.card.requirements.get(aspect)
        words = _asked(shown, aspect, requirement)
        result = _result(shown, aspect)
        if requirement is None or requirement.said.stance == "unknown" or result.startswith("Missed"):
            limits.append({"description": f"{status.label(aspect)}: {words} {result}".strip()})
        if requirement is None:
            continue
        if requirement.said.stance == "not needed":
            trades.append({"description": f"{status.label(aspect)}: {words}"})
        elif aspect in _ETHICAL:
            risks.append({"name": status.label(aspect), "mitigation_strategy": f"{words} {result}".strip()})
        elif requirement.said.stance == "value":
            uses.append({"description": f"{status.label(aspect)}: {words}"})
    told = {"use_cases": uses, "limitations": limits, "tradeoffs": trades, "ethical_considerations": risks}
    return {name: listed for name, listed in told.items() if listed}
