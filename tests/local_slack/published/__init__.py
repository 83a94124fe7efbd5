"""What Slack publishes of its blocks and views: TypeScript's types as a schema, and its SDK for Python."""

import json
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from slack_sdk.models.blocks import Block

Kind = Literal["message", "modal", "home"]

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parent / "blocks.schema.json").read_text(encoding="utf-8"))
DEFINITIONS: dict[str, Any] = SCHEMA["definitions"]
#: What Slack documents and neither its types nor its SDK know yet.
UNKNOWN = ("data_visualization",)
_VALIDATORS = {
    kind: Draft7Validator({**schema, "definitions": DEFINITIONS})
    for kind, schema in DEFINITIONS["Shown"]["properties"].items()
}


def refusal(kind: Kind, shown: Any) -> str:
    """Return what Slack's types or its SDK mind in a message's blocks or in a view; nothing where they take it."""
    blocks = shown if kind == "message" else shown["blocks"]
    known = [each for each in blocks if each["type"] not in UNKNOWN]
    error = best_match(_VALIDATORS[kind].iter_errors(known if kind == "message" else {**shown, "blocks": known}))
    if error is not None:
        return f"{error.json_path}: {error.message}"
    return next((f"the SDK reads {each} otherwise" for each in known if _as_read(each) != each), "")


def _as_read(block: dict[str, Any]) -> dict[str, Any] | None:
    read = Block.parse(block)
    return None if read is None else read.to_dict()
