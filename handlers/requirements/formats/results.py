"""What other tools measured, as they write it: MLflow's runs, Hugging Face's results and model cards, MLTE's results.

Shapes: ``mlflow runs describe`` and https://mlflow.org/docs/latest/rest-api.html#get-run;
https://huggingface.co/docs/hub/eval-results and the ``model-index`` of a model card; the evidence and the results of
https://github.com/mlte-team/mlte, version 2.7.0.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import yaml

from handlers.checks import plain_json, plain_yaml
from handlers.checks.csv_files import FormatError
from handlers.checks.quantities import measure_in
from handlers.requirements.rules.assigning import Metric

_FRONT = re.compile(r"\s*+---[\r\n]++(.*?)[\r\n]---\s*(?:\n|$)", re.DOTALL)
_LINK = re.compile(r"https?://\S+")
#: How MLTE's results repeat what was measured.
_VALUES = re.compile(r' - values: \["([^"]+)"\]$')


@dataclass(slots=True)
class Results:
    """What a file says: the fields of an evaluation, its metrics, and the lines about what isn't taken from it."""

    fields: dict[str, str] = field(default_factory=dict)
    metrics: list[Metric] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def take(self, name: str, value: object, unit: str = "", also: Sequence[str] = ()) -> None:
        """Keep a metric, or a line about one that is no number."""
        found = _number(value, unit)
        if found is None:
            self.left_out.append(f"{name}: {value} isn't a number")
        else:
            self.metrics.append(Metric(name, *found, also))

    def say(self, name: str, value: object) -> None:
        """Keep a field of the evaluation, and a line about a second one."""
        if value and self.fields.setdefault(name, str(value)) != value:
            self.left_out.append(f"{name}: {value}")


def parsed(text: str) -> Any:
    """Return what JSON or YAML says, or the front matter of a model card. Raises FormatError."""
    front = _FRONT.match(text)
    if front is None and text.lstrip()[:1] in ("{", "["):
        try:
            return plain_json.read(text)
        except json.JSONDecodeError as error:
            raise FormatError(f"the file isn't JSON: line {error.lineno}: {error.msg}") from None
    try:
        return plain_yaml.read(front[1] if front is not None else text)
    except yaml.YAMLError as error:
        raise FormatError(f"the file can't be read as YAML: {' '.join(str(error).split())}") from None


def read(told: Any) -> Results | None:
    """Return what another tool measured; None where it is none of those. Raises FormatError where a part lacks."""
    found = Results()
    try:
        is_known = _read(told, found)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError, OSError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else "a part isn't as that tool writes it"
        raise FormatError(f"the file can't be read as results: {what}") from None
    return found if is_known else None


def _read(told: Any, found: Results) -> bool:
    run = told.get("run", told) if isinstance(told, dict) else {}
    artifacts = told if isinstance(told, list) else [told]
    if isinstance(run, dict) and "metrics" in (run.get("data") or {}):
        _mlflow(run, found)
    elif isinstance(told, dict) and "model-index" in told:
        _model_index(told["model-index"], found)
    elif all(isinstance(each, dict) and "artifact_type" in (each.get("body") or {}) for each in artifacts):
        for each in artifacts:
            _mlte(each, found)
    elif all(isinstance(each, dict) and "dataset" in each and "value" in each for each in artifacts):
        for each in artifacts:
            _entry(each, found)
    else:
        return False
    return bool(told)


def _mlflow(run: Mapping[str, Any], found: Results) -> None:
    info, data = run.get("info") or {}, run["data"]
    told, last = data["metrics"] or {}, dict[str, tuple[Any, ...]]()
    for each in told if isinstance(told, list) else ({"key": key, "value": value} for key, value in told.items()):
        step = (int(each.get("step") or 0), int(each.get("timestamp") or 0))
        last[each["key"]] = max((step, each["value"]), last.get(each["key"], ((), None)), key=lambda it: it[0])
    for name, (_, value) in last.items():
        found.take(name, value)
    if stamp := info.get("end_time") or info.get("start_time"):
        found.say("date", datetime.fromtimestamp(int(stamp) / 1000, UTC).date().isoformat())
    if _LINK.fullmatch(str(info.get("artifact_uri"))):
        found.say("link", info["artifact_uri"])
    for name in ("params", "tags"):
        kept = data.get(name) or {}
        listed = [each["key"] for each in kept] if isinstance(kept, list) else list(kept)
        found.left_out += [f"{name}: {', '.join(listed)}"] if listed else []
    inputs = (run.get("inputs") or {}).get("dataset_inputs") or ()
    found.left_out += [f"dataset: {each['dataset']['name']}" for each in inputs]


def _model_index(told: Any, found: Results) -> None:
    for result in (each for model in told for each in model["results"]):
        data = result.get("dataset") or {}
        where = " ".join(str(data[each]) for each in ("name", "split") if data.get(each))
        found.left_out += [f"dataset: {where}"] if where else []
        found.say("link", (result.get("source") or {}).get("url"))
        for each in result["metrics"]:
            found.take(str(each["type"]), each["value"], also=[each["name"]] if each.get("name") else ())


def _entry(told: Mapping[str, Any], found: Results) -> None:
    data = told["dataset"]
    found.take(str(data["task_id"]), told["value"], also=(f"{data['id']}/{data['task_id']}",))
    found.say("link", (told.get("source") or {}).get("url"))
    found.say("date", str(told.get("date") or "")[:10])
    found.left_out.append(f"dataset: {data['id']}")
    found.left_out += [f"notes: {told['notes']}"] if told.get("notes") else []


def _mlte(told: Mapping[str, Any], found: Results) -> None:
    header, body = told["header"], told["body"]
    if int(header.get("timestamp") or -1) > 0:
        found.say("date", datetime.fromtimestamp(header["timestamp"], UTC).date().isoformat())
    match body["artifact_type"]:
        case "evidence":
            value, name = body["value"], body["metadata"]["test_case_id"]
            found.take(name, value.get("real", value.get("integer")), value.get("unit") or "")
        case "results":
            cases = {each["identifier"]: each for each in body["test_suite"]["test_cases"]}
            for name, result in body["results"].items():
                match_ = _VALUES.search(result.get("additional_data") or "")
                found.take(name, match_[1] if match_ else result["type"], also=cases.get(name, {}).get("qas_list", ()))
        case other:
            found.left_out.append(f"{header['identifier']}: {other} has no results")


def _number(value: object, unit: str) -> tuple[float, str] | None:
    """Return a number with its unit, also from a text such as "280 millisecond"; None where it is none."""
    told = measure_in(value) if isinstance(value, str) else None
    if told is not None:
        return told
    try:
        number = float(str(value))
    except ValueError:
        return None
    return (number, unit) if math.isfinite(number) else None
