"""The interface of a model from the files that models come with: MLflow's MLmodel, and Hugging Face's README.

Shapes: https://mlflow.org/docs/latest/ml/model/signatures and https://huggingface.co/docs/hub/model-cards.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt

from handlers.agreements.columns import Column
from handlers.checks import plain_json
from handlers.checks.csv_files import FormatError
from handlers.requirements.formats.proposed import Prefill, Proposed, cell

_TYPES = {
    **dict.fromkeys(("double", "float"), "number"),
    **dict.fromkeys(("long", "integer"), "integer"),
    **dict.fromkeys(("string", "boolean", "array", "object"), ""),
    **dict.fromkeys(("datetime",), "timestamp"),
    **dict.fromkeys(("binary",), "file"),
    **dict.fromkeys(("map",), "object"),
}
#: What is read under which headings of a README, each a beginning.
_SECTIONS = {
    "users": ("intended use", "direct use", "uses", "how to use"),
    "weak": ("limitations", "bias, risks", "known limitations", "out-of-scope use"),
    "slices": ("results", "evaluation results"),
}


def mlflow(told: Mapping[str, Any], filled: Prefill) -> Proposed:
    """Fill in inputs and outputs from the signature of a model. Raises FormatError where it has none."""
    signature = told.get("signature")
    if not isinstance(signature, dict):
        raise FormatError("the model has no signature; log it with one, as in mlflow.models.infer_signature")
    inputs = [*_columns(signature.get("inputs"), "input"), *_columns(signature.get("params"), "parameter")]
    outputs = list(_columns(signature.get("outputs"), "output"))
    filled.say("inputs", columns=filled.fields("inputs", inputs))
    filled.say("outputs", columns=filled.fields("outputs", outputs))
    filled.left_out += [
        f"{name}: {told[name]}" for name in ("run_id", "model_uuid", "mlflow_version") if told.get(name)
    ]
    return filled.proposed


def _columns(told: Any, what: str) -> Iterator[Column]:
    """Yield the fields of a signature, which stands in the file as JSON in a text. Raises FormatError."""
    try:
        listed = plain_json.read(told) if isinstance(told, str) else told
    except json.JSONDecodeError as error:
        raise FormatError(f"the signature's {what}s can't be read: {error.msg}") from None
    for place, each in enumerate(listed or (), start=1):
        name, shape = cell(each.get("name")) or f"{what} {place}", each.get("tensor-spec")
        if shape is not None:
            yield Column(name, "array", f"{shape.get('dtype')} of shape {tuple(shape.get('shape') or ())}")
            continue
        kind = str(each.get("type") or each.get("dtype"))
        default = each.get("default")
        meaning = f"{default} if not given" if default is not None else ""
        is_required = bool(each.get("required", True)) and what == "input"
        yield Column(name, _TYPES.get(kind) or kind, meaning, is_required=is_required)


def hugging_face(text: str, front: Any, filled: Prefill) -> Proposed:
    """Fill in the task, who uses it, and what is known to be weak. Raises FormatError where nothing of it is there."""
    said = {name: _section(text, headings) for name, headings in _SECTIONS.items()}
    told = front if isinstance(front, dict) else {}
    task = str(told.get("pipeline_tag") or "").replace("-", " ")
    filled.say("purpose", task=task, users=said["users"])
    filled.say("weaknesses", weak=said["weak"], slices=said["slices"])
    filled.left_out += [f"{name}: {told[name]}" for name in ("license", "base_model", "datasets") if told.get(name)]
    return filled.proposed


def _section(text: str, headings: tuple[str, ...]) -> str:
    """Return what stands below the first heading that begins with one of these."""
    found, is_meant = list[str](), False
    tokens = MarkdownIt("commonmark").parse(text)
    for place, each in enumerate(tokens):
        is_heading = place > 0 and tokens[place - 1].type == "heading_open"
        if is_heading and found:
            break
        if is_heading:
            is_meant = each.content.casefold().strip().startswith(headings)
        elif is_meant and each.type == "inline":
            found.append(" ".join(each.content.split()))
    return " ".join(found)
