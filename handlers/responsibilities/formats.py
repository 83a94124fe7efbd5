"""The register as files: CSV and JSON that can be read again as proposals, and a Markdown matrix for people."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handlers.checks import csv_files
from handlers.checks.csv_files import FormatError
from handlers.checks.plain_markdown import plain
from handlers.responsibilities.messages.map import matrix
from handlers.responsibilities.rules.importing import Row
from handlers.responsibilities.rules.standing import ComponentDuty

_DUTY = ("duty", "state", "owner", "owner_name", "backup", "helpers", "since", "confirmed_at", "reason")
COLUMNS = ("component", "kind", "lead", *_DUTY)
FORMATS = ("csv", "json", "markdown")
READ = ("csv", "json")


def write(listed: Sequence[ComponentDuty], names: Mapping[str, str], form: str) -> str:
    """Return the register as a file: ids of people, and their names where they are known."""
    if form == "markdown":
        return _markdown(matrix(listed, list(dict.fromkeys(each.component.id for each in listed)), names))
    rows = [_cells(each, names) for each in listed]
    if form == "json":
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    return csv_files.written(COLUMNS, ([row[name] for name in COLUMNS] for row in rows))


def read(text: str, form: str) -> list[Row]:
    """Read what somebody wrote in one of our own formats. Raises FormatError."""
    try:
        return _read_csv(text) if form == "csv" else _read_json(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"the file can't be read as JSON: {error}") from None


def _cells(about: ComponentDuty, names: Mapping[str, str]) -> dict[str, str]:
    duty, component = about.duty, about.component
    owner = duty.owner or duty.proposed_to
    people = {"owner": owner, "owner_name": names.get(owner, ""), "helpers": " ".join(duty.helpers)}
    told = {name: str(value) for name, value in duty if name in _DUTY}
    cells = {"component": component.name, "kind": component.kind, "lead": component.lead, **told, **people}
    return {name: cells[name] for name in COLUMNS}


def _read_csv(text: str) -> list[Row]:
    return [
        Row(place, {}, csv_files.OTHER_COLUMNS) if cells is None else Row(place, cells)
        for place, cells in csv_files.read(text, "duty")
    ]


def _read_json(text: str) -> list[Row]:
    told: Any = json.loads(text)
    if not isinstance(told, list):
        raise FormatError("the file should be a list of duties")
    return [
        Row(f"entry {number}", {str(name): "" if value is None else str(value) for name, value in each.items()})
        if isinstance(each, dict)
        else Row(f"entry {number}", {}, "this isn't a duty")
        for number, each in enumerate(told, start=1)
    ]


def _markdown(rows: Iterable[Sequence[str]]) -> str:
    head, *lines = [f"| {' | '.join(map(plain, row))} |" for row in rows]
    rule = "|" + " --- |" * (head.replace("\\|", "").count(" | ") + 1)
    return "\n".join([head, rule, *lines]) + "\n"
