"""Makes of a schema of Slack's types, read from stdin, one with their limits: types say these in words alone.

``make published`` runs it, and keeps what it prints in ``blocks.schema.json``.
"""

import json
import re
import sys
from typing import Any

_LENGTH = re.compile(r"max(?:imum)? length (?:for [^.]*? )?(?:is|of) (\d+) characters", re.IGNORECASE)
_NUMBER = re.compile(r"(?:maximum(?: number of [a-z ]+ is| of)?|up to) (\d+)", re.IGNORECASE)
_IN_EACH = "in each item"


def tightened(schema: Any) -> Any:
    """Return a schema with the limits that its descriptions tell, and without descriptions."""
    if isinstance(schema, list):
        return [tightened(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    told = schema.get("description")
    if not isinstance(told, str):
        return {name: tightened(each) for name, each in schema.items()}
    found = {name: tightened(each) for name, each in schema.items() if name != "description"}
    return _limited(found, " ".join(told.split()))


def _limited(schema: dict[str, Any], told: str) -> dict[str, Any]:
    length, number = _LENGTH.search(told), _NUMBER.search(told)
    match schema.get("type"):
        case "string" if length:
            return {**schema, "maxLength": int(length[1])}
        case "array":
            most = {"maxItems": int(number[1])} if number else {}
            each = _text_of(schema["items"], int(length[1])) if length and _IN_EACH in told else schema["items"]
            return {**schema, **most, "items": each}
        case None if length:
            return _text_of(schema, int(length[1]))
    return schema


def _text_of(schema: dict[str, Any], most: int) -> dict[str, Any]:
    """Return the schema of a text object whose text is limited."""
    return {"allOf": [schema, {"properties": {"text": {"maxLength": most}}}]}


if __name__ == "__main__":
    read = json.load(sys.stdin)
    where = f"@slack/types {sys.argv[1]}, under the LICENSE beside this file; made by `make published`"
    json.dump({"$comment": where, **tightened(read)}, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")
