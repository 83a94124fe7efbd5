"""What a program says beside the results of a tool: where they can be read, of which day and version they are. Pure."""

from collections.abc import Mapping
from typing import Any

#: What may stand beside results, each a short text.
FIELDS = ("link", "date", "model_version", "version", "stage")
RESULTS = "results"


def unwrapped(told: Any) -> tuple[Mapping[str, str], Any]:
    """Return the fields beside results and these; of what is no envelope, no fields and all of it."""
    if not isinstance(told, dict) or RESULTS not in told or told.keys() - {*FIELDS, RESULTS, "type"}:
        return {}, told
    fields = {name: told[name] for name in FIELDS if isinstance(told.get(name), str)}
    return {name: value.strip() for name, value in fields.items() if value.strip()}, told[RESULTS]
